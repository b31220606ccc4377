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

/** {@code x} when positive, else {@code alpha · (exp(x) − 1)}; the shape stays (None, 8). */
public record ELU(double alpha) implements ComputedLayer {
    static final Kind<ELU> KIND = Kind.of(
                    "ELU",
                    ELU.class,
                    Kind.Family.ACTIVATION,
                    "Bends negative values towards a limit.",
                    new Kind.Example("alpha=0.7", "(None, 4)"))
            .settings(Setting.real("alpha", 1, Double.NEGATIVE_INFINITY, "Scale of the negative part."))
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
        return List.of(Activations.elu(inputs.get(0), alpha));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        return List.of(OnnxActivations.elu(onnx, onnx.real(inputs.get(0)), alpha));
    }
}
