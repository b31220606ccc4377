package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;
import org.netsplice.ops.Reducing;

/** {@code scale · x / sqrt(mean(x²) + epsilon)} over one axis of each example; the shape stays (None, 10, 64). */
public record RMSNormalization(int axis, double epsilon) implements ComputedLayer {
    static final Kind<RMSNormalization> KIND = Kind.of(
                    "RMSNormalization",
                    RMSNormalization.class,
                    Kind.Family.NORMALIZATION,
                    "Divides each example by its root mean square.",
                    new Kind.Example("", "(None, 3, 4)"))
            .with(
                    Setting.axis("axis", -1, "The axis over which is normalized."),
                    Setting.real("epsilon", 1e-6, 0, "Added to the mean square."));

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape shape = Shapes.atLeast(inputs, 2);
        Shapes.known(shape, Shapes.axis(axis, shape));
        return Shapes.floats(shape);
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        Shape shape = inputs.get(0).shape();
        return List.of(WeightSpec.trainable("scale", Initial.ONES, shape.size(Shapes.axis(axis, shape))));
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Array x = inputs.get(0);
        int counted = axis < 0 ? axis + x.rank() : axis;
        Array squares = Reducing.mean(Arithmetic.multiply(x, x), true, counted);
        long[] sizes = new long[x.rank()];
        java.util.Arrays.fill(sizes, 1);
        sizes[counted] = x.size(counted);
        Array normalized = Arithmetic.multiply(x, squares.map(v -> 1 / Math.sqrt(v + epsilon)));
        return List.of(Arithmetic.multiply(normalized, weights.get(0).reshape(sizes)));
    }
}
