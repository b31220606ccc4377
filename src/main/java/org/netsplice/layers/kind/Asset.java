package org.netsplice.layers.kind;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.netsplice.config.Json;

/**
 * A text file beside a configuration, in which Keras keeps a setting that was learned from data; the configuration says null then.
 *
 * @param file its name, such as {@code vocabulary.txt}
 * @param reading turns the configuration and the lines of the file into the setting's value
 */
public record Asset(String file, BiFunction<Json, List<String>, List<?>> reading) {

    /**
     * Adds the settings that a configuration lacks and files hold.
     *
     * @param files the text of a file by its name
     */
    public static Json complete(Kind<?> kind, Json config, Function<String, Optional<String>> files) {
        Map<String, Object> learned = new LinkedHashMap<>();
        for (Setting<?> setting : kind.settings()) {
            if (setting.asset().isPresent() && config.find(setting.name()).isEmpty()) {
                Asset asset = setting.asset().get();
                files.apply(asset.file())
                        .map(text -> asset.reading().apply(config, text.lines().toList()))
                        .ifPresent(value -> learned.put(setting.name(), value));
            }
        }
        if (learned.isEmpty()) {
            return config;
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        config.keys().forEach(key -> settings.put(key, config.find(key).orElse(null)));
        settings.putAll(learned);
        return config.replaced(settings);
    }
}
