package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.KindBuilder;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Trained;
import org.netsplice.layers.kind.Training;
import org.netsplice.layers.kind.TrainingPass;
import org.netsplice.ops.Array;
import org.netsplice.ops.Noise;

/** Drops values during training only; predictions pass unchanged, and so does the shape (None, 128). */
public record Dropout(String variant, double rate, Arguments call) implements ComputedLayer {
    static final List<Kind<Dropout>> KINDS = Stream.of(
                    "Dropout",
                    "AlphaDropout",
                    "GaussianDropout",
                    "SpatialDropout1D",
                    "SpatialDropout2D",
                    "SpatialDropout3D")
            .map(Dropout::kind)
            .toList();

    private static Kind<Dropout> kind(String name) {
        KindBuilder<Dropout> kind = Kind.of(
                        name,
                        Dropout.class,
                        Kind.Family.REGULARIZATION,
                        "Drops values while training; changes nothing when predicting.",
                        new Kind.Example("rate=0.3", "(None, 3, 4)"))
                .constant("variant", name)
                .parameters(Parameter.value("inputs"), Training.PARAMETER)
                .settings(Setting.real("rate", 0.5, 0, "Share of the values that is dropped while training."))
                .shows("rate", "rate #");
        return (name.startsWith("Spatial") ? kind.neverWrites("trainable") : kind).build();
    }

    @Override
    public Kind<?> kind() {
        return KINDS.stream()
                .filter(kind -> kind.className().equals(variant))
                .findFirst()
                .orElseThrow();
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
    public Set<Trait> traits() {
        return Set.of(Trait.KEEPS_PROBABILITIES);
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
        return rate > 0 && !Training.refused(call);
    }

    @Override
    public Trained forwardTraining(
            List<Array> inputs, List<Optional<Array>> masks, List<Array> weights, TrainingPass pass) {
        Array x = inputs.get(0);
        if (!differsInTraining(pass.trainable())) {
            return Trained.of(inputs);
        }
        return Trained.of(List.of(
                switch (variant) {
                    case "AlphaDropout" -> Noise.droppedToFloor(x, rate, pass.random());
                    case "GaussianDropout" -> Noise.scattered(x, rate, pass.random());
                    case "Dropout" -> Noise.dropped(x, rate, pass.random());
                    default ->
                        Noise.dropped(
                                x,
                                rate,
                                pass.random(),
                                IntStream.range(1, x.rank() - 1).toArray());
                }));
    }

    @Override
    public Optional<String> caution() {
        return Training.caution(call, "Keras 2 then drops values at random when it predicts; here they pass unchanged");
    }
}
