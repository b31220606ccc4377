package org.netsplice.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.netsplice.config.Json;

/**
 * One setting of a layer under Keras' name: how it is read from a configuration, written, and shown.
 *
 * @param fallback the value when a configuration does not name it; what a new layer has
 * @param range what is allowed, in words
 * @param help one sentence for the inspector
 * @param choices the allowed texts when there are only a few; else empty
 */
public record Setting<T>(
        String name,
        T fallback,
        String range,
        String help,
        List<String> choices,
        Function<Json, T> reader,
        Function<T, Object> writer) {

    /** Reads the value from a layer's configuration. */
    T read(Json config) {
        Optional<Json> value = config.find(name);
        return value.isPresent() ? reader.apply(value.get()) : fallback;
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

    private static int within(Json json, int least) {
        long value = json.integer();
        if (value < least || value > Integer.MAX_VALUE) {
            throw json.wrong("expected a whole number, " + least + " or more, received " + value);
        }
        return (int) value;
    }

    /** An axis: a whole number, negative ones count from the end. A list of one number is accepted. */
    public static Setting<Integer> axis(String name, int fallback, String help) {
        return new Setting<>(
                name,
                fallback,
                "an axis; -1 is the last",
                help,
                List.of(),
                json -> json.isList() && json.items().size() == 1
                        ? Math.toIntExact(json.items().get(0).integer())
                        : Math.toIntExact(json.integer()),
                value -> value);
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

    /** True or false. */
    public static Setting<Boolean> flag(String name, boolean fallback, String help) {
        return new Setting<>(
                name, fallback, "true or false", help, List.of("true", "false"), Json::flag, value -> value);
    }

    /** One of the constants of an enumeration, written in lower case. */
    public static <E extends Enum<E>> Setting<E> choice(String name, E fallback, String help) {
        List<String> names = Arrays.stream(fallback.getDeclaringClass().getEnumConstants())
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
                        throw json.wrong(
                                "expected " + String.join(" or ", names) + ", received \"" + json.text() + "\"");
                    }
                    return fallback.getDeclaringClass().getEnumConstants()[index];
                },
                value -> value.name().toLowerCase(Locale.ROOT));
    }

    /** {@code count} whole numbers of at least 1; a single number stands for that many equal ones. */
    public static Setting<List<Integer>> sizes(String name, int count, int fallback, String help) {
        return new Setting<>(
                name,
                Collections.nCopies(count, fallback),
                count + " whole numbers, 1 or more",
                help,
                List.of(),
                json -> sizes(json, count),
                value -> value);
    }

    /** Like {@link #sizes} but may be absent. */
    public static Setting<Optional<List<Integer>>> optionalSizes(String name, int count, String help) {
        return new Setting<>(
                name,
                Optional.empty(),
                count + " whole numbers, or empty for the default",
                help,
                List.of(),
                json -> json.isText() && json.text().isEmpty() ? Optional.empty() : Optional.of(sizes(json, count)),
                value -> value.orElse(null));
    }

    private static List<Integer> sizes(Json json, int count) {
        if (json.isNumber()) {
            return Collections.nCopies(count, within(json, 1));
        }
        List<Integer> values =
                json.items().stream().map(item -> within(item, 1)).toList();
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
                value -> value.size() == 1 ? value.get(0) : value);
    }

    private static void collect(Json json, List<Double> into) {
        if (json.isList()) {
            json.items().forEach(item -> collect(item, into));
        } else {
            into.add(json.number());
        }
    }

    /** Cells before and after, for two directions: one number, two numbers, or two pairs. */
    public static Setting<List<Integer>> borders(String name, int fallback, String help) {
        return new Setting<>(
                name,
                Collections.nCopies(4, fallback),
                "((top, bottom), (left, right)), whole numbers, 0 or more",
                help,
                List.of(),
                Setting::borders,
                value -> List.of(value.subList(0, 2), value.subList(2, 4)));
    }

    private static List<Integer> borders(Json json) {
        if (json.isNumber()) {
            return Collections.nCopies(4, within(json, 0));
        }
        List<Integer> all = new ArrayList<>();
        for (Json side : json.items()) {
            if (side.isNumber()) {
                all.addAll(Collections.nCopies(2, within(side, 0)));
            } else {
                side.items().forEach(item -> all.add(within(item, 0)));
            }
        }
        if (all.size() != 4) {
            throw json.wrong("expected ((top, bottom), (left, right)), received " + json);
        }
        return List.copyOf(all);
    }

    /** Steps at the beginning and at the end: one number, or two. */
    public static Setting<List<Integer>> ends(String name, int fallback, String help) {
        return new Setting<>(
                name,
                List.of(fallback, fallback),
                "two whole numbers, 0 or more",
                help,
                List.of(),
                json -> {
                    if (json.isNumber()) {
                        return Collections.nCopies(2, within(json, 0));
                    }
                    List<Integer> two =
                            json.items().stream().map(item -> within(item, 0)).toList();
                    if (two.size() != 2) {
                        throw json.wrong("expected two numbers, received " + json);
                    }
                    return two;
                },
                value -> value);
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
