package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Normalizing;

/** {@code gamma · (x − mean) / sqrt(variance + epsilon) + beta} over groups of channels; the shape stays (None, 8, 8, 32). */
public record GroupNormalization(int groups, int axis, double epsilon, boolean center, boolean scale)
        implements ComputedLayer {
    static final Kind<GroupNormalization> KIND = Kind.of(
                    "GroupNormalization",
                    GroupNormalization.class,
                    Kind.Family.NORMALIZATION,
                    "Normalizes groups of channels of each example.",
                    new Kind.Example("groups=2", "(None, 3, 4)"))
            .settings(
                    Setting.integer("groups", 32, -1, "Number of groups; -1 for one for each channel."),
                    Setting.axis("axis", -1, "The axis of the channels."),
                    Setting.real("epsilon", 1e-3, 0, "Added to the variance."),
                    Setting.flag("center", true, "Whether beta is added."),
                    Setting.flag("scale", true, "Whether the result is multiplied by gamma."))
            .requires("epsilon")
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
        if (Shapes.axis(axis, shape) == 0) {
            throw new Misfit("cannot divide the rows of the batch into groups", "Choose another axis.");
        }
        long channels = Shapes.known(shape, Shapes.axis(axis, shape));
        if (groups == 0 || channels % count(channels) != 0) {
            throw new Misfit(
                    "needs groups (" + groups + ") that divide the channels (" + channels + ")", "Change groups.");
        }
        return Shapes.floats(shape);
    }

    private long count(long channels) {
        return groups < 0 ? channels : groups;
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        Shape shape = inputs.get(0).shape();
        long channels = shape.size(Shapes.axis(axis, shape));
        List<WeightSpec> specs = new ArrayList<>();
        if (scale) {
            specs.add(WeightSpec.trainable("gamma", Initial.ONES, channels));
        }
        if (center) {
            specs.add(WeightSpec.trainable("beta", Initial.ZEROS, channels));
        }
        return specs;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Array x = inputs.get(0);
        int[] order = IntStream.range(0, x.rank()).toArray();
        int counted = axis < 0 ? axis + x.rank() : axis;
        order[counted] = x.rank() - 1;
        order[x.rank() - 1] = counted;
        Array last = Arranging.permute(x, order);
        long channels = last.size(-1);
        long parts = count(channels);
        Array grouped = last.reshape(x.size(0), last.length() / x.size(0) / channels, parts, channels / parts);
        long[] wide = {1, 1, parts, channels / parts};
        Optional<Array> gamma = scale ? Optional.of(weights.get(0).reshape(wide)) : Optional.empty();
        Optional<Array> beta =
                center ? Optional.of(weights.get(weights.size() - 1).reshape(wide)) : Optional.empty();
        Array result =
                Normalizing.byMoments(grouped, epsilon, gamma, beta, 1, 3).reshape(last.sizes());
        return List.of(Arranging.permute(result, order));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        OnnxValue x = onnx.real(inputs.get(0));
        int[] order = IntStream.range(0, x.rank()).toArray();
        int counted = axis < 0 ? axis + x.rank() : axis;
        order[counted] = x.rank() - 1;
        order[x.rank() - 1] = counted;
        OnnxValue last = onnx.transpose(x, order);
        long channels = last.size(-1);
        long parts = count(channels);
        Shape places = last.shape().axes(1, last.rank() - 1);
        OnnxValue grouped = onnx.reshape(
                last, last.size(0), places.known() ? places.elements() : Shape.UNKNOWN, parts, channels / parts);
        OnnxValue centered = onnx.subtract(grouped, onnx.reduce("ReduceMean", grouped, true, 1, 3));
        OnnxValue variance = onnx.reduce("ReduceMean", onnx.multiply(centered, centered), true, 1, 3);
        OnnxValue normal = onnx.divide(centered, onnx.each("Sqrt", onnx.scale(variance, 1, epsilon)));
        OnnxValue back = onnx.reshape(normal, last.shape().sizes());
        OnnxValue scaled = scale ? onnx.multiply(back, weights.get(0)) : back;
        OnnxValue result = center ? onnx.add(scaled, weights.get(weights.size() - 1)) : scaled;
        return List.of(onnx.transpose(result, order));
    }
}
