package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.OnnxActivations;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Activations;
import org.netsplice.ops.Array;

/** {@code x} above the threshold, at most {@code max_value}; below it {@code negative_slope · (x − threshold)}, and 0 at it; the shape stays (None, 4). */
public record ReLU(Optional<Double> maxValue, double negativeSlope, double threshold) implements ComputedLayer {
    static final Kind<ReLU> KIND = Kind.of(
                    "ReLU",
                    ReLU.class,
                    Kind.Family.ACTIVATION,
                    "Cuts off or flattens small values.",
                    new Kind.Example("negative_slope=0.1, threshold=0.2", "(None, 4)"))
            .settings(
                    Setting.optionalReal("max_value", "Largest value of the result; none when empty."),
                    Setting.real("negative_slope", 0, 0, "Slope below the threshold."),
                    Setting.real("threshold", 0, 0, "Where the flat part ends."))
            .alsoNamed("ThresholdedReLU")
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
        return Shapes.floats(inputs.get(0).shape());
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        return Axes.kept(inputs);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return List.of(
                Activations.relu(inputs.get(0), negativeSlope, threshold, maxValue.orElse(Double.POSITIVE_INFINITY)));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        OnnxValue x = onnx.real(inputs.get(0));
        double most = maxValue.orElse(Double.POSITIVE_INFINITY);
        if (threshold == 0 && negativeSlope == 0) {
            return List.of(most == Double.POSITIVE_INFINITY ? onnx.each("Relu", x) : onnx.clip(x, 0, most));
        }
        if (threshold == 0 && most == Double.POSITIVE_INFINITY) {
            return List.of(OnnxActivations.leaky(onnx, x, negativeSlope));
        }
        OnnxValue high = most == Double.POSITIVE_INFINITY ? x : onnx.each("Min", x, onnx.number(most, x.type()));
        OnnxValue low = negativeSlope == 0
                ? onnx.number(0, x.type())
                : onnx.scale(x, negativeSlope, -negativeSlope * threshold);
        OnnxValue above = onnx.compare("Greater", x, onnx.number((float) threshold, x.type()));
        return List.of(onnx.where(above, high, low));
    }
}
