package org.netsplice.layers.kind;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.config.Json;

/**
 * One setting of a layer under Keras' name: its default, how its value stands in a configuration, and its help.
 *
 * @param name the key in the configuration, such as {@code use_bias}
 * @param fallback the value when a configuration does not name it; what a new layer has
 * @param help one sentence for the inspector
 * @param codec how a value is read, written and described
 * @param nothing the value when a configuration says {@code null}, where that is not the fallback
 * @param asset the file beside the configuration in which Keras keeps the value when it was learned from data
 */
public record Setting<T>(
        String name, T fallback, String help, Codec<T> codec, Optional<T> nothing, Optional<Asset> asset) {

    /** A setting for which {@code null} means the fallback, and which is never kept in a file of its own. */
    public Setting(String name, T fallback, String help, Codec<T> codec) {
        this(name, fallback, help, codec, Optional.empty(), Optional.empty());
    }

    /** The same setting, kept in a file when it was learned. */
    public Setting<T> keptIn(Asset file) {
        return new Setting<>(name, fallback, help, codec, nothing, Optional.of(file));
    }

    /** The allowed values in words. */
    public String range() {
        return codec.range();
    }

    /** The allowed texts when there are only a few; otherwise empty. */
    public List<String> choices() {
        return codec.choices();
    }

    /**
     * Reads the value from a layer's configuration.
     *
     * @throws org.netsplice.problem.ModelException.Invalid when the value is wrong
     * @throws org.netsplice.problem.ModelException.Unsupported when Keras takes the value and this program does not
     */
    public T read(Json config) {
        Optional<Json> value = config.find(name);
        if (value.isPresent()) {
            return codec.reader().apply(value.get());
        }
        return config.has(name) ? nothing.orElse(fallback) : fallback;
    }

    /** The value as it stands in a configuration: what {@link Json#of} takes. */
    public Object write(T value) {
        return codec.writer().apply(value);
    }

    /** A whole number of at least {@code least}. */
    public static Setting<Integer> integer(String name, int fallback, int least, String help) {
        return new Setting<>(name, fallback, help, Codec.integer(least));
    }

    /** A whole number of at least {@code least} that may be absent. */
    public static Setting<Optional<Integer>> optionalInteger(String name, int least, String help) {
        return new Setting<>(name, Optional.empty(), help, Codec.integer(least).optional("the default"));
    }

    /** An axis; negative ones count from the end. A list of one number is accepted. */
    public static Setting<Integer> axis(String name, int fallback, String help) {
        return new Setting<>(name, fallback, help, Codec.axis(name));
    }

    /** Axes, of which Keras writes a single one as a number. */
    public static Setting<List<Integer>> axes(String name, List<Integer> fallback, String help) {
        return new Setting<>(
                name,
                fallback,
                help,
                Codec.integers(Integer.MIN_VALUE).written(value -> value.size() == 1 ? value.get(0) : value));
    }

    /** A number of at least {@code least}. */
    public static Setting<Double> real(String name, double fallback, double least, String help) {
        return new Setting<>(name, fallback, help, Codec.real(least));
    }

    /** A number that may be absent. */
    public static Setting<Optional<Double>> optionalReal(String name, String help) {
        return new Setting<>(
                name,
                Optional.empty(),
                help,
                new Codec<Double>("a number", Json::number, value -> value).optional("none"));
    }

    /** Any text. */
    public static Setting<String> text(String name, String fallback, String help) {
        return new Setting<>(name, fallback, help, Codec.text());
    }

    /** A text that may be absent. */
    public static Setting<Optional<String>> optionalText(String name, String help) {
        return new Setting<>(name, Optional.empty(), help, Codec.text().optional("none"));
    }

    /** Anything a file says, kept as it is. */
    public static Setting<Json> json(String name, String help) {
        return new Setting<>(name, Json.of(Map.of()), help, Codec.json());
    }

    /** True or false. */
    public static Setting<Boolean> flag(String name, boolean fallback, String help) {
        return new Setting<>(name, fallback, help, Codec.flag());
    }

    /** One of the constants of an enumeration, written in lower case. */
    public static <E extends Enum<E>> Setting<E> choice(String name, E fallback, String help) {
        return choice(name, fallback, List.of(fallback.getDeclaringClass().getEnumConstants()), help);
    }

    /** One of some constants of an enumeration, written in lower case. */
    public static <E extends Enum<E>> Setting<E> choice(String name, E fallback, List<E> allowed, String help) {
        return new Setting<>(name, fallback, help, Codec.choice(name, allowed));
    }

    /** Like {@link #choice(String, Enum, String)}, where Keras writes {@code null} for the constant {@code none}. */
    public static <E extends Enum<E>> Setting<E> choiceOrNone(String name, E fallback, E none, String help) {
        Codec<E> codec = Codec.choice(name, List.of(fallback.getDeclaringClass().getEnumConstants()));
        return new Setting<>(
                name,
                fallback,
                help,
                codec.written(value -> value == none ? null : codec.writer().apply(value)),
                Optional.of(none),
                Optional.empty());
    }

    /** {@code count} whole numbers of at least 1; a single number stands for that many equal ones. */
    public static Setting<List<Integer>> sizes(String name, int count, int fallback, String help) {
        return new Setting<>(name, Collections.nCopies(count, fallback), help, Codec.sizes(count, 1));
    }

    /** {@link #sizes One size} that Keras writes as a number, not as a list. */
    public static Setting<List<Integer>> single(String name, int fallback, String help) {
        return new Setting<>(name, List.of(fallback), help, Codec.sizes(1, 1).written(value -> value.get(0)));
    }

    /** Like {@link #sizes}, but at least {@code least} each, and may be absent. */
    public static Setting<Optional<List<Integer>>> optionalSizes(String name, int count, int least, String help) {
        return new Setting<>(
                name, Optional.empty(), help, Codec.sizes(count, least).optional("the default"));
    }

    /** Any number of whole numbers of at least {@code least}; a single number is a list of one. */
    public static Setting<List<Integer>> integers(String name, List<Integer> fallback, int least, String help) {
        return new Setting<>(name, fallback, help, Codec.integers(least));
    }

    /** Whole numbers of at least {@code least} that may be absent; a single number is a list of one. */
    public static Setting<Optional<List<Integer>>> optionalIntegers(String name, int least, String help) {
        return new Setting<>(name, Optional.empty(), help, Codec.integers(least).optional("the default"));
    }

    /** Any number of numbers; a single one is written as a number, none as {@code null}. Nested lists are read in order. */
    public static Setting<List<Double>> reals(String name, List<Double> fallback, String help) {
        return new Setting<>(
                name,
                fallback,
                help,
                Codec.reals("a number, or one for each channel")
                        .written(value -> value.isEmpty() ? null : value.size() == 1 ? value.get(0) : value));
    }

    /** Any number of numbers, written as a list. Nested lists are read in order. */
    public static Setting<List<Double>> list(String name, List<Double> fallback, String help) {
        return new Setting<>(name, fallback, help, Codec.reals("numbers"));
    }

    /** Cells before and after in each direction: one number, one for each direction, or pairs; in one direction also one pair. */
    public static Setting<List<Integer>> borders(String name, int directions, int fallback, String help) {
        return new Setting<>(name, Collections.nCopies(2 * directions, fallback), help, Codec.borders(directions));
    }
}
