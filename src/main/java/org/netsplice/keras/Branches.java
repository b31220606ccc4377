package org.netsplice.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.keras.ModelConfig.Call;
import org.netsplice.keras.ModelConfig.LayerConfig;
import org.netsplice.keras.ModelConfig.Reference;
import org.netsplice.layers.kind.Origin;

/**
 * A Sequential of Keras 1 whose first layer joins several models. Those models are in the settings of that layer, but the file keeps
 * their weights as if their layers belonged to the Sequential itself.
 */
final class Branches {
    private Branches() {}

    /** Whether the first of these layers joins models. */
    static boolean begin(List<Json> layers) {
        return !layers.isEmpty()
                && layers.get(0).get("config").isObject()
                && models(layers.get(0)).stream().anyMatch(Branches::isModel);
    }

    private static List<Json> models(Json first) {
        return first.get("config")
                .find("layers")
                .filter(Json::isList)
                .map(Json::items)
                .orElse(List.of());
    }

    private static boolean isModel(Json value) {
        return value.isObject()
                && value.find("class_name").filter(Json::isText).isPresent()
                && ArchitectureReader.isModel(value);
    }

    /**
     * A functional model with the layers of all branches, followed by those of the Sequential.
     *
     * @param sequential the model, whose first layer joins the branches
     * @param first that layer in the file
     */
    static ModelConfig joined(ModelConfig sequential, Json first, Origin origin) {
        List<LayerConfig> layers = new ArrayList<>();
        List<Reference> inputs = new ArrayList<>();
        List<Reference> ends = new ArrayList<>();
        for (Json model : models(first)) {
            if (!isModel(model)) {
                throw model.unsupported("a layer that joins models and single layers is not supported");
            }
            ModelConfig branch = Sequentials.asFunctional(ArchitectureReader.read(model, origin), model);
            layers.addAll(branch.layers());
            inputs.addAll(branch.inputs());
            ends.addAll(branch.outputs());
        }
        for (LayerConfig layer : sequential.layers()) {
            layers.add(layer.withCalls(List.of(Call.of(List.copyOf(ends)))));
            ends.clear();
            ends.add(new Reference(layer.name(), 0, 0, "", Optional.empty(), layer.object()));
        }
        return new ModelConfig(sequential.name(), false, sequential.trainable(), layers, inputs, ends);
    }
}
