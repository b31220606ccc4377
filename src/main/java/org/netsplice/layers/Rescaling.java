package org.netsplice.layers;

import java.util.List;
import java.util.Set;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.MaskPolicy;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;

/** {@code x · scale + offset}: {@code Rescaling(1/255)} turns pixels from 0…255 to 0…1; the shape stays. */
public record Rescaling(List<Double> scale, List<Double> offset, MaskPolicy maskPolicy) implements ComputedLayer {
    static final Kind<Rescaling> KIND = Kind.of(
                    "Rescaling",
                    Rescaling.class,
                    Kind.Family.NORMALIZATION,
                    "Multiplies by a factor and adds an offset.",
                    new Kind.Example("scale=0.5, offset=1", "(None, 4, 3)"))
            .settings(
                    Setting.reals("scale", List.of(1.0), "Factor, or one for each channel."),
                    Setting.reals("offset", List.of(0.0), "Added after the multiplication."))
            .keepsMaskPolicy()
            .requires("scale")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public MaskRule masks() {
        return maskPolicy.old() ? MaskRule.DROPPED : MaskRule.PASSED;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.SCALING);
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape shape = inputs.get(0).shape();
        for (List<Double> numbers : List.of(scale, offset)) {
            if (numbers.isEmpty() || (numbers.size() > 1 && numbers.size() != shape.last())) {
                throw new Misfit(
                        numbers.size() + " numbers were given for the last axis of " + shape,
                        "Give one number, or one for each channel.");
            }
        }
        return Shapes.floats(shape);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return List.of(Arithmetic.add(Arithmetic.multiply(inputs.get(0), row(scale)), row(offset)));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        OnnxValue x = onnx.real(inputs.get(0));
        return List.of(onnx.add(onnx.multiply(x, row(onnx, x, scale)), row(onnx, x, offset)));
    }

    private static OnnxValue row(OnnxBuilder onnx, OnnxValue x, List<Double> numbers) {
        double[] values = numbers.stream().mapToDouble(Double::floatValue).toArray();
        return values.length == 1
                ? onnx.number(values[0], x.type())
                : onnx.numbers(x.type(), Shape.of(values.length), values);
    }

    private static Array row(List<Double> numbers) {
        float[] values = new float[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.get(i).floatValue();
        }
        return Array.of(values, values.length);
    }
}
