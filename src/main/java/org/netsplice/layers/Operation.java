package org.netsplice.layers;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.netsplice.graph.Arity;
import org.netsplice.graph.TensorSpec;
import org.netsplice.ops.Array;

/** An operation of {@code keras.ops} in a graph, such as {@code x * 2} of (None, 8). What each computes is said in the family it belongs to. */
public record Operation(String operation, Parameters parameters, Arguments call) implements ComputedLayer {

    /**
     * One operation.
     *
     * @param name its class in Keras
     * @param takes the parameters of a call, in order
     * @param outputs what it gives, from what it gets
     * @param forward its numbers
     * @param count how many outputs it has
     */
    record Definition(
            String name,
            String summary,
            List<Parameter> takes,
            Kind.Example example,
            Function<Operands<TensorSpec>, List<TensorSpec>> outputs,
            Function<Operands<Array>, List<Array>> forward,
            ToIntFunction<Parameters> count) {

        /** An operation with one output. */
        Definition(
                String name,
                String summary,
                List<Parameter> takes,
                Kind.Example example,
                Function<Operands<TensorSpec>, List<TensorSpec>> outputs,
                Function<Operands<Array>, List<Array>> forward) {
            this(name, summary, takes, example, outputs, forward, parameters -> 1);
        }
    }

    private static final Map<String, Definition> DEFINITIONS = Stream.of(
                    ElementwiseOperations.ALL,
                    PairOperations.ALL,
                    ReductionOperations.ALL,
                    ShapeOperations.ALL,
                    JoinOperations.ALL,
                    PlaceOperations.ALL,
                    IndexOperations.ALL,
                    ScatterOperations.ALL,
                    ProductOperations.ALL,
                    NeuralOperations.ALL,
                    PatchOperations.ALL)
            .flatMap(List::stream)
            .collect(Collectors.toMap(Definition::name, definition -> definition));

    static final List<Kind<Operation>> KINDS = DEFINITIONS.values().stream()
            .sorted(java.util.Comparator.comparing(Definition::name))
            .map(Operation::kind)
            .toList();

    private static final Map<String, Kind<Operation>> BY_NAME =
            KINDS.stream().collect(Collectors.toMap(Kind::className, kind -> kind));

    private static Kind<Operation> kind(Definition definition) {
        return Kind.of(
                        definition.name(),
                        Operation.class,
                        Kind.Family.INTERNAL,
                        definition.summary(),
                        definition.example())
                .constant("operation", definition.name())
                .parameters(definition.takes())
                .operation()
                .build();
    }

    /** The module of Keras that holds an operation's class. */
    private static final Map<String, String> MODULES = Map.ofEntries(
            Map.entry(
                    "nn",
                    ElementwiseOperations.NN + " Softmax LogSoftmax Sparsemax Glu OneHot MultiHot Normalize Moments"
                            + " DepthToSpace SpaceToDepth Unfold Fold " + NeuralOperations.NN),
            Map.entry(
                    "math",
                    "Rsqrt Erf Erfc Erfinv Logsumexp TopK InTopK CDist ExtractSequences"
                            + " SegmentSum SegmentMax SegmentMin SegmentProd"),
            Map.entry("linalg", "Norm"),
            Map.entry("core", "StopGradient Cast SaturateCast Unstack Slice SliceUpdate Scatter ScatterUpdate"));

    /** The module of Keras that holds an operation's class, such as {@code keras.src.ops.numpy}. */
    public String module() {
        return "keras.src.ops."
                + MODULES.entrySet().stream()
                        .filter(entry -> List.of(entry.getValue().split(" ")).contains(operation))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse("numpy");
    }

    private Definition definition() {
        return DEFINITIONS.get(operation);
    }

    @Override
    public Kind<?> kind() {
        return BY_NAME.get(operation);
    }

    @Override
    public Arity arity() {
        List<Parameter> takes = definition().takes();
        boolean many = takes.get(0).isList() || takes.get(0).isRest();
        return call.plain()
                ? new Arity(1, many ? Integer.MAX_VALUE : takes.size())
                : new Arity(call.count(), call.count());
    }

    /** One where the parameters do not say how many; {@link #outputs} says why not. */
    @Override
    public boolean casts() {
        return false;
    }

    @Override
    public int outputCount() {
        try {
            return Math.max(1, definition().count().applyAsInt(parameters));
        } catch (Misfit | ArithmeticException untold) {
            return 1;
        }
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        List<TensorSpec> outputs =
                definition().outputs().apply(Operands.specs(definition().takes(), parameters, call, inputs));
        if (outputs.stream().anyMatch(spec -> spec.shape().rank() == 0)) {
            throw new Misfit("makes one number of all rows together, which is no prediction of a row", "Keep an axis.");
        }
        return outputs;
    }

    /** Operations with a result of none: sums and the like, and those that put tensors one behind the other. */
    private static final Set<String> OF_NOTHING = Set.of(
            "Sum",
            "Prod",
            "Any",
            "All",
            "CountNonzero",
            "Nansum",
            "Nanprod",
            "Concatenate",
            "Append",
            "Hstack",
            "Vstack",
            "Dstack",
            "Pad");

    @Override
    public boolean sumsNothing() {
        return OF_NOTHING.contains(operation) || parameters.number("initial").isPresent();
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return definition().forward().apply(Operands.arrays(definition().takes(), parameters, call, inputs));
    }
}
