package org.netsplice.edit;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.netsplice.graph.NodeId;

/** Where the user put nodes by hand: their upper left corners. All other nodes are placed by the layout. */
public record Placement(Map<NodeId, Spot> spots) {
    public static final Placement EMPTY = new Placement(Map.of());

    public Placement {
        spots = Collections.unmodifiableMap(new TreeMap<>(spots));
    }

    Placement with(Map<NodeId, Spot> moved) {
        Map<NodeId, Spot> copy = new TreeMap<>(spots);
        copy.putAll(moved);
        return new Placement(copy);
    }

    Placement without(Collection<NodeId> gone) {
        Map<NodeId, Spot> copy = new TreeMap<>(spots);
        copy.keySet().removeAll(gone);
        return new Placement(copy);
    }
}
