package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Trained;
import org.netsplice.layers.kind.Training;
import org.netsplice.layers.kind.TrainingPass;
import org.netsplice.ops.Array;
import org.netsplice.ops.Noise;

/** Adds noise during training only; predictions pass unchanged, and so does the shape (None, 128). */
public record GaussianNoise(double stddev, Arguments call) implements ComputedLayer {
    static final Kind<GaussianNoise> KIND = Kind.of(
                    "GaussianNoise",
                    GaussianNoise.class,
                    Kind.Family.REGULARIZATION,
                    "Adds noise while training; changes nothing when predicting.",
                    new Kind.Example("stddev=0.1", "(None, 4)"))
            .settings(Setting.real("stddev", 0.1, 0, "Standard deviation of the noise."))
            .parameters(Parameter.value("inputs"), Training.PARAMETER)
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

    @Override
    public boolean differsInTraining(boolean trainable) {
        return stddev > 0 && !Training.refused(call);
    }

    @Override
    public Trained forwardTraining(
            List<Array> inputs, List<Optional<Array>> masks, List<Array> weights, TrainingPass pass) {
        return differsInTraining(pass.trainable())
                ? Trained.of(List.of(Noise.added(inputs.get(0), stddev, pass.random())))
                : Trained.of(inputs);
    }

    @Override
    public Optional<String> caution() {
        return Training.caution(call, "Keras 2 then adds noise when it predicts; here the values pass unchanged");
    }
}
