package org.netsplice.layers;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;

/**
 * A kind of layer: its name, its settings, and how it is described. The components of the record are matched with the settings
 * by name ({@code useBias} is {@code use_bias}); a component without a setting is a constant of the kind.
 */
public final class Kind<L extends Record & ComputedLayer> {

    /** Where the palette shows a kind. */
    public enum Family {
        MERGE,
        CORE,
        CONVOLUTION,
        POOLING,
        RECURRENT,
        NORMALIZATION,
        RESHAPING,
        REGULARIZATION,
        ACTIVATION,
        /** Not offered: comes only out of files. */
        INTERNAL
    }

    /** A layer and inputs for documentation and tests: settings as typed, {@code units=4, use_bias=false}, and input shapes. */
    public record Example(String settings, String... inputs) {}

    private final String className;
    private final Class<L> type;
    private final Family family;
    private final String summary;
    private final Example example;
    private final Map<String, Object> constants = new LinkedHashMap<>();
    private final Map<String, Setting<?>> settings = new LinkedHashMap<>();
    private final List<String> required = new ArrayList<>();
    private final Map<String, List<String>> supported = new LinkedHashMap<>();
    private String storage = "";
    private boolean keras = true;

    private Kind(String className, Class<L> type, Family family, String summary, Example example) {
        this.className = className;
        this.type = type;
        this.family = family;
        this.summary = summary;
        this.example = example;
    }

    /** A kind; settings and constants are added while it is being defined. */
    public static <L extends Record & ComputedLayer> Kind<L> of(
            String className, Class<L> type, Family family, String summary, Example example) {
        return new Kind<>(className, type, family, summary, example);
    }

    Kind<L> with(Setting<?>... more) {
        for (Setting<?> setting : more) {
            settings.put(setting.name(), setting);
        }
        return this;
    }

    Kind<L> constant(String component, Object value) {
        constants.put(component, value);
        return this;
    }

    /** Names settings that every configuration must hold, because Keras has no default for them. */
    Kind<L> requires(String... names) {
        required.addAll(List.of(names));
        return this;
    }

    /** Names an option of Keras of which only some values are supported; a file with another one is kept but not computed. */
    Kind<L> supportsOnly(String option, Object... values) {
        supported.put(
                option,
                Arrays.stream(values).map(value -> Json.of(value).toString()).toList());
        return this;
    }

    /** Says in which part of the layer Keras 3 stores the weights, such as {@code cell}. */
    Kind<L> storedIn(String part) {
        storage = part + "/";
        return this;
    }

    /** Marks a kind that Keras does not have. */
    Kind<L> ours() {
        keras = false;
        return this;
    }

    public String className() {
        return className;
    }

    public Family family() {
        return family;
    }

    /** One sentence for people. */
    public String summary() {
        return summary;
    }

    public Example example() {
        return example;
    }

    /** The settings in their order. */
    public List<Setting<?>> settings() {
        return List.copyOf(settings.values());
    }

    /** Whether Keras has a layer class of this name. */
    public boolean inKeras() {
        return keras;
    }

    /** Where below the layer's own path Keras 3 stores the variables, such as {@code vars} or {@code cell/vars}. */
    public String variables() {
        return storage + "vars";
    }

    /** The layer with the default settings. */
    public L standard() {
        return read(Json.of(Map.of()));
    }

    /**
     * Like {@link #read}, but complains when a setting without a default in Keras is missing.
     *
     * @throws ModelException.Unsupported when an option has a value that cannot be computed
     */
    public L readWhole(Json config) {
        required.forEach(config::get);
        supported.forEach((option, allowed) -> config.find(option)
                .filter(value -> !allowed.contains(value.toString()))
                .ifPresent(value -> {
                    throw new ModelException.Unsupported(Problem.error(
                            value.where(), option + "=" + value + " of " + className + " is not supported", ""));
                }));
        return read(config);
    }

    /** Reads a layer from Keras' configuration; keys that are no settings are ignored. */
    public L read(Json config) {
        List<Object> values = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Setting<?> setting = settings.get(snake(component.getName()));
            values.add(setting == null ? constants.get(component.getName()) : setting.read(config));
        }
        return make(values);
    }

    /** The layer with one setting changed; throws {@link org.netsplice.problem.ModelException.Invalid} when the value is wrong. */
    public ComputedLayer change(ComputedLayer layer, String setting, Json value) {
        Map<String, Object> config = new LinkedHashMap<>(config(layer));
        config.put(setting, value);
        return read(Json.of(config));
    }

    /** The settings of a layer as Keras writes them. */
    public Map<String, Object> config(ComputedLayer layer) {
        Map<String, Object> config = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Setting<?> setting = settings.get(snake(component.getName()));
            if (setting != null) {
                config.put(setting.name(), write(setting, value(component, layer)));
            }
        }
        return config;
    }

    @SuppressWarnings("unchecked")
    private static <T> Object write(Setting<T> setting, Object value) {
        return setting.writer().apply((T) value);
    }

    private static Object value(RecordComponent component, ComputedLayer layer) {
        try {
            return component.getAccessor().invoke(layer);
        } catch (IllegalAccessException | InvocationTargetException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private L make(List<Object> values) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = components[i].getType();
        }
        try {
            Constructor<L> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values.toArray());
        } catch (ReflectiveOperationException problem) {
            throw new IllegalStateException(type + " cannot be made of " + values, problem);
        }
    }

    /** The setting with this name. */
    public Optional<Setting<?>> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    private static String snake(String camel) {
        return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return className;
    }
}
