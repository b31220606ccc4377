package org.netsplice.keras;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.netsplice.config.Json;
import org.netsplice.container.ZipReader;
import org.netsplice.keras.ModelConfig.LayerConfig;
import org.netsplice.layers.Layers;
import org.netsplice.layers.kind.Asset;
import org.netsplice.layers.kind.Kind;

/** Files beside the configuration of a layer, such as {@code assets/layers/integer_lookup/vocabulary.txt} in an archive. */
final class Assets {
    /** No files at all. */
    static final Assets NONE = new Assets(path -> Optional.empty());

    private final Function<String, Optional<String>> texts;

    private Assets(Function<String, Optional<String>> texts) {
        this.texts = texts;
    }

    /** The files of an archive, which stays open as long as they are read; paths are written as those of weights. */
    static Assets in(ZipReader zip) {
        Map<String, String> entries = new HashMap<>();
        zip.names().forEach(name -> entries.putIfAbsent(PathWeights.canonical(name), name));
        return new Assets(path -> Optional.ofNullable(entries.get(PathWeights.canonical("assets/" + path)))
                .flatMap(zip::find)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8)));
    }

    /** A model in which every layer has the settings that its kind keeps in files. */
    ModelConfig complete(ModelConfig model) {
        return complete(model, "");
    }

    private ModelConfig complete(ModelConfig model, String around) {
        Map<String, String> paths = StoredPaths.of(model, around);
        return model.withLayers(model.layers().stream()
                .map(layer -> complete(layer, paths.get(layer.name())))
                .toList());
    }

    private LayerConfig complete(LayerConfig layer, String path) {
        if (layer.nested().isPresent()) {
            return layer.withNested(complete(layer.nested().get(), path));
        }
        Optional<Kind<?>> kind = Layers.kind(layer.className());
        if (kind.isEmpty() || !layer.config().isObject()) {
            return layer;
        }
        Json config = Asset.complete(kind.get(), layer.config(), name -> texts.apply(path + "/" + name));
        return config.equals(layer.config()) ? layer : layer.withConfig(config);
    }
}
