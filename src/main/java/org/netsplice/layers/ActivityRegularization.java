package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.Setting;
import org.netsplice.ops.Array;

/** Punishes large values during training only; predictions pass unchanged, and so does the shape (None, 128). */
public record ActivityRegularization(double l1, double l2) implements ComputedLayer {
    static final Kind<ActivityRegularization> KIND = Kind.of(
                    "ActivityRegularization",
                    ActivityRegularization.class,
                    Kind.Family.REGULARIZATION,
                    "Adds to the loss while training; changes nothing when predicting.",
                    new Kind.Example("l1=0.1", "(None, 4)"))
            .settings(
                    Setting.real("l1", 0, 0, "Weight of the absolute values."),
                    Setting.real("l2", 0, 0, "Weight of the squares."))
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
    public boolean returnsInput() {
        return true;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        return inputs;
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        return Axes.kept(inputs);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return inputs;
    }
}
