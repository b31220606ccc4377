package org.netsplice.keras;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netsplice.config.Json;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Policy;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.keras.Folded.Entry;
import org.netsplice.keras.Folded.Place;
import org.netsplice.keras.ModelConfig.Reference;
import org.netsplice.layers.Layers;
import org.netsplice.layers.Submodel;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;

/** Writes a model's architecture as Keras 3 does; in HDF5 files layers have no module. */
final class ArchitectureWriter {
    /** How a model was trained. */
    static final String COMPILED = "compile_config";

    private static final String BUILD = "build_config";
    private final boolean hdf5;

    private ArchitectureWriter(boolean hdf5) {
        this.hdf5 = hdf5;
    }

    /**
     * The whole model, without how it was trained.
     *
     * @param names the names of outputs, empty when they have none of their own
     * @param hdf5 whether it stands in an HDF5 file
     */
    static Map<String, Object> write(Folded model, List<String> names, boolean hdf5) {
        Map<String, Object> json = new ArchitectureWriter(hdf5).model(model, names, false);
        Optional<FileLayer> file = model.file().filter(one -> !hdf5 && one.named());
        file.flatMap(one -> one.value(BUILD))
                .filter(Json::isObject)
                .filter(words -> words.find("input_shape")
                        .map(shape -> agrees(shape, model))
                        .orElse(true))
                .ifPresent(words -> json.put(BUILD, words));
        file.flatMap(one -> one.value(COMPILED))
                .filter(words -> words.isObject() && words.keys().isEmpty())
                .ifPresent(words -> json.put(COMPILED, words));
        return json;
    }

    private static boolean agrees(Json shape, Folded model) {
        return model.inputs().size() == 1
                && FileLayer.agree(shape, model.inputs().get(0).spec().shape());
    }

    /** Whether a model is written as trainable; {@code frozen} when a model around it is not. */
    static boolean trainable(Folded model, boolean frozen) {
        return model.file()
                        .filter(one -> one.config().isObject())
                        .map(FileLayer::trainable)
                        .orElse(true)
                || (!frozen && model.trainable());
    }

    /** The configuration of a layer in an archive. */
    static Map<String, Object> config(Entry entry, boolean frozen) {
        Map<String, Object> config = new LinkedHashMap<>();
        Json words = Json.of(new ArchitectureWriter(false).layer(entry, frozen).get("config"));
        words.keys().forEach(key -> config.put(key, words.find(key).orElse(null)));
        return config;
    }

    /** A model; {@code frozen} when a model around it is not trainable. */
    private Map<String, Object> model(Folded model, List<String> names, boolean frozen) {
        Optional<FileLayer> file = model.file().filter(one -> one.config().isObject());
        boolean trainable = trainable(model, frozen);
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("name", model.name());
        config.put("trainable", trainable);
        Optional<Json> dtype = file.flatMap(one -> one.config().find("dtype"));
        if (dtype.isPresent() || model.sequential()) {
            config.put("dtype", dtype.<Object>map(value -> value).orElseGet(() -> policy(Policy.FLOAT32)));
        }
        boolean inside = frozen || !trainable;
        Set<String> beside = model.names();
        config.put(
                "layers",
                model.layers().stream()
                        .map(entry -> entry(entry, model, beside, inside))
                        .toList());
        String className = model.sequential() ? "Sequential" : "Functional";
        if (model.sequential()) {
            config.put("build_input_shape", sizes(model.inputs().get(0).spec().shape()));
        } else {
            config.put("input_layers", references(model.inputs(), List.of(), file, "input_layers"));
            config.put("output_layers", references(model.outputs(), names, file, "output_layers"));
        }
        Optional<FileLayer> named =
                file.filter(one -> one.named() && one.className().equals(className));
        if (named.isPresent()) {
            String registered =
                    named.get().value("registered_name").map(Json::text).orElse(null);
            return object(named.get().value("module").orElseThrow().text(), className, config, registered);
        }
        return model.sequential()
                ? object("keras", className, config, null)
                : object("keras.src.models.functional", className, config, className);
    }

