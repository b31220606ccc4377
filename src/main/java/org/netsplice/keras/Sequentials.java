package org.netsplice.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.keras.ModelConfig.Call;
import org.netsplice.keras.ModelConfig.LayerConfig;
import org.netsplice.keras.ModelConfig.Reference;

/** A Sequential written as the functional model it is: every layer reads the one before. */
final class Sequentials {
    private Sequentials() {}

    static ModelConfig asFunctional(ModelConfig model, Json at) {
        List<LayerConfig> layers = new ArrayList<>(model.layers());
        if (layers.isEmpty() || !LayerReader.isInput(layers.get(0))) {
            layers.add(0, input(model, at));
        }
        List<LayerConfig> chained = new ArrayList<>();
        Reference before = null;
        for (LayerConfig layer : layers) {
            List<Call> calls = before == null ? List.of() : List.of(Call.of(before));
            chained.add(new LayerConfig(
                    layer.name(), layer.className(), layer.object(), layer.config(), calls, layer.nested()));
            before = new Reference(layer.name(), 0, 0, "", Optional.empty(), layer.object());
        }
        Reference first = new Reference(layers.get(0).name(), 0, 0, "", Optional.empty(), at);
        return new ModelConfig(
                model.name(), false, model.trainable(), chained, List.of(first), List.of(asOutput(before, chained)));
    }

    /** References among outputs count the calls of nested functional models from 1. */
    private static Reference asOutput(Reference last, List<LayerConfig> layers) {
        Optional<ModelConfig> nested = layers.get(layers.size() - 1).nested();
        int call = nested.isPresent() && !nested.get().sequential() ? 1 : 0;
        return new Reference(last.layer(), call, 0, "", Optional.empty(), last.at());
    }

    private static LayerConfig input(ModelConfig model, Json at) {
        Optional<Json> shape =
                at.get("config").isObject() ? at.get("config").find("build_input_shape") : Optional.empty();
        if (shape.isEmpty() && !model.layers().isEmpty()) {
            Json first = model.layers().get(0).config();
            shape = first.isObject()
                    ? first.find("batch_shape").or(() -> first.find("batch_input_shape"))
                    : Optional.empty();
        }
        Json known = shape.orElseThrow(
                () -> at.wrong("the Sequential model was never built, so the shape of its input is not known"));
        Map<String, Object> config = new HashMap<>();
        config.put("batch_shape", known);
        String name = (model.layers().isEmpty() ? "" : model.layers().get(0).name() + "_") + "input";
        Json json = Json.of(config);
        return new LayerConfig(name, "InputLayer", at, json, List.of(), Optional.empty());
    }
}
