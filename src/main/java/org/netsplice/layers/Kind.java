package org.netsplice.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import org.netsplice.config.Json;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;

/**
 * A kind of layer: its name, its settings, and how it is described. The components of the record are matched with the settings
 * by name ({@code useBias} is {@code use_bias}); a component without a setting is the call's arguments, a constant of the kind, or a
 * record whose components are matched in turn.
 */
public final class Kind<L extends Record & ComputedLayer> {

    /** Where the palette shows a kind. */
    public enum Family {
        MERGE,
        CORE,
        CONVOLUTION,
        POOLING,
        RECURRENT,
        ATTENTION,
        NORMALIZATION,
        RESHAPING,
        REGULARIZATION,
        PREPROCESSING,
        ACTIVATION,
        /** Not offered: comes only out of files. */
        INTERNAL
    }

    /** A layer and inputs for documentation and tests: settings as typed, {@code units=4, use_bias=false}, and input shapes. */
    public record Example(String settings, String... inputs) {}

    /** The key of {@link #config} that holds the arguments of a call. */
    public static final String CALL = "call";

    private final String className;
    private final Class<L> type;
    private final Family family;
    private final String summary;
    private final Example example;
    private final Map<String, Object> constants = new LinkedHashMap<>();
    private final Map<String, Setting<?>> settings = new LinkedHashMap<>();
    private final Map<String, Setting<?>> kept = new LinkedHashMap<>();
    private final List<String> required = new ArrayList<>();
    private final Map<String, List<String>> supported = new LinkedHashMap<>();
    private final List<String> parameters = new ArrayList<>();
    private final Set<String> ignored = new HashSet<>(Set.of("training"));
    private final List<String> aliases = new ArrayList<>();
    private final Map<String, Map<String, Object>> former = new LinkedHashMap<>();
    private final List<String> modes = new ArrayList<>();
    private String storedAs;
    private OldWeights oldWeights = OldWeights.SAME;
    private final Map<String, Object> oldDefaults = new LinkedHashMap<>();
    private BiFunction<ComputedLayer, Boolean, Optional<String>> hdf5Trouble = (layer, nested) -> Optional.empty();
    private final List<String> unwritten = new ArrayList<>();
    private String module = "keras.layers";
    private boolean keras = true;
    private boolean operation;

    private Kind(String className, Class<L> type, Family family, String summary, Example example) {
        this.className = className;
        this.storedAs = className;
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
        List.of(more).forEach(setting -> settings.put(setting.name(), setting));
        return this;
    }

    /** Adds settings that only files of Keras 1 and 2 have: they are kept where they are not the default, but not offered, and Keras 3 takes none of them. */
    Kind<L> keeps(Setting<?>... more) {
        List.of(more).forEach(setting -> kept.put(setting.name(), setting));
        return this;
    }

