package org.netsplice.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.graph.DType;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Shape;
import org.netsplice.keras.ModelConfig.Call;
import org.netsplice.keras.ModelConfig.LayerConfig;
import org.netsplice.keras.ModelConfig.Reference;

/** Writes a Sequential as the functional model it is: every layer reads the one before. */
final class Sequentials {
    /** The name of the input added to a Sequential whose file gives no input shape. */
    static final InputLayer UNSHAPED = new InputLayer(Shape.of(Shape.UNKNOWN), DType.FLOAT32);

    private Sequentials() {}

    /** Whether a layer is the input that stands before a Sequential which tells no shape for it. */
    static boolean isUnshaped(LayerConfig layer) {
        return layer.config().isObject() && layer.config().keys().isEmpty() && LayerReader.isInput(layer);
    }

    /** The model as a functional one; a functional model is returned unchanged. */
    static ModelConfig asFunctional(ModelConfig model, Json at) {
        if (!model.sequential()) {
            return model;
        }
        List<LayerConfig> layers = new ArrayList<>(model.layers());
        if (layers.isEmpty() || !LayerReader.isInput(layers.get(0))) {
            layers.add(0, input(model, at));
        }
        List<LayerConfig> chained = new ArrayList<>();
        Reference before = null;
        for (LayerConfig layer : layers) {
            List<Call> calls = before == null ? List.of() : List.of(Call.of(List.of(before)));
            chained.add(layer.withCalls(calls));
            before = new Reference(layer.name(), 0, 0, "", Optional.empty(), layer.object());
        }
        Reference first = new Reference(layers.get(0).name(), 0, 0, "", Optional.empty(), at);
        return new ModelConfig(model.name(), false, model.trainable(), chained, List.of(first), List.of(before));
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
        Map<String, Object> config = new HashMap<>();
        shape.ifPresent(known -> config.put("batch_shape", known));
        String name = (model.layers().isEmpty() ? "" : model.layers().get(0).name() + "_") + "input";
        Json json = Json.of(config);
        return new LayerConfig(name, "InputLayer", at, json, List.of(), Optional.empty());
    }
}
