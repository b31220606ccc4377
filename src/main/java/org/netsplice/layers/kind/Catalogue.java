package org.netsplice.layers.kind;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Kinds of layers by their names. */
public final class Catalogue {
    private final Map<String, Kind<?>> byName = new LinkedHashMap<>();

    /**
     * A catalogue of some kinds, which must all be named differently.
     *
     * @throws IllegalStateException when two kinds share an {@link Kind#id id} or a former class name, or one's former name is the other's id;
     *     the message names both
     */
    public Catalogue(List<Kind<?>> kinds) {
        kinds.forEach(kind -> add(kind.id(), kind));
        kinds.forEach(kind -> kind.history().names().forEach(name -> add(name, kind)));
    }

    private void add(String name, Kind<?> kind) {
        Kind<?> other = byName.putIfAbsent(name, kind);
        if (other != null) {
            throw new IllegalStateException("the catalogue of layers has the name \"" + name + "\" twice: for "
                    + other.id() + " (" + other.summary() + ") and for " + kind.id() + " (" + kind.summary() + ")");
        }
    }

    /** The kind with an id or a former class name. */
    public Optional<Kind<?>> kind(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All ids, then all former names. */
    public Set<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }
}
