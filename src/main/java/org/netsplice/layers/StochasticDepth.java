package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Setting;
import org.netsplice.ops.Array;

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
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return inputs;
    }
}
