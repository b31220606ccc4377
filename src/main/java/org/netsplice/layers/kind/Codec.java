package org.netsplice.layers.kind;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.netsplice.config.Json;

/**
 * How a value of a {@link Setting} stands in a configuration.
 *
 * @param range the allowed values in words, such as {@code a whole number, 1 or more}
 * @param choices the allowed texts where there are only a few; otherwise empty
 * @param reader makes the value of JSON that is present and not null; throws {@link org.netsplice.problem.ModelException.Invalid} for a
 *     wrong value and {@link org.netsplice.problem.ModelException.Unsupported} for one that Keras takes and this program does not
 * @param writer makes what {@link Json#of} takes; the reader gives the value back
 */
public record Codec<T>(
        String range, List<String> choices, Function<Json, T> reader, Function<? super T, Object> writer) {

    /** A codec without a list of choices. */
    public Codec(String range, Function<Json, T> reader, Function<? super T, Object> writer) {
        this(range, List.of(), reader, writer);
    }

    /** A value that is written as it is. */
    private static <T> Codec<T> plain(String range, Function<Json, T> reader) {
        return new Codec<>(range, reader, value -> value);
    }

    /** The same values, written differently. */
    Codec<T> written(Function<? super T, Object> other) {
        return new Codec<>(range, choices, reader, other);
    }

    /** The same values, each checked or changed after it was read. */
    Codec<T> checked(UnaryOperator<T> check) {
        return new Codec<>(range, choices, json -> check.apply(reader.apply(json)), writer);
    }

    /** The same values or none: null and the empty text mean none, and null is written. */
    public Codec<Optional<T>> optional(String none) {
        return new Codec<>(
                range + ", or empty for " + none,
                choices,
                json -> json.isText() && json.text().isEmpty() ? Optional.empty() : Optional.of(reader.apply(json)),
                value -> value.map(writer).orElse(null));
    }

    /** A whole number of at least {@code least}. */
    static Codec<Integer> integer(int least) {
        return plain("a whole number, " + least + " or more", json -> within(json, least));
    }

    /** The whole number in a value, which is at least {@code least} and fits into 32 bits. */
    public static int within(Json json, int least) {
        long value = json.integer();
        if (value < least) {
            throw json.wrong("expected a whole number, " + least + " or more, received " + value);
        }
        if (value > Integer.MAX_VALUE) {
            throw json.wrong("expected a whole number, " + Integer.MAX_VALUE + " or less, received " + value);
        }
        return (int) value;
    }

    /**
     * An axis; negative ones count from the end. A list of one number is accepted.
     *
     * @param name the setting, for the message about several axes
     */
    static Codec<Integer> axis(String name) {
        return plain("an axis; -1 is the last", json -> {
            if (!json.isList()) {
                return within(json, Integer.MIN_VALUE);
            }
            if (json.items().size() != 1) {
                throw json.unsupported(name + "=" + json + " is not supported");
            }
            return within(json.items().get(0), Integer.MIN_VALUE);
        });
    }

    /** A number of at least {@code least}; not NaN. */
    static Codec<Double> real(double least) {
        return plain(least == Double.NEGATIVE_INFINITY ? "a number" : "a number, " + least + " or more", json -> {
            double value = json.number();
            if (!(value >= least)) {
                throw json.wrong("expected a number, " + least + " or more, received " + value);
            }
            return value;
        });
    }

    /** Any text. */
    static Codec<String> text() {
        return plain("a text", Json::text);
    }

    /** Anything, kept as it is. */
    static Codec<Json> json() {
        return plain("JSON", Json::detached);
    }

    /** True or false. */
    static Codec<Boolean> flag() {
        return new Codec<>("true or false", List.of("true", "false"), Json::flag, value -> value);
    }

    /**
     * Some constants of an enumeration, written in lower case.
     *
     * @param name the setting, for the message about other texts
     */
    static <E extends Enum<E>> Codec<E> choice(String name, List<E> allowed) {
        List<String> names = allowed.stream()
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        return new Codec<>(
                String.join(" or ", names),
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

    /** {@code count} whole numbers of at least {@code least}; a single number stands for that many equal ones. */
    static Codec<List<Integer>> sizes(int count, int least) {
        return plain(count + (count == 1 ? " whole number, " : " whole numbers, ") + least + " or more", json -> {
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
        });
    }

    /** Any number of whole numbers of at least {@code least}; a single number is a list of one. */
    static Codec<List<Integer>> integers(int least) {
        return plain(
                least == Integer.MIN_VALUE ? "axes; -1 is the last" : "whole numbers, " + least + " or more",
                json -> json.isNumber()
                        ? List.of(within(json, least))
                        : json.items().stream().map(item -> within(item, least)).toList());
    }

    /** Any number of numbers; a single number is a list of one. Nested lists are read in order. */
    static Codec<List<Double>> reals(String range) {
        return plain(range, json -> {
            List<Double> numbers = new ArrayList<>();
            collect(json, numbers);
            return List.copyOf(numbers);
        });
    }

    private static void collect(Json json, List<Double> into) {
        if (json.isList()) {
            json.items().forEach(item -> collect(item, into));
        } else {
            into.add(json.number());
        }
    }

    /**
     * Cells before and after in each direction, as a flat list of pairs: one number, one number for each direction, or pairs; in one
     * direction also one pair.
     */
    static Codec<List<Integer>> borders(int directions) {
        return new Codec<>(
                directions == 1
                        ? "two whole numbers, 0 or more"
                        : "a pair of whole numbers, 0 or more, for each direction",
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
}
