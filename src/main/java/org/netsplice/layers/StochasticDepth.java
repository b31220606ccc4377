package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Trained;
import org.netsplice.layers.kind.TrainingPass;
import org.netsplice.ops.Array;
import org.netsplice.ops.Noise;

/** Drops whole branches during training only, as in ConvNeXt; predictions pass unchanged, and so does the shape (None, 7, 7, 96). */
public record StochasticDepth(double dropPathRate) implements ComputedLayer {
    static final Kind<StochasticDepth> KIND = Kind.of(
                    "StochasticDepth",
                    StochasticDepth.class,
                    Kind.Family.INTERNAL,
                    "Drops branches while training; changes nothing when predicting.",
                    new Kind.Example("", "(None, 4, 4, 3)"))
            .settings(Setting.real("drop_path_rate", 0, 0, "Share of the branches that is dropped while training."))
            .module("keras.src.applications.convnext")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
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
        return dropPathRate > 0;
    }

    @Override
    public Trained forwardTraining(
            List<Array> inputs, List<Optional<Array>> masks, List<Array> weights, TrainingPass pass) {
        Array x = inputs.get(0);
        return differsInTraining(pass.trainable())
                ? Trained.of(List.of(Noise.dropped(
                        x,
                        dropPathRate,
                        pass.random(),
                        IntStream.range(1, x.rank()).toArray())))
                : Trained.of(inputs);
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        return inputs;
    }
}