    /** Keeps whose rules for masks a file followed. */
    Kind<L> keepsMaskPolicy() {
        return keeps(MaskPolicy.SETTING).beforeThree(MaskPolicy.SETTING.name(), MaskPolicy.OLD);
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

    /** Names the parameters of a call in their order; the record has a component {@code call} of type {@link Arguments}. */
    Kind<L> called(String... names) {
        return called(List.of(names));
    }

    /** Like {@link #called(String...)}. */
    Kind<L> called(List<String> names) {
        parameters.addAll(names);
        ignored.removeAll(names);
        return this;
    }

    /** Names parameters of a call that change nothing in predictions. */
    Kind<L> ignores(String... names) {
        ignored.addAll(List.of(names));
        return this;
    }

    /** Marks a kind that is an operation of {@code keras.ops}; operations and layers may have the same class name. */
    Kind<L> operation() {
        operation = true;
        return this;
    }

    /** Gives the name of the class in Python, where it is not the one in {@code .keras} files; paths of weights and {@code .h5} files have it. */
    Kind<L> storedAs(String name) {
        storedAs = name;
        return this;
    }

    /** Says what Keras 1 and 2 meant where a configuration does not name a setting. */
    Kind<L> beforeThree(String setting, Object value) {
        oldDefaults.put(setting, value);
        return this;
    }

    /** Says how weights of Keras 1 and 2 are read. */
    Kind<L> oldWeights(OldWeights rule) {
        oldWeights = rule;
        return this;
    }

    /** Says when Keras 3 reads this kind wrongly from its own HDF5 files, told the layer and whether it is nested, and what happens. */
    Kind<L> notInHdf5(BiPredicate<L, Boolean> when, String what) {
        hdf5Trouble = (layer, nested) -> when.test(type.cast(layer), nested) ? Optional.of(what) : Optional.empty();
        return this;
    }

    /** Names keys every layer has, but which the constructor of this one does not take. */
    Kind<L> without(String... keys) {
        unwritten.addAll(List.of(keys));
        return this;
    }

    /** Gives the module of Keras that holds the class, where it is not {@code keras.layers}. */
    Kind<L> module(String name) {
        module = name;
        return this;
    }

    /** Gives other class names under which files hold this kind. */
    Kind<L> alsoNamed(String... names) {
        aliases.addAll(List.of(names));
        return this;
    }

    /** Gives a class name of Keras 1 or 2 that stood for this kind with some settings, which its configurations do not name. */
    Kind<L> formerly(String name, Map<String, Object> settings) {
        aliases.add(name);
        former.put(name, settings);
        return this;
    }

    /** Gives the modes of Keras 1's class Merge that stood for this kind. */
    Kind<L> merging(String... names) {
        modes.addAll(List.of(names));
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

    /** Options of Keras of which only some values can be computed, with those values as JSON; none means null only. */
    public Map<String, List<String>> limits() {
        return Collections.unmodifiableMap(supported);
    }

    /** Whether Keras has a layer class of this name. */
    public boolean inKeras() {
        return keras;
    }

    /** The names of settings that Keras 3 does not take. */
    public Set<String> kept() {
        return Collections.unmodifiableSet(kept.keySet());
    }

    /** What tells this kind from all others: its class name, with {@code ops.} before it when it is an operation. */
    public String id() {
        return operation ? "ops." + className : className;
    }

    Map<String, Object> oldDefaults() {
        return oldDefaults;
    }

    /** What a class name of Keras 1 or 2 says of settings. */
    Map<String, Object> former(String name) {
        return former.getOrDefault(name, Map.of());
    }

    /** Whether this kind was a mode of Keras 1's class Merge. */
    boolean merges(String mode) {
        return modes.contains(mode);
    }

    /** Weights in the order and layout of Keras 3. */
    public List<Tensor> modern(ComputedLayer layer, List<Tensor> stored, Origin origin) {
        return origin.old() ? oldWeights.modern(layer, stored, origin) : stored;
    }

    /** Keys that configurations of this kind must not have. */
    public List<String> unwritten() {
        return List.copyOf(unwritten);
    }

    /**
     * Why Keras 3 would read this layer wrongly from an HDF5 file; empty when it would not.
     *
     * @param nested whether it stands in a model inside another
     */
    public Optional<String> hdf5Trouble(ComputedLayer layer, boolean nested) {
        return operation ? Optional.of("operations are taken for layers") : hdf5Trouble.apply(layer, nested);
    }

    /** The module of Keras that holds the class. */
    public String module() {
        return module;
    }

    /** The class name that paths of weights are made of. */
    public String storedAs() {
        return storedAs;
    }

    /** Other class names under which files hold this kind. */
    public List<String> aliases() {
        return List.copyOf(aliases);
    }

    /** Whether it is an operation of {@code keras.ops}, which has neither weights nor a dtype policy. */
    public boolean isOperation() {
        return operation;
    }

    /** The parameters of a call in their order; none for a kind that takes its inputs only. */
    public List<String> parameters() {
        return List.copyOf(parameters);
    }

    /** The layer {@code settings} called the way {@code other} is. */
    ComputedLayer calledLike(ComputedLayer settings, ComputedLayer other) {
        return read(Arguments.of(Json.of(config(other))).in(Json.of(config(settings))));
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

    /** Like {@link #readWhole}, called with these arguments. */
    public L readCalled(Json config, Arguments call) {
        readWhole(config);
        return read(call.in(config));
    }

    /**
     * The arguments of a call, and which of its tensors are read.
     *
     * @param inputs the numbers of the tensors, in the order of the node's inputs
     */
    public record Bound(List<Integer> inputs, Arguments call) {}

    /**
     * Gives the arguments of a call to the parameters of this kind.
     *
     * @param args positional arguments, in which {@code {"input": 0}} stands for the first tensor
     * @param kwargs named arguments, likewise
     * @throws ModelException.Unsupported when an argument cannot be computed with
     */
    public Bound bind(List<Json> args, Map<String, Json> kwargs) {
        return new Binding(className, parameters, ignored).bind(args, kwargs);
    }

    /** Reads a layer from Keras' configuration; keys that are no settings are ignored. */
    public L read(Json config) {
        return type.cast(components().made(type, config));
    }

    private Components components() {
        return new Components(settings, kept, constants);
    }

    /** The layer with one setting changed; throws {@link org.netsplice.problem.ModelException.Invalid} when the value is wrong. */
    public ComputedLayer change(ComputedLayer layer, String setting, Json value) {
        Map<String, Object> config = new LinkedHashMap<>(config(layer));
        config.put(setting, value);
        return read(Json.of(config));
    }

    /** The settings of a layer as Keras writes them, and under {@code call} the arguments of a call that is not plain. */
    public Map<String, Object> config(ComputedLayer layer) {
        Map<String, Object> config = new LinkedHashMap<>();
        components().collect((Record) layer, key -> true, config);
        return config;
    }

    /** One setting of a layer as it stands in its configuration. */
    public Optional<Object> value(ComputedLayer layer, String setting) {
        Map<String, Object> config = new LinkedHashMap<>();
        components().collect((Record) layer, setting::equals, config);
        return Optional.ofNullable(config.get(setting));
    }

    /** The setting with this name. */
    public Optional<Setting<?>> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    @Override
    public String toString() {
        return className;
    }
}
