package org.netsplice.layers.kind;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.netsplice.graph.Tensor;

/** What a kind of layer was in Keras 1 and 2: other names, other defaults, settings that Keras 3 lacks, weights in another layout. */
public final class KerasHistory {
    private final Map<String, Map<String, Object>> names;
    private final Set<String> mergeModes;
    private final Map<String, Object> defaults;
    private final Map<String, Setting<?>> settings;
    private final OldWeights weights;

    KerasHistory(
            Map<String, Map<String, Object>> names,
            Collection<String> mergeModes,
            Map<String, Object> defaults,
            Map<String, Setting<?>> settings,
            OldWeights weights) {
        this.names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
        this.mergeModes = Set.copyOf(mergeModes);
        this.defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
        this.settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        this.weights = weights;
    }

    /** Other class names under which files hold this kind. */
    public Set<String> names() {
        return names.keySet();
    }

    /** The settings that a class name implies and its configurations do not state; none for other names. */
    public Map<String, Object> impliedBy(String name) {
        return names.getOrDefault(name, Map.of());
    }

    /** Whether this kind was a mode of Keras 1's class Merge. */
    public boolean hasMergeMode(String mode) {
        return mergeModes.contains(mode);
    }

    /** The values of settings where a configuration of Keras 1 or 2 does not state them and Keras 3 has another default. */
    public Map<String, Object> defaults() {
        return defaults;
    }

    /** The settings that only files of Keras 1 and 2 have, by name. */
    Map<String, Setting<?>> settings() {
        return settings;
    }

    /** The names of settings that only files of Keras 1 and 2 have, and Keras 3 does not take. */
    public Set<String> settingNames() {
        return settings.keySet();
    }

    /**
     * A layer's weights in the order and layout of Keras 3.
     *
     * @param stored the tensors as the Keras of {@code origin} stored them
     */
    public List<Tensor> modernWeights(ComputedLayer layer, List<Tensor> stored, Origin origin) {
        return origin.old() ? weights.modern(layer, stored, origin) : stored;
    }
}