    private Map<String, Object> object(String module, String className, Map<String, Object> config, String registered) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (!hdf5) {
            json.put("module", module);
        }
        json.put("class_name", className);
        json.put("config", config);
        if (!hdf5) {
            json.put("registered_name", registered);
        }
        return json;
    }

    private static Map<String, Object> policy(Policy own) {
        Map<String, Object> policy = new LinkedHashMap<>();
        policy.put("module", "keras");
        policy.put("class_name", "DTypePolicy");
        policy.put("config", Map.of("name", own.name()));
        policy.put("registered_name", null);
        return policy;
    }

    /** Inputs or outputs, in the lists and dictionaries of the original file as long as they have not changed. */
    private static Object references(List<Place> places, List<String> names, Optional<FileLayer> file, String key) {
        Optional<Json> words = file.flatMap(one -> one.config().find(key));
        if (words.isPresent()) {
            List<Reference> before = ArchitectureReader.references(words.get());
            if (FileLayer.same(before, places, 1)
                    && (names.isEmpty() || OutputNames.of(before).equals(names))) {
                return words.get();
            }
        }
        List<Object> all = places.stream().map(ArchitectureWriter::outward).toList();
        if (!names.isEmpty()) {
            Map<String, Object> named = new LinkedHashMap<>();
            for (int i = 0; i < all.size(); i++) {
                named.put(names.get(i), all.get(i));
            }
            return named;
        }
        return all.size() == 1 ? all.get(0) : all;
    }

    /** The call number of an input or output of a model; there Keras counts the calls of nested functional models from 1. */
    private static Object outward(Place place) {
        boolean functional =
                place.layer().nested().filter(model -> !model.sequential()).isPresent();
        return List.of(place.layer().name(), place.call() + (functional ? 1 : 0), place.tensor());
    }

    private Map<String, Object> entry(Entry entry, Folded model, Set<String> beside, boolean frozen) {
        Map<String, Object> json =
                entry.nested().isPresent() ? model(entry.nested().get(), List.of(), frozen) : layer(entry, frozen);
        Optional<FileLayer> file = entry.file();
        Optional<FileLayer> named = file.filter(one -> !hdf5 && one.named());
        named.flatMap(one -> one.built(entry)).ifPresent(words -> json.put(BUILD, words));
        if (entry.nested().isPresent()) {
            named.flatMap(one -> one.value(COMPILED)).ifPresent(words -> json.put(COMPILED, words));
        }
        if (!model.sequential()) {
            json.put("name", entry.name());
            json.put(
                    "inbound_nodes",
                    file.flatMap(one -> one.calls(entry, beside))
                            .<Object>map(words -> words)
                            .orElseGet(() -> entry.calls().stream()
                                    .map(call -> CallWriter.inbound(entry, call))
                                    .toList()));
        }
        return json;
    }

    private Map<String, Object> layer(Entry entry, boolean frozen) {
        Map<String, Object> config = new LinkedHashMap<>();
        if (entry.isInput()) {
            TensorSpec spec = entry.first().layer() instanceof InputLayer input
                    ? new TensorSpec(input.batchShape(), input.dtype())
                    : entry.input();
            config.put("batch_shape", sizes(spec.shape()));
            config.put("dtype", spec.dtype().text());
            config.put("sparse", false);
            config.put("ragged", false);
            config.put("name", entry.name());
            config.put("optional", false);
            entry.file().ifPresent(file -> input(file, spec, config));
            return object("keras.layers", "InputLayer", config, null);
        }
        ComputedLayer layer = (ComputedLayer) entry.first().layer();
        Kind<?> kind = layer.kind();
        Optional<FileLayer> file = entry.file().filter(one -> one.className().equals(kind.className()));
        config.put("name", entry.name());
        if (!kind.isOperation()) {
            boolean own = file.map(FileLayer::trainable).orElse(true);
            config.put("trainable", entry.first().trainable() || (frozen && own));
            config.put(
                    "dtype",
                    file.flatMap(one -> one.config().find("dtype"))
                            .filter(FileLayer::isPolicy)
                            .<Object>map(value -> value)
                            .orElseGet(() -> policy(entry.first().policy())));
            kind.unwritten().forEach(config::remove);
        }
        kind.config(layer).forEach((key, value) -> {
            if (!key.equals(Kind.CALL) && !kind.history().settingNames().contains(key)) {
                config.put(key, plain(Json.of(value)));
            }
        });
        String module = kind.module();
        boolean registered = kind.isOperation() || module.startsWith("keras.src");
        String className = hdf5 ? kind.storedAs() : kind.className();
        Map<String, Object> all = file.map(one -> one.config(layer, config)).orElse(config);
        all.keySet().removeIf(key -> hdf5 && key.startsWith("lora_"));
        if (!hdf5) {
            all.replaceAll(
                    (key, value) -> value instanceof Json json && json.isObject() ? FileLayer.named(json) : value);
        }
        return object(module, className, Constructors.accepted(kind, all), registered ? kind.className() : null);
    }

    /** The original file's configuration of an input, as long as its shape and type have not changed. */
    private static void input(FileLayer file, TensorSpec spec, Map<String, Object> config) {
        boolean same = file.className().equals("InputLayer")
                && file.config()
                        .find("batch_shape")
                        .filter(shape -> FileLayer.agree(shape, spec.shape()))
                        .isPresent()
                && config.get("dtype")
                        .equals(file.config()
                                .find("dtype")
                                .filter(Json::isText)
                                .map(Json::text)
                                .orElse(""));
        if (same) {
            for (String key : List.of("batch_shape", "dtype", "sparse", "ragged", "optional")) {
                file.config().find(key).ifPresent(value -> config.put(key, value));
            }
        }
    }

    /** Settings in which each submodel is as in its file, except that settings which Keras 3 refuses are left out. */
    private static Object plain(Json value) {
        if (value.isList()) {
            return value.items().stream().map(ArchitectureWriter::plain).toList();
        }
        if (!value.isObject()) {
            return value;
        }
        boolean submodel = value.find("class_name")
                .filter(name -> name.isText() && name.text().equals(Submodel.NAME))
                .isPresent();
        if (submodel) {
            return value.get("config").get("source");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        value.keys()
                .forEach(key -> fields.put(
                        key, value.find(key).map(ArchitectureWriter::plain).orElse(null)));
        value.find("class_name")
                .filter(Json::isText)
                .flatMap(name -> Layers.kind(name.text()))
                .ifPresent(kind -> {
                    if (fields.get("config") instanceof Map<?, ?> config) {
                        config.keySet().removeAll(kind.history().settingNames());
                    }
                });
        return fields;
    }

    static List<Object> sizes(Shape shape) {
        List<Object> sizes = new ArrayList<>();
        for (long size : shape.sizes()) {
            sizes.add(size == Shape.UNKNOWN ? null : (Object) size);
        }
        return sizes;
    }
}
