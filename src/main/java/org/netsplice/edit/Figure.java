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
 * How the figure of a document, the picture for a paper, differs from its diagram.
 *
 * @param labels names that are shown instead of the layers' own
 * @param plain layers that are shown without details
 * @param colors colours of networks, numbered from 0
 * @param notes texts beside the networks, numbered
 */
public record Figure(
        Map<NodeId, String> labels, Set<NodeId> plain, Map<GroupId, Integer> colors, Map<Long, Note> notes) {
    /** A figure like the diagram. */
    public static final Figure EMPTY = new Figure(Map.of(), Set.of(), Map.of(), Map.of());

    /** A text of one line or several, and where its upper left corner is. */
    public record Note(String text, Spot place) {}

    public Figure {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        plain = Collections.unmodifiableSortedSet(new TreeSet<>(plain));
        colors = Collections.unmodifiableMap(new TreeMap<>(colors));
        notes = Collections.unmodifiableMap(new TreeMap<>(notes));
    }

    /** The same with a label; an empty one gives the layer its own name back. */
    public Figure withLabel(NodeId node, String label) {
        Map<NodeId, String> copy = new TreeMap<>(labels);
        if (label.isBlank()) {
            copy.remove(node);
        } else {
            copy.put(node, label);
        }
        return new Figure(copy, plain, colors, notes);
    }

    /** The same with the details of layers hidden or shown. */
    public Figure withPlain(Collection<NodeId> nodes, boolean hidden) {
        Set<NodeId> copy = new TreeSet<>(plain);
        if (hidden) {
            copy.addAll(nodes);
        } else {
            copy.removeAll(nodes);
        }
        return new Figure(labels, copy, colors, notes);
    }

    public Figure withColor(GroupId network, int color) {
        Map<GroupId, Integer> copy = new TreeMap<>(colors);
        copy.put(network, color);
        return new Figure(labels, plain, copy, notes);
    }

    /** The same with a note; one without a text is removed. */
    public Figure withNote(long number, Note note) {
        Map<Long, Note> copy = new TreeMap<>(notes);
        if (note.text().isBlank()) {
            copy.remove(number);
        } else {
            copy.put(number, note);
        }
        return new Figure(labels, plain, colors, copy);
    }

    /** A number no note has. */
    public long nextNote() {
        return notes.keySet().stream().mapToLong(Long::longValue).max().orElse(0) + 1;
    }

    Figure without(Collection<NodeId> gone) {
        Map<NodeId, String> left = new TreeMap<>(labels);
        left.keySet().removeAll(gone);
        Set<NodeId> still = new TreeSet<>(plain);
        still.removeAll(gone);
        return new Figure(left, still, colors, notes);
    }

    Figure of(Set<GroupId> groups) {
        Map<GroupId, Integer> left = new TreeMap<>(colors);
        left.keySet().retainAll(groups);
        return new Figure(labels, plain, left, notes);
    }
}
