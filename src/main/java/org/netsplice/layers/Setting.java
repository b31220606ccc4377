package org.netsplice.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.netsplice.config.Json;

/**
 * One setting of a layer under Keras' name: how it is read from a configuration, written, and shown.
 *
 * @param fallback the value when a configuration does not name it; what a new layer has
 * @param range what is allowed, in words
 * @param help one sentence for the inspector
 * @param choices the allowed texts when there are only a few; else empty
 * @param nothing the value when a configuration names it and says {@code null}, where that is not the fallback
 * @param asset the file beside the configuration in which Keras keeps it when it was learned from data
 */
public record Setting<T>(
        String name,
        T fallback,
        String range,
        String help,
        List<String> choices,
        Function<Json, T> reader,
        Function<T, Object> writer,
        Optional<T> nothing,
        Optional<Asset> asset) {

    /** A setting that is never kept in a file beside the configuration. */
    public Setting(
            String name,
            T fallback,
            String range,
            String help,
            List<String> choices,
            Function<Json, T> reader,
            Function<T, Object> writer,
            Optional<T> nothing) {
        this(name, fallback, range, help, choices, reader, writer, nothing, Optional.empty());
    }

    /** The same setting, kept in a file when it was learned. */
    Setting<T> in(Asset file) {
        return new Setting<>(name, fallback, range, help, choices, reader, writer, nothing, Optional.of(file));
    }

    /** A setting for which {@code null} means the fallback. */
    public Setting(
            String name,
            T fallback,
            String range,
            String help,
            List<String> choices,
            Function<Json, T> reader,
            Function<T, Object> writer) {
        this(name, fallback, range, help, choices, reader, writer, Optional.empty());
    }

    /** Reads the value from a layer's configuration. */
    T read(Json config) {
        Optional<Json> value = config.find(name);
        if (value.isPresent()) {
            return reader.apply(value.get());
        }
        return config.has(name) ? nothing.orElse(fallback) : fallback;
    }

    /** A whole number of at least {@code least}. */
    public static Setting<Integer> integer(String name, int fallback, int least, String help) {
        return new Setting<>(
                name,
                fallback,
                "a whole number, " + least + " or more",
                help,
                List.of(),
                json -> within(json, least),
                value -> value);
    }

    static int within(Json json, int least) {
        long value = json.integer();
        if (value < least) {
            throw json.wrong("expected a whole number, " + least + " or more, received " + value);
        }
        if (value > Integer.MAX_VALUE) {
            throw json.wrong("expected a whole number, " + Integer.MAX_VALUE + " or less, received " + value);
        }
        return (int) value;
    }

    /** An axis: a whole number, negative ones count from the end. A list of one number is accepted. */
    public static Setting<Integer> axis(String name, int fallback, String help) {
        return new Setting<>(
                name, fallback, "an axis; -1 is the last", help, List.of(), json -> axis(name, json), value -> value);
    }

    private static int axis(String name, Json json) {
        if (!json.isList()) {
            return within(json, Integer.MIN_VALUE);
        }
        if (json.items().size() != 1) {
            throw json.unsupported(name + "=" + json + " is not supported");
        }
        return within(json.items().get(0), Integer.MIN_VALUE);
    }

    /** A number of at least {@code least}. */
    public static Setting<Double> real(String name, double fallback, double least, String help) {
        return new Setting<>(
                name,
                fallback,
                least == Double.NEGATIVE_INFINITY ? "a number" : "a number, " + least + " or more",
                help,
                List.of(),
                json -> {
                    double value = json.number();
                    if (!(value >= least)) {
                        throw json.wrong("expected a number, " + least + " or more, received " + value);
                    }
                    return value;
                },
                value -> value);
    }

    /** A number that may be absent. */
    public static Setting<Optional<Double>> optionalReal(String name, String help) {
        return new Setting<>(
                name,
                Optional.empty(),
                "a number, or empty for none",
                help,
                List.of(),
                json -> json.isText() && json.text().isEmpty() ? Optional.empty() : Optional.of(json.number()),
                value -> value.orElse(null));
    }

    /** Any text. */
    public static Setting<String> text(String name, String fallback, String help) {
        return new Setting<>(name, fallback, "a text", help, List.of(), Json::text, value -> value);
    }

    /** Anything a file says, kept as it is. */
    public static Setting<Json> json(String name, String help) {
        return new Setting<>(name, Json.of(Map.of()), "JSON", help, List.of(), Json::detached, value -> value);
    }

    /** A text that may be absent. */
    public static Setting<Optional<String>> optionalText(String name, String help) {
        return new Setting<>(
                name,
                Optional.empty(),
                "a text, or empty for none",
                help,
                List.of(),
                json -> Optional.of(json.text()).filter(text -> !text.isEmpty()),
                value -> value.orElse(null));
    }

    /** A whole number of at least {@code least} that may be absent. */
    public static Setting<Optional<Integer>> optionalInteger(String name, int least, String help) {
        return new Setting<>(
                name,
                Optional.empty(),
                "a whole number, " + least + " or more, or empty for the default",
                help,
                List.of(),
                json -> json.isText() && json.text().isEmpty() ? Optional.empty() : Optional.of(within(json, least)),
                value -> value.orElse(null));
    }

    /** Axes, of which Keras writes a single one as a number. */
    public static Setting<List<Integer>> axes(String name, List<Integer> fallback, String help) {
        Setting<List<Integer>> named = integers(name, fallback, Integer.MIN_VALUE, help);
        return new Setting<>(
                name,
                fallback,
                named.range(),
                help,
                List.of(),
                named.reader(),
                value -> value.size() == 1 ? value.get(0) : value);
    }

    /** Whole numbers that may be absent; a single number is a list of one. */
    public static Setting<Optional<List<Integer>>> optionalIntegers(String name, int least, String help) {
        Setting<List<Integer>> named = integers(name, List.of(), least, help);
        return new Setting<>(
                name,
                Optional.empty(),
                named.range() + ", or empty for the default",
                help,
                List.of(),
                json -> json.isText() && json.text().isEmpty()
                        ? Optional.empty()
                        : Optional.of(named.reader().apply(json)),
                value -> value.orElse(null));
    }

    /** True or false. */
    public static Setting<Boolean> flag(String name, boolean fallback, String help) {
        return new Setting<>(
                name, fallback, "true or false", help, List.of("true", "false"), Json::flag, value -> value);
    }

    /** One of the constants of an enumeration, written in lower case. */
    public static <E extends Enum<E>> Setting<E> choice(String name, E fallback, String help) {
        return choice(name, fallback, List.of(fallback.getDeclaringClass().getEnumConstants()), help);
    }

    /** One of some constants of an enumeration, written in lower case. */
    public static <E extends Enum<E>> Setting<E> choice(String name, E fallback, List<E> allowed, String help) {
        List<String> names = allowed.stream()
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        return new Setting<>(
                name,
                fallback,
                String.join(" or ", names),
                help,
                names,
                json -> {
                    int index = names.indexOf(json.text());
                    if (index < 0) {
                        throw json.unsupported(name + "=" + json.text() + " is not supported");
                    }
                    return allowed.get(index);
                },
                value -> value.name().toLowerCase(Locale.ROOT));
    }

    /** Like {@link #choice}, where Keras writes {@code null} for {@code none}. */
    public static <E extends Enum<E>> Setting<E> choiceOrNone(String name, E fallback, E none, String help) {
        Setting<E> named = choice(name, fallback, help);
        return new Setting<>(
                name,
                fallback,
                named.range(),
                help,
                named.choices(),
                named.reader(),
                value -> value == none ? null : named.writer().apply(value),
                Optional.of(none));
    }

    /** {@code count} whole numbers of at least 1; a single number stands for that many equal ones. */
    public static Setting<List<Integer>> sizes(String name, int count, int fallback, String help) {
        return new Setting<>(
                name,
                Collections.nCopies(count, fallback),
                count + " whole numbers, 1 or more",
                help,
                List.of(),
                json -> sizes(json, count, 1),
                value -> value);
    }

    /** {@link #sizes One size} that Keras writes as a number, not as a list. */
    public static Setting<List<Integer>> single(String name, int fallback, String help) {
        Setting<List<Integer>> sizes = sizes(name, 1, fallback, help);
        return new Setting<>(
                name, sizes.fallback(), sizes.range(), help, List.of(), sizes.reader(), value -> value.get(0));
    }

    /** Like {@link #sizes} but at least {@code least} each, and may be absent. */
    public static Setting<Optional<List<Integer>>> optionalSizes(String name, int count, int least, String help) {
        return new Setting<>(
                name,
                Optional.empty(),
                count + " whole numbers, or empty for the default",
                help,
                List.of(),
                json -> json.isText() && json.text().isEmpty()
                        ? Optional.empty()
                        : Optional.of(sizes(json, count, least)),
                value -> value.orElse(null));
    }

    private static List<Integer> sizes(Json json, int count, int least) {
        if (json.isNumber()) {
            return Collections.nCopies(count, within(json, least));
        }
        List<Integer> values =
                json.items().stream().map(item -> within(item, least)).toList();
        if (values.size() == 1 && count > 1) {
            return Collections.nCopies(count, values.get(0));
        }
        if (values.size() != count) {
            throw json.wrong("expected " + count + " numbers, received " + values.size());
        }
        return values;
    }

    /** Any number of whole numbers of at least {@code least}; a single number is a list of one. */
    public static Setting<List<Integer>> integers(String name, List<Integer> fallback, int least, String help) {
        return new Setting<>(
                name,
                fallback,
                least == Integer.MIN_VALUE ? "axes; -1 is the last" : "whole numbers, " + least + " or more",
                help,
                List.of(),
                json -> json.isNumber()
                        ? List.of(within(json, least))
                        : json.items().stream().map(item -> within(item, least)).toList(),
                value -> value);
    }

    /** Any number of numbers; a single number is a list of one and is written as a number. Nested lists are read in order. */
    public static Setting<List<Double>> reals(String name, List<Double> fallback, String help) {
        return new Setting<>(
                name,
                fallback,
                "a number, or one for each channel",
                help,
                List.of(),
                json -> {
                    List<Double> numbers = new ArrayList<>();
                    collect(json, numbers);
                    return List.copyOf(numbers);
                },
                value -> value.isEmpty() ? null : value.size() == 1 ? value.get(0) : value);
    }

    /** Any number of numbers, written as a list. */
    public static Setting<List<Double>> list(String name, List<Double> fallback, String help) {
        Setting<List<Double>> numbers = reals(name, fallback, help);
        return new Setting<>(name, fallback, "numbers", help, List.of(), numbers.reader(), value -> value);
    }

    private static void collect(Json json, List<Double> into) {
        if (json.isList()) {
            json.items().forEach(item -> collect(item, into));
        } else {
            into.add(json.number());
        }
    }

    /** Cells before and after in each direction: one number, one for each direction, or pairs; in one direction also one pair. */
    public static Setting<List<Integer>> borders(String name, int directions, int fallback, String help) {
        return new Setting<>(
                name,
                Collections.nCopies(2 * directions, fallback),
                directions == 1
                        ? "two whole numbers, 0 or more"
                        : "a pair of whole numbers, 0 or more, for each direction",
                help,
                List.of(),
                json -> borders(json, directions),
                value -> directions == 1
                        ? value
                        : IntStream.range(0, directions)
                                .mapToObj(i -> value.subList(2 * i, 2 * i + 2))
                                .toList());
    }

    private static List<Integer> borders(Json json, int directions) {
        if (json.isNumber()) {
            return Collections.nCopies(2 * directions, within(json, 0));
        }
        List<Integer> all = new ArrayList<>();
        for (Json side : json.items()) {
            if (side.isNumber()) {
                all.addAll(Collections.nCopies(directions == 1 ? 1 : 2, within(side, 0)));
            } else {
                side.items().forEach(item -> all.add(within(item, 0)));
            }
        }
        if (all.size() != 2 * directions) {
            throw json.wrong("expected " + directions + " pairs of numbers, received " + json);
        }
        return List.copyOf(all);
    }

    /** An activation: a name, or a layer used as one. */
    public static Setting<Activation> activation(String name, String help) {
        return activation(name, Activation.LINEAR, help);
    }

    /** An activation with a fallback other than none. */
    public static Setting<Activation> activation(String name, Activation fallback, String help) {
        return new Setting<>(
                name,
                fallback,
                "the name of an activation",
                help,
                Activation.names(),
                Activation::read,
                Activation::write);
    }
}
