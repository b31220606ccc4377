package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
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
import org.netsplice.ops.Reducing;

/** {@code x / sqrt(max(sum(x²), 1e-12))} over axes of each example; the shape stays (None, 10). */
public record UnitNormalization(List<Integer> axis) implements ComputedLayer {
    static final Kind<UnitNormalization> KIND = Kind.of(
                    "UnitNormalization",
                    UnitNormalization.class,
                    Kind.Family.NORMALIZATION,
                    "Scales each example to length 1.",
                    new Kind.Example("axis=-1", "(None, 4)"))
            .settings(Setting.axes("axis", List.of(-1), "The axes over which the length is taken."))
            .notInHdf5((layer, nested) -> layer.axis.size() > 1, "an axis that is a list is dropped")
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
        Shape shape = inputs.get(0).shape();
        axis.forEach(one -> Shapes.axis(one, shape));
        return Shapes.floats(shape);
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        return Axes.kept(inputs);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Array x = inputs.get(0);
        int[] over =
                axis.stream().mapToInt(one -> one < 0 ? one + x.rank() : one).toArray();
        double count = 1;
        for (int one : over) {
            count *= x.size(one);
        }
        double cells = count;
        Array squares = Reducing.mean(Arithmetic.multiply(x, x), true, over);
        return List.of(Arithmetic.multiply(
                x,
                squares.map(new Curve(
                        v -> 1 / Math.sqrt(Math.max(v * cells, 1e-12)),
                        v -> v * cells <= 1e-12 ? 0 : -0.5 / (v * Math.sqrt(v * cells))))));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        OnnxValue x = onnx.real(inputs.get(0));
        int[] over =
                axis.stream().mapToInt(one -> one < 0 ? one + x.rank() : one).toArray();
        OnnxValue squares = onnx.reduce("ReduceSum", onnx.multiply(x, x), true, over);
        OnnxValue length = onnx.each("Sqrt", onnx.each("Max", squares, onnx.number(1e-12, x.type())));
        return List.of(onnx.divide(x, length));
    }
}
