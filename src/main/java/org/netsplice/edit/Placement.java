package org.netsplice.edit;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.NodeId;

/**
 * The changes that the user made to the picture by hand.
 *
 * @param spots where nodes were put: their upper left corners; all others are placed by the layout
 * @param folded groups drawn as one box
 * @param boxes where boxes of folded groups were put
 * @param figure how the figure differs from the diagram
 */
public record Placement(Map<NodeId, Spot> spots, Set<GroupId> folded, Map<GroupId, Spot> boxes, Figure figure) {
    /** Everything where the layout puts it. */
    public static final Placement EMPTY = new Placement(Map.of(), Set.of(), Map.of(), Figure.EMPTY);

    public Placement {
        spots = Collections.unmodifiableMap(new TreeMap<>(spots));
        folded = Collections.unmodifiableSortedSet(new TreeSet<>(folded));
        boxes = Collections.unmodifiableMap(new TreeMap<>(boxes));
    }

    /** The same with some layers at other places. */
    public Placement with(Map<NodeId, Spot> moved) {
        Map<NodeId, Spot> copy = new TreeMap<>(spots);
        copy.putAll(moved);
        return new Placement(copy, folded, boxes, figure);
    }

    /** The same with another figure. */
    public Placement with(Figure other) {
        return new Placement(spots, folded, boxes, other);
    }

    /** The same with boxes of some folded groups at other places. */
    public Placement withBoxes(Map<GroupId, Spot> moved) {
        Map<GroupId, Spot> copy = new TreeMap<>(boxes);
        copy.putAll(moved);
        return new Placement(spots, folded, copy, figure);
    }

    /** The same with exactly these groups folded. */
    public Placement withFolded(Set<GroupId> others) {
        return new Placement(spots, others, boxes, figure);
    }

    /** The same without some layers. */
    public Placement without(Collection<NodeId> gone) {
        Map<NodeId, Spot> copy = new TreeMap<>(spots);
        copy.keySet().removeAll(gone);
        return new Placement(copy, folded, boxes, figure.without(gone));
    }

    /** The same without groups that are no longer there. */
    Placement of(Set<GroupId> groups) {
        if (groups.containsAll(folded)
                && groups.containsAll(boxes.keySet())
                && groups.containsAll(figure.colors().keySet())) {
            return this;
        }
        Set<GroupId> left = new TreeSet<>(folded);
        left.retainAll(groups);
        Map<GroupId, Spot> copy = new TreeMap<>(boxes);
        copy.keySet().retainAll(groups);
        return new Placement(spots, left, copy, figure.of(groups));
    }
}
