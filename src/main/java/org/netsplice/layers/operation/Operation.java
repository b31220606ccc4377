package org.netsplice.layers.operation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongBiFunction;
import org.netsplice.graph.Arity;
import org.netsplice.graph.Layer;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Parameters;
import org.netsplice.ops.Array;

/**
 * An operation of {@code keras.ops} in a graph, such as {@code x * 2} of (None, 8). What each computes is said in the family it belongs to.
 *
 * @param parameters the configuration of the operation
 * @param call the arguments of the call
 */
public record Operation(Definition definition, Parameters parameters, Arguments call) implements ComputedLayer {

    /** What an operation is: its name in Keras, the parameters of a call, its shapes and its numbers. Every definition is a kind of its own. */
    public static final class Definition {
        /** The module of Keras that holds an operation's class. */
        private static final Map<String, String> MODULES = Map.ofEntries(
                Map.entry(
                        "nn",
                        ElementwiseOperations.NN + " Softmax LogSoftmax Sparsemax Glu OneHot MultiHot Normalize Moments"
                                + " DepthToSpace SpaceToDepth Unfold Fold "
                                + "Conv DepthwiseConv SeparableConv MaxPool AveragePool AdaptiveMaxPool AdaptiveAveragePool"
                                + " BatchNorm LayerNorm RMSNorm DotProductAttention"),
                Map.entry(
                        "math",
                        "Rsqrt Erf Erfc Erfinv Logsumexp TopK InTopK CDist ExtractSequences"
                                + " SegmentSum SegmentMax SegmentMin SegmentProd"),
                Map.entry("linalg", "Norm Det Inv Cholesky Solve"),
                Map.entry(
                        "core",
                        "StopGradient Cast SaturateCast ConvertToTensor Unstack Slice SliceUpdate Scatter ScatterUpdate"));

        private static String moduleOf(String operation) {
            return MODULES.entrySet().stream()
                    .filter(entry -> List.of(entry.getValue().split(" ")).contains(operation))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse("numpy");
        }

        private final String name;
        private final String summary;
        private final List<Parameter> takes;
        private final Function<Operands<TensorSpec>, List<TensorSpec>> outputs;
        private final Function<Operands<Array>, List<Array>> forward;
        private final ToIntFunction<Parameters> count;
        private final Kind<Operation> kind;
        private Optional<OnnxForm> form = Optional.empty();
        private ToLongBiFunction<Operands<TensorSpec>, TensorSpec> flops = (given, result) -> 0;

        /**
         * Defines an operation.
         *
         * @param name its class in Keras
         * @param takes the parameters of a call, in order
         * @param outputs what it gives, from what it gets
         * @param forward its numbers
         * @param count how many outputs it has
         */
        public Definition(
                String name,
                String summary,
                List<Parameter> takes,
                Kind.Example example,
                Function<Operands<TensorSpec>, List<TensorSpec>> outputs,
                Function<Operands<Array>, List<Array>> forward,
                ToIntFunction<Parameters> count) {
            this.name = name;
            this.summary = summary;
            this.takes = takes;
            this.outputs = outputs;
            this.forward = forward;
            this.count = count;
            this.kind = Kind.of(name, Operation.class, Kind.Family.INTERNAL, summary, example)
                    .constant("definition", this)
                    .parameters(takes)
                    .module("keras.src.ops." + moduleOf(name))
                    .operation()
                    .build();
        }

        /** Defines an operation with one output. */
        public Definition(
                String name,
                String summary,
                List<Parameter> takes,
                Kind.Example example,
                Function<Operands<TensorSpec>, List<TensorSpec>> outputs,
                Function<Operands<Array>, List<Array>> forward) {
            this(name, summary, takes, example, outputs, forward, parameters -> 1);
        }

        /** Gives its form in ONNX, where the families do not; returns this definition. */
        public Definition written(OnnxForm nodes) {
            form = Optional.of(nodes);
            return this;
        }

        /** Says how many operations a row needs, from the operands and the first result; returns this definition. See {@link Layer#flops}. */
        public Definition costs(ToLongBiFunction<Operands<TensorSpec>, TensorSpec> count) {
            flops = count;
            return this;
        }

        /** The class name in Keras. */
        public String name() {
            return name;
        }

        /** One sentence for people. */
        public String summary() {
            return summary;
        }

        /** Its shapes, from what it gets. */
        Function<Operands<TensorSpec>, List<TensorSpec>> outputs() {
            return outputs;
        }

        /** The operation as a kind of layer. */
        public Kind<Operation> kind() {
            return kind;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @Override
    public Kind<?> kind() {
        return definition.kind;
    }

    @Override
    public Arity arity() {
        List<Parameter> takes = definition.takes;
        boolean many = takes.get(0).isList() || takes.get(0).isRest();
        return call.plain()
                ? new Arity(1, many ? Integer.MAX_VALUE : takes.size())
                : new Arity(call.count(), call.count());
    }

    @Override
    public boolean casts() {
        return false;
    }

    /** 1 when the parameters do not determine the number; {@link #outputs} then says why. */
    @Override
    public int outputCount() {
        try {
            return Math.max(1, definition.count.applyAsInt(parameters));
        } catch (Misfit | ArithmeticException untold) {
            return 1;
        }
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        List<TensorSpec> outputs = definition.outputs.apply(Operands.specs(definition.takes, parameters, call, inputs));
        if (outputs.stream().anyMatch(spec -> spec.shape().rank() == 0)) {
            throw new Misfit("makes one number of all rows together, which is no prediction of a row", "Keep an axis.");
        }
        return outputs;
    }

    /** Operations that are defined for empty tensors: sums and the like, and concatenations. */
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
        return OF_NOTHING.contains(definition.name)
                || parameters.number("initial").isPresent();
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        List<TensorSpec> specs = inputs.stream()
                .map(input -> new TensorSpec(input.shape(), input.type()))
                .toList();
        OnnxForm form = definition
                .form
                .or(() -> OnnxForms.of(definition.name))
                .orElseThrow(() -> new OnnxBuilder.Missing("has no form in ONNX"));
        return form.write(onnx, Operands.values(onnx, definition.takes, parameters, call, inputs), outputs(specs));
    }

    @Override
    public long flops(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        return definition.flops.applyAsLong(Operands.specs(definition.takes, parameters, call, inputs), outputs.get(0));
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return definition.forward.apply(Operands.arrays(definition.takes, parameters, call, inputs));
    }
}
