package org.netsplice.keras;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.keras.Folded.Entry;
import org.netsplice.keras.Folded.Place;
import org.netsplice.keras.ModelConfig.Call;
import org.netsplice.keras.ModelConfig.LayerConfig;
import org.netsplice.keras.ModelConfig.Reference;
import org.netsplice.layers.Layers;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Origin;
import org.netsplice.problem.ModelException;

/** The original text of a layer or model in its file, and which parts of it are still true. */
final class FileLayer {
    private static final String BUILD = "build_config";
    private static final String CALLS = "inbound_nodes";
    private static final String LAYERS = "layers";
    private final LayerConfig layer;

    private FileLayer(LayerConfig layer) {
        this.layer = layer;
    }

    /** Reads text kept with a document; empty when somebody changed it so that it no longer describes a layer. */
    static Optional<FileLayer> of(String text) {
        try {
            Json object = JsonReader.parse(text.getBytes(StandardCharsets.UTF_8), "", "");
            return Optional.of(new FileLayer(ArchitectureReader.layer(object, Origin.KERAS_3)));
        } catch (ModelException changed) {
            return Optional.empty();
        }
    }

    String name() {
        return layer.name();
    }

    String className() {
        return layer.className();
    }

    /** A value of the layer's whole object in the file. */
    Optional<Json> value(String key) {
        return layer.object().find(key);
    }

    /** The configuration. */
    Json config() {
        return layer.object().get("config");
    }

    /** The inputs of a functional model; none when the file does not tell them. */
    List<Reference> inputs() {
        return references("input_layers");
    }

    /** The outputs of a functional model; none when the file does not tell them. */
    List<Reference> outputs() {
        return references("output_layers");
    }

    private List<Reference> references(String key) {
        return config().isObject()
                ? config().find(key).map(ArchitectureReader::references).orElse(List.of())
                : List.of();
    }

    /** A configuration in which every layer of a model inside it has its module, which HDF5 files leave out and archives need. */
    static Object named(Json value) {
        if (value.isList()) {
            return value.items().stream().map(FileLayer::named).toList();
        }
        if (!value.isObject()) {
            return value;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String key : value.keys()) {
            Optional<Json> part = value.find(key);
            fields.put(
                    key,
                    key.equals(LAYERS) && part.filter(Json::isList).isPresent()
                            ? part.get().items().stream()
                                    .map(FileLayer::namedLayer)
                                    .toList()
                            : part.map(FileLayer::named).orElse(null));
        }
        return fields;
    }

