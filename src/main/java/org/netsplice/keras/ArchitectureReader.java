package org.netsplice.keras;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netsplice.config.Json;
import org.netsplice.keras.ModelConfig.Call;
import org.netsplice.keras.ModelConfig.LayerConfig;
import org.netsplice.keras.ModelConfig.Reference;
import org.netsplice.layers.Layers;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.Origin;

/** Reads the JSON of an architecture, as written by Keras 3 into {@code config.json}, {@code model_config} and {@code to_json}. */
final class ArchitectureReader {
    private static final String TRAINING = "training";
    private static final String CONSTANT = "_CONSTANT_VALUE";
    private static final Set<String> FUNCTIONAL = Set.of("Functional", "Model");

    private ArchitectureReader() {}

    /** Whether an object is a model rather than a layer. */
    static boolean isModel(Json object) {
        return isSequential(object) || isFunctional(object);
    }

    /** Whether an object is a functional model, also of a class that a user derived from Functional, which writes the same keys. */
    private static boolean isFunctional(Json object) {
        return FUNCTIONAL.contains(object.get("class_name").text())
                || derived(object)
                        .filter(config -> config.has("input_layers") && config.has("output_layers"))
                        .isPresent();
    }

    /** Whether an object is a Sequential, also of a derived class, which a key tells from a layer that merely contains layers. */
    private static boolean isSequential(Json object) {
        return object.get("class_name").text().equals("Sequential")
                || derived(object)
                        .filter(config -> !config.has("input_layers")
                                && !config.get("layers").items().isEmpty())
                        .filter(config -> config.has("build_input_shape")
                                || isInput(config.get("layers").items().get(0)))
                        .isPresent();
    }

    /** The configuration of an unknown class, when it holds a list of layers. */
    private static Optional<Json> derived(Json object) {
        return object.find("config")
                .filter(config -> config.isObject()
                        && Layers.kind(object.get("class_name").text()).isEmpty()
                        && config.find("layers").filter(Json::isList).isPresent());
    }

    private static boolean isInput(Json layer) {
        return layer.isObject()
                && layer.find("class_name")
                        .filter(name -> name.isText() && name.text().equals("InputLayer"))
                        .isPresent();
    }

    /** Reads an architecture; what an older Keras wrote is read as Keras 3 would have written it. */
    static ModelConfig read(Json object, Origin origin) {
        Json config = object.get("config");
        boolean sequential = isSequential(object);
        List<Json> items =
                config.isList() ? config.items() : config.get("layers").items();
        List<LayerConfig> layers = new ArrayList<>();
        for (Json item : items) {
            layers.add(layer(item, origin));
        }
        String name = config.isList()
                ? "sequential"
                : config.find("name").map(Json::text).orElse("model");
        boolean trainable =
                config.isList() || config.find("trainable").map(Json::flag).orElse(true);
        ModelConfig written = new ModelConfig(
                name,
                sequential,
                trainable,
                layers,
                sequential ? List.of() : references(config.get("input_layers")),
                sequential ? List.of() : references(config.get("output_layers")));
        return sequential && Branches.begin(items)
                ? Branches.joined(written, items.get(0), origin)
                : CallNumbers.fromZero(written, items.stream().anyMatch(ArchitectureReader::isOld));
    }

    /** Reads a layer of an architecture. */
    static LayerConfig layer(Json object, Origin origin) {
        Json config = object.get("config");
        String type = object.get("class_name").text();
        String name = object.find("name")
                .or(() -> config.isObject() ? config.find("name") : Optional.empty())
                .map(Json::text)
                .orElse(type);
        boolean model =
                isModel(object) && (config.isList() || config.find("layers").isPresent());
        List<Call> calls = new ArrayList<>();
        for (Json call : inboundNodes(object)) {
            calls.add(model ? Call.of(given(call)) : call(call));
        }
        if (model) {
            List<Json> made = inboundNodes(object);
            boolean trained = !made.isEmpty()
                    && made.stream()
                            .allMatch(call ->
                                    !isModern(call) && training(call(call).kwargs()));
            ModelConfig inner = read(object, origin);
            return new LayerConfig(
                    name, type, object, config, calls, Optional.of(trained ? trained(inner, object) : inner));
        }
        Layers.Written modern = Layers.modern(type, config, origin);
        Json flat = config.isObject() ? Wrapped.flattened(modern.config(), origin) : config;
        return new LayerConfig(name, modern.className(), object, flat, calls, Optional.empty());
    }

    private static List<Json> inboundNodes(Json layer) {
        return layer.find("inbound_nodes").map(Json::items).orElse(List.of());
    }

    /** Whether a layer's calls are written in the form of Keras 1 and 2: references, without other arguments beside them. */
    private static boolean isOld(Json layer) {
        return inboundNodes(layer).stream().anyMatch(call -> !isModern(call));
    }

    private static boolean isModern(Json call) {
        return call.isObject()
                && call.find("args")
                        .filter(args -> args.isList() && !isReference(args))
                        .isPresent();
    }

    /** What a call gives to a nested model: its first argument, in the order in which Keras flattens it. */
    private static List<Reference> given(Json call) {
        return isModern(call)
                ? call.get("args").items().stream()
                        .findFirst()
                        .or(() -> call.find("kwargs").flatMap(named -> named.find("inputs")))
                        .map(ArchitectureReader::references)
                        .orElse(List.of())
                : references(call);
    }

