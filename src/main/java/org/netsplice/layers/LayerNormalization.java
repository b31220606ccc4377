package org.netsplice.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
import org.netsplice.ops.Normalizing;

/**
 * {@code gamma · (x − mean) / sqrt(variance + epsilon) + beta} over axes of each example; the shape stays (None, 10, 64). With
 * {@code rms_scaling} it is {@code gamma · x / sqrt(variance + epsilon)}.
 */
public record LayerNormalization(List<Integer> axis, double epsilon, boolean center, boolean scale, boolean rmsScaling)
        implements ComputedLayer {
    static final Kind<LayerNormalization> KIND = Kind.of(
                    "LayerNormalization",
                    LayerNormalization.class,
                    Kind.Family.NORMALIZATION,
                    "Normalizes each example by its own mean and variance.",
                    new Kind.Example("axis=[1, 2]", "(None, 3, 4)"))
            .settings(
                    Setting.integers("axis", List.of(-1), Integer.MIN_VALUE, "The axes that are normalized."),
                    Setting.real("epsilon", 1e-3, 0, "Added to the variance."),
                    Setting.flag("center", true, "Whether beta is added."),
                    Setting.flag("scale", true, "Whether the result is multiplied by gamma."),
                    Setting.flag("rms_scaling", false, "Whether only the deviation is normalized, and not the mean."))
            .requires("epsilon")
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
        Shape shape = Shapes.atLeast(inputs, 2);
        axis.forEach(one -> Shapes.known(shape, Shapes.axis(one, shape)));
        if (axis.stream().map(one -> Shapes.axis(one, shape)).distinct().count() < axis.size()) {
            throw new Misfit("has the axes " + axis + ", of which two are the same", "Name each axis once.");
        }
        return Shapes.floats(shape);
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        Shape shape = inputs.get(0).shape();
        long[] sizes = axis.stream()
                .sorted()
                .mapToLong(one -> shape.size(Shapes.axis(one, shape)))
                .toArray();
        List<WeightSpec> specs = new ArrayList<>();
        if (scale || rmsScaling) {
            specs.add(WeightSpec.trainable("gamma", Initial.ONES, sizes));
        }
        if (center && !rmsScaling) {
            specs.add(WeightSpec.trainable("beta", Initial.ZEROS, sizes));
        }
        return specs;
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        Shape shape = inputs.get(0).shape();
        Axes axes = Axes.FIXED;
        for (int each = 1; each < shape.rank(); each++) {
            int counted = each;
            boolean normalized = axis.stream().anyMatch(one -> Shapes.axis(one, shape) == counted);
            List<Axes.Place> places = new ArrayList<>(List.of(Axes.Of.INPUT.at(0, each), Axes.Of.OUTPUT.at(0, each)));
            if (normalized) {
                int tensors = weights(inputs).size();
                IntStream.range(0, tensors).forEach(tensor -> places.add(Axes.Of.WEIGHT.at(tensor, 0)));
            }
            axes = normalized && axis.size() > 1 ? axes : axes.bond(shape.size(each), places);
        }
        return axes;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Array x = inputs.get(0);
        int[] over =
                axis.stream().mapToInt(one -> one < 0 ? one + x.rank() : one).toArray();
        if (rmsScaling) {
            return List.of(
                    Arithmetic.multiply(Normalizing.byVariance(x, epsilon, over), spread(weights.get(0), x, over)));
        }
        Optional<Array> gamma = scale ? Optional.of(spread(weights.get(0), x, over)) : Optional.empty();
        Optional<Array> beta =
                center ? Optional.of(spread(weights.get(weights.size() - 1), x, over)) : Optional.empty();
        return List.of(Normalizing.byMoments(x, epsilon, gamma, beta, over));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        OnnxValue x = onnx.real(inputs.get(0));
        int[] over =
                axis.stream().mapToInt(one -> one < 0 ? one + x.rank() : one).toArray();
        List<OnnxValue> spread =
                weights.stream().map(weight -> spread(onnx, weight, x, over)).toList();
        if (rmsScaling) {
            OnnxValue centered = onnx.subtract(x, onnx.reduce("ReduceMean", x, true, over));
            OnnxValue variance = onnx.reduce("ReduceMean", onnx.multiply(centered, centered), true, over);
            OnnxValue deviation = onnx.each("Sqrt", onnx.scale(variance, 1, epsilon));
            return List.of(onnx.multiply(onnx.divide(x, deviation), spread.get(0)));
        }
        OnnxValue centered = onnx.subtract(x, onnx.reduce("ReduceMean", x, true, over));
        OnnxValue variance = onnx.reduce("ReduceMean", onnx.multiply(centered, centered), true, over);
        OnnxValue normal = onnx.divide(centered, onnx.each("Sqrt", onnx.scale(variance, 1, epsilon)));
        OnnxValue scaled = scale ? onnx.multiply(normal, spread.get(0)) : normal;
        return List.of(center ? onnx.add(scaled, spread.get(spread.size() - 1)) : scaled);
    }

    private static OnnxValue spread(OnnxBuilder onnx, OnnxValue weight, OnnxValue x, int... over) {
        long[] sizes = new long[x.rank()];
        Arrays.fill(sizes, 1);
        for (int one : over) {
            sizes[one] = x.size(one);
        }
        return onnx.reshape(weight, sizes);
    }

    private static Array spread(Array weight, Array x, int[] over) {
        long[] sizes = new long[x.rank()];
        Arrays.fill(sizes, 1);
        for (int one : over) {
            sizes[one] = x.size(one);
        }
        return weight.reshape(sizes);
    }
}
