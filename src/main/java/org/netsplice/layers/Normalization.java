package org.netsplice.layers;

import java.util.List;
import java.util.Set;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
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
import org.netsplice.ops.Curve;

/**
 * {@code (x − mean) / max(sqrt(variance), 1e-7)} with statistics of the data, learned or given; the shape stays (None, 13).
 *
 * @param axis the axes that keep statistics of their own; none for one mean over everything
 * @param mean given means, empty when learned
 * @param variance given variances, empty when learned
 */
public record Normalization(
        List<Integer> axis, List<Double> mean, List<Double> variance, boolean invert, MaskPolicy maskPolicy)
        implements ComputedLayer {
    static final Kind<Normalization> KIND = Kind.of(
                    "Normalization",
                    Normalization.class,
                    Kind.Family.NORMALIZATION,
                    "Shifts and scales features by the mean and variance of the data.",
                    new Kind.Example("axis=-1", "(None, 5)"))
            .settings(
                    Setting.integers("axis", List.of(-1), Integer.MIN_VALUE, "Axes with statistics of their own."),
                    Setting.reals("mean", List.of(), "Given means; empty when they are learned."),
                    Setting.reals("variance", List.of(), "Given variances; empty when they are learned."),
                    Setting.flag("invert", false, "Whether normalization is reversed."))
            .keepsMaskPolicy()
            .notInHdf5(
                    (layer, nested) -> layer.axis.size() != 1 || (nested && layer.mean.isEmpty()),
                    "an axis that is a list or nothing is read as another one, and statistics in a nested model are not applied")
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
        long kept = 1;
        for (int one : axis) {
            kept *= Shapes.known(shape, Shapes.axis(one, shape));
        }
        if (mean.size() > 1 && mean.size() != kept) {
            throw new Misfit(mean.size() + " means were given for an input of shape " + shape, "Change mean or axis.");
        }
        return Shapes.floats(shape);
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        if (!mean.isEmpty()) {
            return List.of();
        }
        Shape shape = inputs.get(0).shape();
        long[] sizes = axis.stream()
                .mapToLong(one -> shape.size(Shapes.axis(one, shape)))
                .toArray();
        return List.of(
                WeightSpec.fixed("mean", Initial.ZEROS, sizes),
                WeightSpec.fixed("variance", Initial.ONES, sizes),
                WeightSpec.fixed("count", Initial.ZEROS));
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Array x = inputs.get(0);
        Array center = statistics(x, mean, weights, 0);
        Array deviation = statistics(x, variance, weights, 1)
                .map(new Curve(v -> Math.max(Math.sqrt(v), 1e-7), v -> v <= 1e-14 ? 0 : 0.5 / Math.sqrt(v)));
        return List.of(
                invert
                        ? Arithmetic.add(Arithmetic.multiply(x, deviation), center)
                        : Arithmetic.divide(Arithmetic.subtract(x, center), deviation));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        OnnxValue x = onnx.real(inputs.get(0));
        OnnxValue center = statistics(onnx, x, mean, weights, 0);
        OnnxValue root = onnx.each("Sqrt", statistics(onnx, x, variance, weights, 1));
        OnnxValue deviation = onnx.each("Max", root, onnx.number(1e-7, x.type()));
        return List.of(
                invert
                        ? onnx.add(onnx.multiply(x, deviation), center)
                        : onnx.divide(onnx.subtract(x, center), deviation));
    }

    private OnnxValue statistics(
            OnnxBuilder onnx, OnnxValue x, List<Double> given, List<OnnxValue> weights, int index) {
        long[] sizes = new long[x.rank()];
        java.util.Arrays.fill(sizes, 1);
        if (given.size() != 1) {
            axis.forEach(one -> sizes[one < 0 ? one + sizes.length : one] = x.size(one));
        }
        double[] numbers = given.stream().mapToDouble(Double::floatValue).toArray();
        return given.isEmpty()
                ? onnx.reshape(weights.get(index), sizes)
                : onnx.numbers(x.type(), Shape.of(sizes), numbers);
    }

    private Array statistics(Array x, List<Double> given, List<Array> weights, int index) {
        long[] sizes = new long[x.rank()];
        java.util.Arrays.fill(sizes, 1);
        if (given.isEmpty()) {
            axis.forEach(one -> sizes[one < 0 ? one + sizes.length : one] = x.size(one));
            return weights.get(index).reshape(sizes);
        }
        if (given.size() > 1) {
            axis.forEach(one -> sizes[one < 0 ? one + sizes.length : one] = x.size(one));
        }
        float[] values = new float[given.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = given.get(i).floatValue();
        }
        return Array.of(values, sizes);
    }
}
