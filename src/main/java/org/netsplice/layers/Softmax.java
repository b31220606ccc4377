package org.netsplice.layers;

import java.util.List;
import java.util.Set;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.ops.Activations;
import org.netsplice.ops.Array;

/** {@code exp(x) / sum(exp(x))} along one axis or several together; the shape stays (None, 10). */
public record Softmax(List<Integer> axis) implements ComputedLayer {
    static final Kind<Softmax> KIND = Kind.of(
                    "Softmax",
                    Softmax.class,
                    Kind.Family.ACTIVATION,
                    "Turns values into shares that sum to 1.",
                    new Kind.Example("axis=-1", "(None, 4)"))
            .with(Setting.axes("axis", List.of(-1), "The axis, or several together."))
            .notInHdf5((layer, nested) -> layer.axis.size() > 1, "an axis that is a list is dropped");

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.PROBABILITIES);
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape shape = inputs.get(0).shape();
        axis.forEach(one -> Shapes.axis(one, shape));
        return Shapes.floats(shape);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Array x = inputs.get(0);
        List<Integer> axes =
                axis.stream().map(one -> one < 0 ? one + x.rank() : one).toList();
        return List.of(Activations.softmax(x, axes));
    }
}
