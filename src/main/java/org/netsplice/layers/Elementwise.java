package org.netsplice.layers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.netsplice.graph.Arity;
import org.netsplice.graph.DType;
import org.netsplice.graph.Layer;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.ElementTypes;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.MaskPolicy;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;

/** Combines inputs of equal shapes element by element: {@code Add()} of (None, 8) and (None, 8) is (None, 8). Sizes of 1 broadcast. */
public record Elementwise(String operation, MaskPolicy maskPolicy) implements ComputedLayer {
    private static final Map<String, BinaryOperator<Array>> OPERATIONS = Map.of(
            "Add", Arithmetic::add,
            "Average", Arithmetic::add,
            "Subtract", Arithmetic::subtract,
            "Multiply", Arithmetic::multiply,
            "Maximum", Arithmetic::maximum,
            "Minimum", Arithmetic::minimum);

    private static final Map<String, String> NODES = Map.of(
            "Add", "Add", "Average", "Add", "Subtract", "Sub", "Multiply", "Mul", "Maximum", "Max", "Minimum", "Min");

    static final List<Kind<Elementwise>> KINDS = Stream.of(
                    kind("Average", "The mean of its inputs.", "ave"),
                    kind("Add", "The sum of its inputs.", "sum"),
                    kind("Subtract", "The first input minus the second."),
                    kind("Multiply", "The product of its inputs.", "mul"),
                    kind("Maximum", "The element-wise maximum of its inputs.", "max"),
                    kind("Minimum", "The element-wise minimum of its inputs."))
            .toList();

    private static Kind<Elementwise> kind(String name, String summary, String... modes) {
        return Kind.of(
                        name,
                        Elementwise.class,
                        Kind.Family.MERGE,
                        summary,
                        new Kind.Example("", "(None, 3, 4)", "(None, 1, 4)"))
                .constant("operation", name)
                .mergeModes(modes)
                .keepsMaskPolicy()
                .build();
    }

    @Override
    public Kind<?> kind() {
        return KINDS.stream()
                .filter(kind -> kind.className().equals(operation))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Arity arity() {
        return operation.equals("Subtract") ? Arity.TWO : Arity.TWO_OR_MORE;
    }

    @Override
    public Set<Trait> traits() {
        return operation.equals("Average") ? Set.of(Trait.KEEPS_PROBABILITIES) : Set.of();
    }

    @Override
    public MaskRule masks() {
        return new Merged(maskPolicy);
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        if (inputs.size() > 1
                && inputs.get(0).dtype() == DType.BOOL
                && inputs.get(1).dtype() == DType.BOOL) {
            throw new Misfit(
                    "computes with numbers, and Keras cannot do so with two bool inputs", "Cast them to float32.");
        }
        DType common = inputs.stream()
                .map(TensorSpec::dtype)
                .reduce(ElementTypes::common)
                .orElse(DType.FLOAT32);
        DType type = operation.equals("Average") ? ElementTypes.real(common) : common;
        return List.of(new TensorSpec(Broadcast.shape(inputs), type));
    }

    @Override
    public boolean readsMasks() {
        return !maskPolicy.old() && List.of("Multiply", "Maximum", "Minimum").contains(operation);
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        int rank = inputs.get(0).shape().rank();
        return inputs.stream().allMatch(input -> input.shape().rank() == rank)
                ? Axes.broadcast(inputs, outputs(inputs).get(0).shape())
                : Axes.FIXED;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Optional<Array>> masks, List<Array> weights) {
        MaskedMerging merging = MaskedMerging.of(inputs, readsMasks() ? masks : List.of());
        if (merging.none()) {
            return forward(inputs, weights);
        }
        return List.of(operation.equals("Multiply") ? merging.product() : merging.extreme(OPERATIONS.get(operation)));
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Array combined = Arithmetic.fold(Broadcast.aligned(inputs), OPERATIONS.get(operation));
        return List.of(operation.equals("Average") ? Arithmetic.scale(combined, 1.0 / inputs.size(), 0) : combined);
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        int rank = inputs.stream().mapToInt(OnnxValue::rank).max().orElseThrow();
        OnnxValue combined = inputs.stream()
                .map(x -> Broadcast.aligned(onnx, x, rank))
                .reduce((one, two) -> onnx.each(NODES.get(operation), one, two))
                .orElseThrow();
        return List.of(operation.equals("Average") ? onnx.scale(combined, 1.0 / inputs.size(), 0) : combined);
    }

    @Override
    public long flops(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        return Layer.product(inputs.size() - 1, outputs.get(0).shape().elementsPerRow());
    }
}
