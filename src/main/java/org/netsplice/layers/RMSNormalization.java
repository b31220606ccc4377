package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;
import org.netsplice.ops.Normalizing;

/** {@code scale · x / sqrt(mean(x²) + epsilon)} over axes of each example; the shape stays (None, 10, 64). */
public record RMSNormalization(List<Integer> axis, double epsilon) implements ComputedLayer {
    static final Kind<RMSNormalization> KIND = Kind.of(
                    "RMSNormalization",
                    RMSNormalization.class,
                    Kind.Family.NORMALIZATION,
                    "Divides each example by its root mean square.",
                    new Kind.Example("", "(None, 3, 4)"))
            .settings(
                    Setting.axes("axis", List.of(-1), "The axes that are normalized."),
                    Setting.real("epsilon", 1e-6, 0, "Added to the mean square."))
            .notInHdf5((layer, nested) -> layer.axis().size() > 1, "scales of several axes are read as those of one")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape shape = Shapes.atLeast(inputs, 2);
        long[] sizes = sizes(shape);
        if (!Shapes.stretches(Shape.of(sizes), shape)) {
            throw new Misfit(
                    "multiplies by numbers of shape " + Shape.of(sizes) + " along the last axes of " + shape
                            + ", where they do not fit",
                    "Choose the last axes.");
        }
        return Shapes.floats(shape);
    }

    private long[] sizes(Shape shape) {
        return axis.stream()
                .sorted()
                .mapToLong(one -> Shapes.known(shape, Shapes.axis(one, shape)))
                .toArray();
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        return List.of(
                WeightSpec.trainable("scale", Initial.ONES, sizes(inputs.get(0).shape())));
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        Shape shape = inputs.get(0).shape();
        int last = shape.rank() - 1;
        boolean single = axis.size() == 1 && Shapes.axis(axis.get(0), shape) == last;
        return single
                ? Axes.keptBefore(inputs, 1)
                        .bond(
                                shape.last(),
                                Axes.Of.INPUT.at(0, last),
                                Axes.Of.OUTPUT.at(0, last),
                                Axes.Of.WEIGHT.at(0, 0))
                : Axes.FIXED;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Array x = inputs.get(0);
        int[] over = axis.stream()
                .mapToInt(one -> one < 0 ? one + x.rank() : one)
                .sorted()
                .toArray();
        return List.of(Arithmetic.multiply(Normalizing.byRootMeanSquare(x, epsilon, over), weights.get(0)));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        OnnxValue x = onnx.real(inputs.get(0));
        int[] over =
                axis.stream().mapToInt(one -> one < 0 ? one + x.rank() : one).toArray();
        OnnxValue squares = onnx.reduce("ReduceMean", onnx.multiply(x, x), true, over);
        OnnxValue length = onnx.each("Sqrt", onnx.scale(squares, 1, epsilon));
        return List.of(onnx.multiply(onnx.divide(x, length), weights.get(0)));
    }
}