    private static Object namedLayer(Json layer) {
        Object named = named(layer);
        Optional<Kind<?>> kind = kind(layer);
        if (kind.isPresent()
                && named instanceof Map<?, ?> fields
                && layer.find("module").isEmpty()) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("module", kind.get().module());
            fields.forEach((key, value) -> all.putIfAbsent(String.valueOf(key), value));
            all.put("registered_name", kind.get().isOperation() ? kind.get().className() : null);
            return all;
        }
        return named;
    }

    /** The kind of a layer in a list of layers, where operations are those without a layer's settings; empty when there is none. */
    static Optional<Kind<?>> kind(Json layer) {
        if (!layer.isObject() || layer.find("class_name").filter(Json::isText).isEmpty()) {
            return Optional.empty();
        }
        String name = layer.get("class_name").text();
        boolean plain = layer.find("config")
                .filter(config -> config.isObject() && config.find("trainable").isEmpty())
                .isPresent();
        return Optional.of(name)
                .filter(one -> plain)
                .flatMap(one -> Layers.kind("ops." + one))
                .or(() -> Layers.kind(name));
    }

    /** Whether a value is a dtype policy in the words of Keras 3, which are a name or an object; the class of Keras 2 is called Policy. */
    static boolean isPolicy(Json value) {
        return !value.isObject()
                || value.find("class_name")
                        .filter(name -> name.text().endsWith("DTypePolicy"))
                        .isPresent();
    }

    /** Whether it is a class of Keras itself that an archive can name. */
    boolean named() {
        return value("module")
                .filter(Json::isText)
                .filter(name -> name.text().startsWith("keras"))
                .isPresent();
    }

    /** Whether training was allowed to change it. */
    boolean trainable() {
        return config().find("trainable").filter(Json::isFlag).map(Json::flag).orElse(true);
    }

    /**
     * The settings as the file wrote them, except those that have changed since; those are written as they are now.
     *
     * @param present all settings of the layer as it is now, in new words
     */
    Map<String, Object> config(ComputedLayer now, Map<String, Object> present) {
        Kind<?> kind = now.kind();
        Map<String, Object> before;
        try {
            before = kind.config(kind.read(layer.config()));
        } catch (ModelException changed) {
            return present;
        }
        Map<String, Object> after = kind.config(now);
        Map<String, Object> all = new LinkedHashMap<>();
        Json words = config();
        for (String key : words.keys()) {
            boolean known = after.containsKey(key) && equal(after.get(key), before.get(key));
            boolean same = !present.containsKey(key) || (known && !isFunction(words, key));
            all.put(key, same ? words.find(key).orElse(null) : present.get(key));
        }
        present.keySet().stream().filter(key -> !all.containsKey(key)).forEach(key -> all.put(key, present.get(key)));
        return all;
    }

    /** Whether a value is the plain name of a Python function, which Keras resolves for its own functions only. */
    private static boolean isFunction(Json words, String key) {
        return words.find(key)
                .filter(value -> value.isObject()
                        && value.find("class_name")
                                .filter(name -> name.isText() && name.text().equals("function"))
                                .isPresent())
                .isPresent();
    }

    /**
     * The calls as the file wrote them; empty when the layer is called in another way now.
     *
     * @param present the names of the layers beside it
     */
    Optional<Json> calls(Entry entry, Set<String> present) {
        Optional<Json> words = value(CALLS);
        if (words.isEmpty() || layer.calls().size() != entry.calls().size()) {
            return Optional.empty();
        }
        for (int i = 0; i < layer.calls().size(); i++) {
            Call call = layer.calls().get(i);
            boolean there = call.inputs().stream().map(Reference::layer).allMatch(present::contains);
            if (!there || !same(call, entry, i)) {
                return Optional.empty();
            }
        }
        return words;
    }

    private boolean same(Call call, Entry entry, int number) {
        List<Reference> references = call.inputs();
        if (entry.nested().isEmpty() && !entry.isInput()) {
            LayerReader.Read read = LayerReader.read(layer, call, List.of(), 1);
            Layer now = entry.calls().get(number).node().layer();
            boolean equal = read.layer() instanceof ComputedLayer one
                    && now instanceof ComputedLayer two
                    && one.kind().equals(two.kind())
                    && equal(one.kind().config(one), two.kind().config(two));
            if (!equal) {
                return false;
            }
            references = read.inputs().stream().map(call.inputs()::get).toList();
        }
        return same(references, entry.calls().get(number).inputs(), 0);
    }

    /** Whether two values mean the same; numbers read from text may differ in type from those that were computed. */
    private static boolean equal(Object one, Object two) {
        return Json.of(one).toString().equals(Json.of(two).toString());
    }

    /** Whether references name these places. In the inputs and outputs of a model, calls of nested functional models count from 1. */
    static boolean same(List<Reference> references, List<Place> places, int first) {
        if (references.size() != places.size()) {
            return false;
        }
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            Reference reference = references.get(i);
            boolean functional =
                    place.layer().nested().filter(model -> !model.sequential()).isPresent();
            boolean equal = reference.layer().equals(place.layer().name())
                    && reference.call() == place.call() + (functional ? first : 0)
                    && reference.tensor() == place.tensor();
            if (!equal) {
                return false;
            }
        }
        return true;
    }

    /** The {@code build_config} of the layer; empty when its input shapes have changed. */
    Optional<Json> built(Entry entry) {
        List<Place> read =
                entry.calls().isEmpty() ? List.of() : entry.calls().get(0).inputs();
        Optional<Json> words = value(BUILD).filter(Json::isObject);
        if (words.isEmpty() || (entry.nested().isEmpty() && !named(entry))) {
            return Optional.empty();
        }
        if (!layer.calls().isEmpty()) {
            List<Reference> before = layer.calls().get(0).inputs();
            return words.filter(json -> agree(before, read));
        }
        return words.filter(json -> read.size() == 1
                && json.find("input_shape")
                        .filter(shape -> agree(shape, read.get(0).spec().shape()))
                        .isPresent());
    }

    private boolean named(Entry entry) {
        return entry.first().layer().className().equals(layer.className());
    }

    /** Whether each input that the file names has the shape it has now. */
    private static boolean agree(List<Reference> before, List<Place> now) {
        return now.stream()
                .allMatch(place -> before.stream()
                        .filter(reference ->
                                reference.layer().equals(place.layer().name()) && reference.tensor() == place.tensor())
                        .flatMap(reference -> reference.spec().flatMap(spec -> spec.find("shape")).stream())
                        .anyMatch(shape -> agree(shape, place.spec().shape())));
    }

    /** Whether sizes are those of a tensor, whatever the batch. */
    static boolean agree(Json sizes, Shape shape) {
        if (!sizes.isList() || sizes.items().size() != shape.rank()) {
            return false;
        }
        List<Json> items = sizes.items();
        for (int axis = 1; axis < items.size(); axis++) {
            long size = shape.size(axis);
            Json item = items.get(axis);
            boolean equal = size == Shape.UNKNOWN ? item.isNull() : item.whole() && item.integer() == size;
            if (!equal) {
                return false;
            }
        }
        return true;
    }
}
