package org.netsplice.layers;

import java.util.Optional;
import java.util.Set;
import org.netsplice.config.Json;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.MaskPolicy;

/** Finds settings that Keras 3 does not accept but that change what a layer computes. */
public final class FormerSettings {
    private FormerSettings() {}

    /** The first such setting of a layer, or of a layer inside it, as {@code name=value}; the mask policy does not count. */
    public static Optional<String> of(ComputedLayer layer) {
        return in(layer.kind().history().settingNames(), Json.of(layer.kind().config(layer)));
    }

    private static Optional<String> in(Set<String> kept, Json config) {
        for (String key : config.keys()) {
            if (kept.contains(key) && !key.equals(MaskPolicy.SETTING.name())) {
                return config.find(key).map(value -> key + "=" + value);
            }
            Optional<String> inside = config.find(key).filter(Json::isObject).flatMap(FormerSettings::inside);
            if (inside.isPresent()) {
                return inside;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> inside(Json layer) {
        return layer.find("class_name")
                .filter(Json::isText)
                .flatMap(name -> Layers.kind(name.text()))
                .flatMap(kind -> layer.find("config")
                        .filter(Json::isObject)
                        .flatMap(config -> in(kind.history().settingNames(), config)));
    }
}
