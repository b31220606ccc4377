package org.netsplice.layers.kind;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.netsplice.config.Json;
import org.netsplice.graph.Layer;

/** The configuration of an operation of {@code keras.ops} as its file states it, read where it is needed. */
public record Parameters(Json values) {
    /** No parameters. */
    public static final Parameters NONE = new Parameters(Json.of(Map.of()));

    private static final List<String> OTHERS = List.of("name", "trainable", Kind.CALL);

    /** The parameters in a configuration, without the keys that every layer has. */
    public static Parameters of(Json config) {
        Map<String, Object> own = new LinkedHashMap<>();
        config.keys().stream()
                .filter(key -> !OTHERS.contains(key))
                .forEach(key -> own.put(key, config.find(key).orElse(null)));
        return new Parameters(Json.of(own));
    }

    /** The same with another value. */
    public Parameters and(String name, Object value) {
        Map<String, Object> all = new LinkedHashMap<>();
        values.keys().forEach(key -> all.put(key, values.find(key).orElse(null)));
        all.put(name, value);
        return new Parameters(Json.of(all));
    }

    /** A number. */
    public double number(String name, double fallback) {
        return values.find(name).map(Json::number).orElse(fallback);
    }

    /** A number that may be absent. */
    public Optional<Double> number(String name) {
        return values.find(name).map(Json::number);
    }

    /** A whole number. */
    public int integer(String name, int fallback) {
        return values.find(name).map(json -> Math.toIntExact(json.integer())).orElse(fallback);
    }

    /** A whole number of at least {@code least}. */
    public int atLeast(int least, String name, int fallback) {
        int value = integer(name, fallback);
        if (value < least) {
            throw new Layer.Misfit("needs " + name + " of " + least + " or more, received " + value, "");
        }
        return value;
    }

    /** A whole number that may be absent or null. */
    public OptionalInt integer(String name) {
        return values.find(name)
                .map(json -> OptionalInt.of(
                        Math.toIntExact((json.isList() && json.items().size() == 1
                                        ? json.items().get(0)
                                        : json)
                                .integer())))
                .orElse(OptionalInt.empty());
    }

    /** True or false. */
    public boolean flag(String name, boolean fallback) {
        return values.find(name).map(Json::flag).orElse(fallback);
    }

    /** A text. */
    public String text(String name, String fallback) {
        return values.find(name).map(Json::text).orElse(fallback);
    }

    /** Whole numbers, a single one being a list of one; nothing when absent or null. */
    public Optional<List<Integer>> integers(String name) {
        return values.find(name).map(json -> {
            List<Integer> all = new ArrayList<>();
            if (json.isList()) {
                json.items().forEach(item -> all.add(Math.toIntExact(item.integer())));
            } else {
                all.add(Math.toIntExact(json.integer()));
            }
            return List.copyOf(all);
        });
    }

    /**
     * A whole number for each direction; a single one stands for all.
     *
     * @param otherwise the number where the parameter is absent; at least this or 1 must be given, whichever is less
     * @throws Layer.Misfit when a number is too small
     */
    public List<Integer> sizes(String name, int directions, int otherwise) {
        List<Integer> given = integers(name).orElse(List.of(otherwise));
        int least = Math.min(otherwise, 1);
        if (given.isEmpty() || given.stream().anyMatch(size -> size < least)) {
            throw new Layer.Misfit("needs " + name + " of " + least + " or more, received " + given, "");
        }
        return given.size() == directions ? given : Collections.nCopies(directions, given.get(0));
    }
}