    private static Call call(Json call) {
        List<Reference> inputs = new ArrayList<>();
        List<Json> args = new ArrayList<>();
        Map<String, Json> kwargs = new LinkedHashMap<>();
        if (!isModern(call)) {
            List<Json> named = new ArrayList<>();
            leaves(call).forEach(leaf -> {
                List<Json> parts = leaf.items();
                parts.stream().skip(3).filter(Json::isObject).forEach(named::add);
                boolean constant = isReference(leaf) && parts.get(0).text().equals(CONSTANT);
                args.add(constant ? parts.get(2) : placed(reference(leaf, ""), inputs));
            });
            named.forEach(item -> item.keys()
                    .forEach(key -> item.find(key).ifPresent(value -> kwargs.put(key, argument(value, inputs, true)))));
            if (!training(kwargs)) {
                kwargs.remove(TRAINING);
            }
            return new Call(inputs, args, kwargs);
        }
        call.get("args").items().forEach(item -> args.add(argument(item, inputs, false)));
        call.find("kwargs")
                .ifPresent(named -> named.keys()
                        .forEach(key ->
                                named.find(key).ifPresent(value -> kwargs.put(key, argument(value, inputs, false)))));
        kwargs.remove(TRAINING);
        return new Call(inputs, args, kwargs);
    }

    /** Whether a call was made with {@code training=True}, which Keras 2 obeys even when it predicts. */
    private static boolean training(Map<String, Json> kwargs) {
        Json said = kwargs.getOrDefault(TRAINING, Json.of(false));
        return (said.isFlag() || said.isNumber()) && said.flag();
    }

    /** A nested model that is called with {@code training=True}: the flag reaches each of its layers. */
    private static ModelConfig trained(ModelConfig model, Json at) {
        ModelConfig functional = Sequentials.asFunctional(model, at);
        List<LayerConfig> layers = functional.layers().stream()
                .map(layer -> layer.nested().isPresent()
                        ? new LayerConfig(
                                layer.name(),
                                layer.className(),
                                layer.object(),
                                layer.config(),
                                layer.calls(),
                                layer.nested().map(inner -> trained(inner, layer.object())))
                        : layer.withCalls(layer.calls().stream()
                                .map(ArchitectureReader::trained)
                                .toList()))
                .toList();
        return new ModelConfig(
                model.name(), false, model.trainable(), layers, functional.inputs(), functional.outputs());
    }

    private static Call trained(Call call) {
        Map<String, Json> kwargs = new LinkedHashMap<>(call.kwargs());
        kwargs.put(TRAINING, Json.of(true));
        return new Call(call.inputs(), call.args(), kwargs);
    }

    /** The tensors and constants in the first argument of a Keras 2 call, in Keras' flattening order. */
    private static List<Json> leaves(Json value) {
        if (value.isObject()) {
            return value.keys().stream()
                    .sorted()
                    .flatMap(key -> value.find(key).stream())
                    .flatMap(inside -> leaves(inside).stream())
                    .toList();
        }
        boolean leaf = isReference(value) || !value.items().stream().allMatch(item -> item.isList() || item.isObject());
        return leaf
                ? List.of(value)
                : value.items().stream().flatMap(item -> leaves(item).stream()).toList();
    }

    private static Json placed(Reference reference, List<Reference> inputs) {
        inputs.add(reference);
        return Json.of(Arguments.input(inputs.size() - 1));
    }

    /** An argument in which each tensor is replaced by its number; in files of Keras 2 a plain reference is a tensor. */
    private static Json argument(Json value, List<Reference> inputs, boolean old) {
        if (value.isList()) {
            if (old && isReference(value)) {
                return placed(reference(value, ""), inputs);
            }
            List<Object> items = new ArrayList<>();
            value.items().forEach(item -> items.add(item.isNull() ? null : argument(item, inputs, old)));
            return Json.of(items);
        }
        if (!value.isObject()) {
            return value;
        }
        if (isTensor(value)) {
            return placed(tensor(value, ""), inputs);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        value.keys()
                .forEach(key -> fields.put(
                        key,
                        value.find(key).map(item -> argument(item, inputs, old)).orElse(null)));
        return Json.of(fields);
    }

    private static boolean isTensor(Json argument) {
        return argument.find("class_name")
                .filter(name -> name.isText() && name.text().equals("__keras_tensor__"))
                .isPresent();
    }

    private static Reference tensor(Json value, String key) {
        Json config = value.get("config");
        return reference(config.get("keras_history"), key).withSpec(config);
    }

    /**
     * The references in a nesting of lists and dictionaries, in Keras' flattening order, which sorts dictionaries by key. The key of a
     * reference inside several dictionaries joins the keys of all with underscores.
     */
    static List<Reference> references(Json json) {
        List<Reference> all = new ArrayList<>();
        gather(json, "", all);
        return all;
    }

    private static void gather(Json json, String key, List<Reference> into) {
        if (json.isObject() && isTensor(json)) {
            into.add(tensor(json, key));
        } else if (json.isObject()) {
            json.keys().stream()
                    .sorted()
                    .forEach(name -> json.find(name)
                            .ifPresent(value -> gather(value, key.isEmpty() ? name : key + "_" + name, into)));
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
