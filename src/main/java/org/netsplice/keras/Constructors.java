package org.netsplice.keras;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.layers.kind.Kind;

/**
 * The settings that the classes of Keras 3 accept. Keras refuses a setting it does not know, and older versions wrote settings that the
 * newest does not know; these are left out when a model is written. Source: {@code arguments.json}, which a script generates from Keras.
 */
final class Constructors {
    private static final Map<String, Set<String>> LAYERS = new HashMap<>();
    private static final Map<String, Set<String>> OPERATIONS = new HashMap<>();
    private static final Map<String, Set<String>> REQUIRED = new HashMap<>();

    static {
        try (InputStream list = Objects.requireNonNull(Constructors.class.getResourceAsStream("arguments.json"))) {
            Json all = JsonReader.parse(list.readAllBytes(), "arguments.json", "");
            read(all.get("objects"), LAYERS);
            read(all.get("layers"), LAYERS);
            read(all.get("operations"), OPERATIONS);
            read(all.get("required"), REQUIRED);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private Constructors() {}

    private static void read(Json classes, Map<String, Set<String>> into) {
        for (String name : classes.keys()) {
            into.put(name, Arrays.stream(classes.get(name).text().split(" ")).collect(Collectors.toUnmodifiableSet()));
        }
    }

    /** The settings of a class of layers, or of operations; empty when Keras has no class of this name. */
    static Optional<Set<String>> of(String className, boolean operation) {
        return Optional.ofNullable((operation ? OPERATIONS : LAYERS).get(className));
    }

    /** Whether Keras has no default for a setting of a layer. */
    static boolean needs(Kind<?> kind, String setting) {
        return REQUIRED.getOrDefault(kind.className(), Set.of()).contains(setting);
    }

    /** Whether Keras has a class for a kind. Classes of {@code keras.src} outside the public modules exist too, though they are not listed. */
    static boolean has(Kind<?> kind) {
        return kind.module().startsWith("keras.src") || known(kind).isPresent();
    }

    private static Optional<Set<String>> known(Kind<?> kind) {
        return of(kind.className(), kind.isOperation()).or(() -> of(kind.storedAs(), kind.isOperation()));
    }

    /** A configuration without the settings that Keras refuses, here and in the objects inside it. */
    static Map<String, Object> accepted(Kind<?> kind, Map<String, Object> config) {
        return accepted(known(kind), config);
    }

    private static Map<String, Object> accepted(Optional<Set<String>> known, Map<String, Object> config) {
        Map<String, Object> rest = new LinkedHashMap<>();
        config.forEach((key, value) -> {
            if (known.map(names -> names.contains(key)).orElse(true)) {
                rest.put(key, inside(value));
            }
        });
        return rest;
    }

    private static Object inside(Object value) {
        if (value instanceof List<?> list) {
            return Arrays.asList(list.stream().map(Constructors::inside).toArray());
        } else if (value instanceof Map<?, ?> map) {
            return object(Json.of(map));
        } else if (value instanceof Json json) {
            return json.isObject() ? object(json) : json.isList() ? items(json) : json;
        }
        return value;
    }

    private static Object items(Json list) {
        return Arrays.asList(list.items().stream().map(Constructors::inside).toArray());
    }

    private static Map<String, Object> object(Json json) {
        Optional<String> name = json.find("class_name").filter(Json::isText).map(Json::text);
        boolean operation = json.find("module")
                .filter(module -> module.isText() && module.text().startsWith("keras.src.ops"))
                .isPresent();
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String key : json.keys()) {
            Object value = json.find(key).orElse(null);
            if (key.equals("config") && name.isPresent() && value instanceof Json config && config.isObject()) {
                fields.put(key, accepted(of(name.get(), operation), values(config)));
            } else {
                fields.put(key, inside(value));
            }
        }
        return fields;
    }

    private static Map<String, Object> values(Json config) {
        Map<String, Object> values = new LinkedHashMap<>();
        config.keys().forEach(key -> values.put(key, config.find(key).orElse(null)));
        return values;
    }
}
