package org.netsplice.layers.kind;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.netsplice.config.Json;
import org.netsplice.graph.TensorSpec;
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
        /** Layers that join several inputs. */
        MERGE,
        /** Dense layers, embeddings, activations as layers and the like. */
        CORE,
        /** Convolutions. */
        CONVOLUTION,
        /** Pooling. */
        POOLING,
        /** Layers that run along a sequence. */
        RECURRENT,
        /** Attention. */
        ATTENTION,
        /** Normalization. */
        NORMALIZATION,
        /** Layers that change the shape. */
        RESHAPING,
        /** Layers that only training needs. */
        REGULARIZATION,
        /** Layers that prepare data. */
        PREPROCESSING,
        /** Activations with settings of their own. */
        ACTIVATION,
        /** Comes only from files; the palette does not offer it. */
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
    private final Components components;
    private final Map<String, String> facts;
    private final List<String> required;
    private final Map<String, List<String>> limits;
    private final List<Parameter> parameters;
    private final Set<String> ignored;
    private final KerasHistory history;
    private final String storedAs;
    private final String module;
    private final boolean inKeras;
    private final boolean operation;
    private final List<String> unwritten;
    private final BiFunction<ComputedLayer, Boolean, Optional<String>> hdf5Trouble;
    private final KindBuilder.Cost<L> cost;

    Kind(KindBuilder<L> declared) {
        className = declared.className;
        type = declared.type;
        family = declared.family;
        summary = declared.summary;
        example = declared.example;
        history = declared.history();
        components = new Components(copy(declared.settings), history.settings(), copy(declared.constants));
        facts = copy(declared.facts);
        required = List.copyOf(declared.required);
        limits = copy(declared.supported);
        parameters = List.copyOf(declared.parameters);
        ignored = Set.copyOf(declared.ignored);
        storedAs = declared.storedAs;
        module = declared.module;
        inKeras = declared.inKeras;
        operation = declared.operation;
        unwritten = List.copyOf(declared.unwritten);
        hdf5Trouble = declared.hdf5Trouble;
        cost = declared.cost;
    }

    private static <V> Map<String, V> copy(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /**
     * Begins the declaration of a kind.
     *
     * @param className Keras' class name
     * @param type the record that is a layer of this kind
     * @param summary one sentence for people
     * @param example must compute; documentation and tests use it
     */
    public static <L extends Record & ComputedLayer> KindBuilder<L> of(
            String className, Class<L> type, Family family, String summary, Example example) {
        return new KindBuilder<>(className, type, family, summary, example);
    }

    /** Keras' class name. */
    public String className() {
        return className;
    }

    /** Where the palette shows it. */
    public Family family() {
        return family;
    }

    /** One sentence for people. */
    public String summary() {
        return summary;
    }

    /** The settings of a layer that its box tells, in words; see {@link KindBuilder#shows}. */
    String facts(ComputedLayer layer) {
        List<String> told = new ArrayList<>();
        facts.forEach((setting, words) -> value(layer, setting).ifPresent(value -> told.add(told(value, words))));
        return String.join(", ", told);
    }

    private static String told(Object value, String words) {
        List<?> sizes = value instanceof List<?> list ? list : List.of(value);
        boolean once = words.contains("#=") && sizes.stream().distinct().count() == 1;
        String text = (once ? sizes.subList(0, 1) : sizes)
                .stream().map(String::valueOf).collect(Collectors.joining("×"));
        return words.replaceAll("#=?", text);
    }

    /** A layer and inputs for documentation and tests. */
    public Example example() {
        return example;
    }

    /** The settings in their order. */
    public List<Setting<?>> settings() {
        return List.copyOf(components.settings().values());
    }

    /** Options of Keras of which only some values can be computed, with those values as JSON; none means null only. */
    public Map<String, List<String>> limits() {
        return limits;
    }

    /** Whether Keras has a layer class of this name. */
    public boolean inKeras() {
        return inKeras;
    }

    /** What this kind was in Keras 1 and 2. */
    public KerasHistory history() {
        return history;
    }

    /** The unique name of this kind: its class name, with {@code ops.} before it when it is an operation. */
    public String id() {
        return operation ? "ops." + className : className;
    }

    /** Keys that configurations of this kind must not have. */
    public List<String> unwritten() {
        return unwritten;
    }

    /**
     * Why Keras 3 would read this layer wrongly from an HDF5 file; empty when it would not.
     *
     * @param nested whether it is in a nested model
     */
    public Optional<String> hdf5Trouble(ComputedLayer layer, boolean nested) {
        return operation ? Optional.of("operations are taken for layers") : hdf5Trouble.apply(layer, nested);
    }

    /** How many operations a layer needs for one row. */
    long flops(ComputedLayer layer, List<TensorSpec> inputs, List<TensorSpec> outputs) {
        return cost.of(type.cast(layer), inputs, outputs);
    }

    /** The module of Keras that holds the class. */
    public String module() {
        return module;
    }

    /** The name of the class in Python, of which paths of weights are made. */
    public String storedAs() {
        return storedAs;
    }

    /** Whether it is an operation of {@code keras.ops}, which has neither weights nor a dtype policy. */
    public boolean isOperation() {
        return operation;
    }

    /** The parameters of a call in their order; none for a kind that takes its inputs only. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** Whether a call has a parameter with this name. */
    public boolean hasParameter(String name) {
        return parameters.stream().anyMatch(parameter -> parameter.name().equals(name));
    }

    /** The layer {@code settings} with the call of {@code other}. */
    ComputedLayer calledLike(ComputedLayer settings, ComputedLayer other) {
        return read(Arguments.of(Json.of(config(other))).in(Json.of(config(settings))));
    }

    /** The layer with the default settings. */
    public L standard() {
        return read(Json.of(Map.of()));
    }

    /**
     * Like {@link #read}, but requires the settings for which Keras has no default.
     *
     * @throws ModelException.Invalid when such a setting is missing
     *
     * @throws ModelException.Unsupported when an option has a value that cannot be computed, or what the layer learned is not in the file
     */
    public L readWhole(Json config) {
        required.forEach(name -> require(name, config));
        limits.forEach((option, allowed) -> config.find(option)
                .filter(value -> !allowed.contains(value.toString()))
                .ifPresent(value -> {
                    throw new ModelException.Unsupported(Problem.error(
                            value.where(), option + "=" + value + " of " + className + " is not supported", ""));
                }));
        return read(config);
    }

    private void require(String name, Json config) {
        boolean learned = setting(name).flatMap(Setting::asset).isPresent();
        if (learned && config.find(name).isEmpty()) {
            throw new ModelException.Unsupported(Problem.error(
                    config.where(),
                    "it learned its " + name
                            + ", which Keras keeps beside the configuration in a .keras archive, and which is not in this file",
                    ""));
        }
        config.get(name);
    }

    /** Like {@link #readWhole}, called with these arguments. */
    public L readCalled(Json config, Arguments call) {
        readWhole(config);
        return read(call.in(config));
    }

    /**
     * A call with its arguments assigned to parameters.
     *
     * @param inputs the indices of the tensors that are read, in the order of the node's inputs
     */
    public record Bound(List<Integer> inputs, Arguments call) {}

    /**
     * Assigns the arguments of a call to the parameters of this kind.
     *
     * @param args positional arguments, in which {@code {"input": 0}} stands for the first tensor
     * @param kwargs named arguments, likewise
     * @throws ModelException.Unsupported when an argument is not supported
     */
    public Bound bind(List<Json> args, Map<String, Json> kwargs) {
        return new Binding(className, parameters, ignored).bind(args, kwargs);
    }

    /** Reads a layer from Keras' configuration; keys that are no settings are ignored. */
    public L read(Json config) {
        return type.cast(components.made(type, config));
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
        components.collect((Record) layer, key -> true, config);
        return config;
    }

    /** One setting of a layer as it stands in its configuration. */
    public Optional<Object> value(ComputedLayer layer, String setting) {
        Map<String, Object> config = new LinkedHashMap<>();
        components.collect((Record) layer, setting::equals, config);
        return Optional.ofNullable(config.get(setting));
    }

    /** The setting with this name. */
    public Optional<Setting<?>> setting(String name) {
        return Optional.ofNullable(components.settings().get(name));
    }

    @Override
    public String toString() {
        return className;
    }
}
