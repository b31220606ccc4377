package org.netsplice.onnx;

import java.util.List;
import java.util.Map;
import org.netsplice.config.Json;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.Layers;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.problem.ModelException;

/** Makes layers of the catalogue's kinds; what a kind refuses is {@link Untranslatable}. */
final class Kinds {
    private Kinds() {}

    /** The kind with this id. */
    static Kind<?> named(String id) {
        return Layers.kind(id).orElseThrow(() -> new IllegalArgumentException("no kind " + id));
    }

    /** A layer of a kind with these settings and this call. */
    static ComputedLayer made(Kind<?> kind, Map<String, Object> config, Arguments call) {
        try {
            return kind.readCalled(Json.of(config), call);
        } catch (ModelException.Unsupported | ModelException.Invalid problem) {
            throw new Untranslatable(problem.problem().what());
        }
    }

    /** Refuses weights that are not as many or not as large as the layer has them. */
    static void check(ComputedLayer layer, List<WeightSpec> wanted, List<Tensor> given) {
        if (wanted.size() != given.size()) {
            throw new Untranslatable(
                    "the layer " + layer.className() + " has " + wanted.size() + " weights, not " + given.size());
        }
        for (int i = 0; i < given.size(); i++) {
            if (!wanted.get(i).shape().equals(given.get(i).shape())) {
                throw new Untranslatable("the layer " + layer.className() + " has a "
                        + wanted.get(i).name() + " of shape " + wanted.get(i).shape() + ", not "
                        + given.get(i).shape());
            }
        }
    }
}
