package org.netsplice.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netsplice.config.Json;
import org.netsplice.keras.ModelConfig.Call;
import org.netsplice.keras.ModelConfig.LayerConfig;
import org.netsplice.keras.ModelConfig.Reference;

/** Reads the JSON of an architecture, as written by Keras 3 into {@code config.json}, {@code model_config} and {@code to_json}. */
final class ArchitectureReader {
    private static final Set<String> FUNCTIONAL = Set.of("Functional", "Model");
    private static final Set<String> HARMLESS = Set.of("training", "mask");

    private ArchitectureReader() {}

    /** Whether an object is a model rather than a layer. */
    static boolean isModel(Json object) {
        String type = object.get("class_name").text();
        return FUNCTIONAL.contains(type) || type.equals("Sequential");
    }

    static ModelConfig read(Json object) {
        Json config = object.get("config");
        boolean sequential = object.get("class_name").text().equals("Sequential");
        List<Json> items =
                config.isList() ? config.items() : config.get("layers").items();
        List<LayerConfig> layers = new ArrayList<>();
        for (Json item : items) {
            layers.add(layer(item));
        }
        String name = config.isList()
                ? "sequential"
                : config.find("name").map(Json::text).orElse("model");
        boolean trainable =
                config.isList() || config.find("trainable").map(Json::flag).orElse(true);
        return new ModelConfig(
                name,
                sequential,
                trainable,
                layers,
                sequential ? List.of() : references(config.get("input_layers")),
                sequential ? List.of() : references(config.get("output_layers")));
    }

    private static LayerConfig layer(Json object) {
        Json config = object.get("config");
        String type = object.get("class_name").text();
        String name = object.find("name")
                .or(() -> config.isObject() ? config.find("name") : Optional.empty())
                .map(Json::text)
                .orElse(type);
        List<Call> calls = new ArrayList<>();
        for (Json call : object.find("inbound_nodes").map(Json::items).orElse(List.of())) {
            calls.add(call(call));
        }
        boolean model =
                isModel(object) && (config.isList() || config.find("layers").isPresent());
        return new LayerConfig(name, type, object, config, calls, model ? Optional.of(read(object)) : Optional.empty());
    }

    private static Call call(Json call) {
        List<Reference> inputs = new ArrayList<>();
        List<String> extras = new ArrayList<>();
        if (call.isList()) {
            for (Json input : call.items()) {
                inputs.add(reference(input, ""));
            }
            return new Call(inputs, extras);
        }
        call.get("args").items().forEach(argument -> collect(argument, inputs, extras, "argument"));
        call.find("kwargs")
                .ifPresent(kwargs -> kwargs.keys()
                        .forEach(key -> kwargs.find(key).ifPresent(value -> {
                            List<Reference> tensors = new ArrayList<>();
                            List<String> others = new ArrayList<>();
                            collect(value, tensors, others, key);
                            boolean harmless = HARMLESS.contains(key) && tensors.isEmpty();
                            if (!harmless && !(tensors.isEmpty() && others.isEmpty())) {
                                extras.add(key);
                            }
                        })));
        return new Call(inputs, extras);
    }

    private static void collect(Json argument, List<Reference> inputs, List<String> extras, String name) {
        if (argument.isNull()) {
            return;
        }
        if (argument.isList()) {
            argument.items().forEach(item -> collect(item, inputs, extras, name));
        } else if (argument.isObject() && isTensor(argument)) {
            Json config = argument.get("config");
            Reference plain = reference(config.get("keras_history"), "");
            inputs.add(new Reference(plain.layer(), plain.call(), plain.tensor(), "", Optional.of(config), plain.at()));
        } else if (argument.isObject() && argument.find("class_name").isEmpty()) {
            argument.keys().forEach(key -> argument.find(key).ifPresent(value -> collect(value, inputs, extras, name)));
        } else {
            extras.add(name);
        }
    }

    private static boolean isTensor(Json argument) {
        return argument.find("class_name")
                .filter(name -> name.isText() && name.text().equals("__keras_tensor__"))
                .isPresent();
    }

    /** One reference, a list of them, a dictionary, or any nesting of those, in order. */
    private static List<Reference> references(Json json) {
        List<Reference> all = new ArrayList<>();
        gather(json, "", all);
        return all;
    }

    private static void gather(Json json, String key, List<Reference> into) {
        if (json.isObject()) {
            json.keys().forEach(name -> json.find(name).ifPresent(value -> gather(value, name, into)));
        } else if (isReference(json)) {
            into.add(reference(json, key));
        } else {
            json.items().forEach(item -> gather(item, key, into));
        }
    }

    private static boolean isReference(Json json) {
        List<Json> items = json.items();
        return items.size() >= 3 && items.get(0).isText() && items.get(1).isNumber();
    }

    private static Reference reference(Json json, String key) {
        if (!json.isList() || !isReference(json)) {
            throw json.wrong("expected a reference such as [\"layer\", 0, 0], received " + json);
        }
        List<Json> items = json.items();
        return new Reference(
                items.get(0).text(), index(items.get(1)), index(items.get(2)), key, Optional.empty(), json);
    }

    private static int index(Json json) {
        long value = json.integer();
        if (value < 0 || value > 1_000_000) {
            throw json.wrong("expected a call number, received " + value);
        }
        return (int) value;
    }
}
