package org.netsplice.layers.kind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import org.netsplice.config.Json;
import org.netsplice.graph.TensorSpec;

/** Declares a {@link Kind}: what {@link Kind#of} is given, and the rest, each by a method of its own. Every method returns this builder. */
public final class KindBuilder<L extends Record & ComputedLayer> {
    final String className;
    final Class<L> type;
    final Kind.Family family;
    final String summary;
    final Kind.Example example;
    final Map<String, Setting<?>> settings = new LinkedHashMap<>();
    final Map<String, Object> constants = new LinkedHashMap<>();
    final Map<String, String> facts = new LinkedHashMap<>();
    final List<String> required = new ArrayList<>();
    final Map<String, List<String>> supported = new LinkedHashMap<>();
    final List<Parameter> parameters = new ArrayList<>();
    final Set<String> ignored = new LinkedHashSet<>(Set.of(Training.PARAMETER.name()));
    final List<String> unwritten = new ArrayList<>();
    String storedAs;
    String module = "keras.layers";
    boolean inKeras = true;
    boolean operation;
    Cost<L> cost = (layer, inputs, outputs) -> 0;
    BiFunction<ComputedLayer, Boolean, Optional<String>> hdf5Trouble = (layer, nested) -> Optional.empty();

    private final Map<String, Map<String, Object>> formerNames = new LinkedHashMap<>();
    private final List<String> mergeModes = new ArrayList<>();
    private final Map<String, Object> formerDefaults = new LinkedHashMap<>();
    private final Map<String, Setting<?>> formerSettings = new LinkedHashMap<>();
    private OldWeights oldWeights = OldWeights.SAME;

    KindBuilder(String className, Class<L> type, Kind.Family family, String summary, Kind.Example example) {
        this.className = className;
        this.storedAs = className;
        this.type = type;
        this.family = family;
        this.summary = summary;
        this.example = example;
    }

    /** How many operations a layer needs for one row. */
    public interface Cost<L> {
        /** The number, as {@link org.netsplice.graph.Layer#flops} counts. */
        long of(L layer, List<TensorSpec> inputs, List<TensorSpec> outputs);
    }

    /** Says how many operations a layer needs, where its record does not. */
    public KindBuilder<L> costs(Cost<? super L> count) {
        cost = count::of;
        return this;
    }

    /** The kind. */
    public Kind<L> build() {
        return new Kind<>(this);
    }

    KerasHistory history() {
        return new KerasHistory(formerNames, mergeModes, formerDefaults, formerSettings, oldWeights);
    }

    /**
     * Says that the box of a layer tells a setting, in words with {@code #} for the value: {@code "# filters"}. Sizes are joined by
     * {@code ×}, or told once where all are equal and the words say {@code #=}.
     */
    public KindBuilder<L> shows(String setting, String words) {
        facts.put(setting, words);
        return this;
    }

    /** Adds settings; the record has a component of the same name in camel case for each. */
    public KindBuilder<L> settings(Setting<?>... more) {
        List.of(more).forEach(setting -> settings.put(setting.name(), setting));
        return this;
    }

    /** Gives the value of a component of the record that has no setting. */
    public KindBuilder<L> constant(String component, Object value) {
        constants.put(component, value);
        return this;
    }

    /** Names settings that every configuration must state, because Keras has no default for them. */
    public KindBuilder<L> requires(String... names) {
        required.addAll(List.of(names));
        return this;
    }

    /** Names an option of Keras of which only some values are computed; a layer with another value is kept but not computed. */
    public KindBuilder<L> supportsOnly(String option, Object... values) {
        supported.put(
                option,
                Arrays.stream(values).map(value -> Json.of(value).toString()).toList());
        return this;
    }

    /** Gives the parameters of a call in their order; the record has a component {@code call} of type {@link Arguments}. */
    public KindBuilder<L> parameters(Parameter... declared) {
        return parameters(List.of(declared));
    }

    /** Like {@link #parameters(Parameter...)}. */
    public KindBuilder<L> parameters(List<Parameter> declared) {
        parameters.addAll(declared);
        declared.forEach(parameter -> ignored.remove(parameter.name()));
        return this;
    }

    /** Names parameters of a call that do not change predictions. */
    public KindBuilder<L> ignores(String... names) {
        ignored.addAll(List.of(names));
        return this;
    }

    /** Marks an operation of {@code keras.ops}; an operation and a layer may have the same class name. */
    public KindBuilder<L> operation() {
        operation = true;
        return this;
    }

    /** Marks a kind that Keras does not have; its layers say how they are written instead, as other layers or with the model around them. */
    public KindBuilder<L> notInKeras() {
        inKeras = false;
        return this;
    }

    /** Gives the module of Keras that holds the class, where it is not {@code keras.layers}. */
    public KindBuilder<L> module(String name) {
        module = name;
        return this;
    }

    /** Gives the name of the class in Python, where {@code .keras} files have another; paths of weights and {@code .h5} files have it. */
    public KindBuilder<L> storedAs(String name) {
        storedAs = name;
        return this;
    }

    /** Names keys that the configuration of every layer has, but the constructor of this one does not take. */
    public KindBuilder<L> neverWrites(String... keys) {
        unwritten.addAll(List.of(keys));
        return this;
    }

    /**
     * Says when Keras 3 reads this kind wrongly from its own HDF5 files.
     *
     * @param when is given the layer and whether it is in a nested model
     * @param what what goes wrong
     */
    public KindBuilder<L> notInHdf5(BiPredicate<L, Boolean> when, String what) {
        hdf5Trouble = (layer, nested) -> when.test(type.cast(layer), nested) ? Optional.of(what) : Optional.empty();
        return this;
    }

    /** Gives other class names under which files hold this kind. */
    public KindBuilder<L> alsoNamed(String... names) {
        List.of(names).forEach(name -> formerNames.put(name, Map.of()));
        return this;
    }

    /** Gives a class name of Keras 1 or 2 that meant this kind with some settings, which its configurations do not state. */
    public KindBuilder<L> formerly(String name, Map<String, Object> implied) {
        formerNames.put(name, implied);
        return this;
    }

    /** Gives the modes of Keras 1's class Merge that meant this kind. */
    public KindBuilder<L> mergeModes(String... names) {
        mergeModes.addAll(List.of(names));
        return this;
    }

    /** Says what Keras 1 and 2 meant where a configuration does not state a setting. */
    public KindBuilder<L> beforeThree(String setting, Object value) {
        formerDefaults.put(setting, value);
        return this;
    }

    /** Adds settings that only files of Keras 1 and 2 have. They are kept where they are not the default, but neither offered nor written for Keras. */
    public KindBuilder<L> formerSettings(Setting<?>... more) {
        List.of(more).forEach(setting -> formerSettings.put(setting.name(), setting));
        return this;
    }

    /** Keeps which version's rules for masks a file follows; the record has a component {@code maskPolicy}. */
    public KindBuilder<L> keepsMaskPolicy() {
        return formerSettings(MaskPolicy.SETTING).beforeThree(MaskPolicy.SETTING.name(), MaskPolicy.OLD);
    }

    /** Says how weights of Keras 1 and 2 are read. */
    public KindBuilder<L> oldWeights(OldWeights rule) {
        oldWeights = rule;
        return this;
    }
}
