package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;
import org.netsplice.ops.Curve;

/** {@code x} when positive, else {@code alpha · x} with a learned slope for every position; the shape stays (None, 8, 8, 3). */
public record PReLU(List<Integer> sharedAxes) implements ComputedLayer {
    static final Kind<PReLU> KIND = Kind.of(
                    "PReLU",
                    PReLU.class,
                    Kind.Family.ACTIVATION,
                    "Flattens negative values by learned slopes.",
                    new Kind.Example("shared_axes=[1]", "(None, 4, 3)"))
            .settings(Setting.integers("shared_axes", List.of(), 1, "Axes along which the slope is the same."))
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public MaskRule masks() {
        return MaskRule.PASSED;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape shape = Shapes.atLeast(inputs, 2);
        for (int axis = 1; axis < shape.rank(); axis++) {
            if (!sharedAxes.contains(axis)) {
                Shapes.known(shape, axis);
            }
        }
        return Shapes.floats(shape);
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        long[] sizes =
                inputs.get(0).shape().axes(1, inputs.get(0).shape().rank()).sizes();
        sharedAxes.stream().filter(axis -> axis <= sizes.length).forEach(axis -> sizes[axis - 1] = 1);
        return List.of(WeightSpec.trainable("alpha", Initial.ZEROS, sizes));
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        Shape shape = inputs.get(0).shape();
        Axes axes = Axes.FIXED;
        for (int axis = 1; axis < shape.rank(); axis++) {
            Axes.Place in = Axes.Of.INPUT.at(0, axis);
            Axes.Place out = Axes.Of.OUTPUT.at(0, axis);
            axes = sharedAxes.contains(axis)
                    ? axes.bond(shape.size(axis), in, out)
                    : axes.bond(shape.size(axis), in, out, Axes.Of.WEIGHT.at(0, axis - 1));
        }
        return axes;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Array x = inputs.get(0);
        long[] sizes = new long[x.rank()];
        sizes[0] = 1;
        System.arraycopy(weights.get(0).sizes(), 0, sizes, 1, sizes.length - 1);
        Array slopes = weights.get(0).reshape(sizes);
        Array negative = Arithmetic.multiply(x.map(new Curve(v -> Math.min(v, 0), v -> v < 0 ? 1 : 0)), slopes);
        return List.of(Arithmetic.add(x.map(new Curve(v -> Math.max(v, 0), v -> v > 0 ? 1 : 0)), negative));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        OnnxValue x = onnx.real(inputs.get(0));
        OnnxValue slopes = onnx.insert(weights.get(0), 0);
        OnnxValue zero = onnx.number(0, x.type());
        return List.of(onnx.add(onnx.each("Relu", x), onnx.multiply(onnx.each("Min", x, zero), slopes)));
    }
}
