package org.netsplice.layers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.netsplice.config.Json;

/**
 * A setting that Keras keeps in a text file beside the configuration, when it was learned from data.
 *
 * @param setting its name; null in such a configuration
 * @param file the name of the file, such as {@code vocabulary.txt}
 * @param reading turns the configuration and the lines of the file into the setting's value
 */
record Asset(String setting, String file, BiFunction<Json, List<String>, List<?>> reading) {

    /** The configuration with the setting, when it lacks it and there is such a file. */
    Json complete(Json config, Function<String, Optional<String>> files) {
        Optional<String> text = config.find(setting).isPresent() ? Optional.empty() : files.apply(file);
        if (text.isEmpty()) {
            return config;
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        config.keys().forEach(key -> settings.put(key, config.find(key).orElse(null)));
        settings.put(setting, reading.apply(config, text.get().lines().toList()));
        return config.replaced(settings);
    }
}
