package org.netsplice.layers;

import java.util.List;
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

/** {@code x} when positive, else {@code negative_slope · x}; the shape stays (None, 8). */
public record LeakyReLU(double negativeSlope) implements ComputedLayer {
    static final Kind<LeakyReLU> KIND = Kind.of(
                    "LeakyReLU",
                    LeakyReLU.class,
                    Kind.Family.ACTIVATION,
                    "Flattens negative values.",
                    new Kind.Example("negative_slope=0.1", "(None, 4)"))
            .settings(Setting.real("negative_slope", 0.3, 0, "Slope for negative values."))
            .requires("negative_slope")
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
        return List.of(Activations.relu(inputs.get(0), negativeSlope, 0, Double.POSITIVE_INFINITY));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        return List.of(OnnxActivations.leaky(onnx, onnx.real(inputs.get(0)), negativeSlope));
    }
}
