package org.netsplice.layers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.netsplice.config.Json;
import org.netsplice.layers.kind.Codec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Setting;

/** Settings that hold layers, written as Keras does: class name and configuration. */
final class InnerLayers {
    private InnerLayers() {}

    /**
     * A setting that is a layer.
     *
     * @param check returns the layer as the wanted type, or throws
     */
    static <L extends ComputedLayer> Setting<L> layer(
            String name, L fallback, String help, BiFunction<ComputedLayer, Json, L> check) {
        return new Setting<>(
                name,
                fallback,
                help,
                new Codec<>("a layer", json -> check.apply(read(json), json), InnerLayers::write));
    }

    /** A setting that is a layer or absent. */
    static <L extends ComputedLayer> Setting<Optional<L>> optionalLayer(
            String name, String help, BiFunction<ComputedLayer, Json, L> check) {
        return new Setting<>(
                name,
                Optional.empty(),
                help,
                new Codec<L>("a layer", json -> check.apply(read(json), json), InnerLayers::write).optional("none"));
    }

    /** A setting that is a list of layers. */
    static Setting<List<ComputedLayer>> layers(String name, List<ComputedLayer> fallback, String help) {
        return new Setting<>(
                name,
                fallback,
                help,
                new Codec<>(
                        "layers",
                        json -> json.items().stream().map(InnerLayers::read).toList(),
                        value -> value.stream().map(InnerLayers::write).toList()));
    }

    static ComputedLayer read(Json json) {
        Layers.Written written = Layers.actual(json.get("class_name").text(), json.get("config"));
        Kind<?> kind = Layers.kind(written.className())
                .orElseThrow(
                        () -> json.unsupported("the layer " + written.className() + " inside it is not supported"));
        return kind.readWhole(written.config());
    }

    static Object write(ComputedLayer layer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("module", "keras.layers");
        json.put("class_name", layer.className());
        json.put("config", layer.kind().config(layer));
        json.put("registered_name", null);
        return json;
    }
}
