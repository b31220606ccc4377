package org.netsplice.graph;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The weights of layers by their identity, in its order; an immutable map that one without some shares the others with. */
final class KnownWeights extends AbstractMap<WeightsId, Weights> {
    private final Sorted<WeightsId, Entry<WeightsId, Weights>> entries;

    private KnownWeights(Sorted<WeightsId, Entry<WeightsId, Weights>> entries) {
        this.entries = entries;
    }

    /** A copy; no copy of what cannot change. */
    static KnownWeights copyOf(Map<WeightsId, Weights> weights) {
        if (weights instanceof KnownWeights same) {
            return same;
        }
        List<Entry<WeightsId, Weights>> entries = weights.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList();
        return new KnownWeights(Sorted.of(entries, Entry::getKey));
    }

    /** The same without those of some layers. */
    KnownWeights without(Set<WeightsId> gone) {
        return new KnownWeights(entries.without(gone));
    }

    /** The layers that have others there, or have some only here or only there. */
    Set<WeightsId> differing(KnownWeights others) {
        Set<WeightsId> found = new HashSet<>();
        entries.compare(others.entries, here -> found.add(here.getKey()), there -> found.add(there.getKey()));
        return found;
    }

    @Override
    public Weights get(Object layer) {
        Entry<WeightsId, Weights> entry = layer instanceof WeightsId id ? entries.get(id) : null;
        return entry == null ? null : entry.getValue();
    }

    @Override
    public boolean containsKey(Object layer) {
        return get(layer) != null;
    }

    @Override
    public int size() {
        return entries.elements().size();
    }

    @Override
    public Set<Entry<WeightsId, Weights>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<WeightsId, Weights>> iterator() {
                return entries.elements().iterator();
            }

            @Override
            public int size() {
                return entries.elements().size();
            }
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KnownWeights known
                ? entries.elements().equals(known.entries.elements())
                : super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
