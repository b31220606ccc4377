package org.netsplice.graph;

import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Nodes of a group in the order of their identity; an immutable set that one with some more or fewer shares the others with. */
final class Members extends AbstractSet<NodeId> {
    /** None. */
    static final Members NONE = new Members(Sorted.<NodeId, NodeId>of(Set.of(), Function.identity()));

    private final Sorted<NodeId, NodeId> nodes;

    private Members(Sorted<NodeId, NodeId> nodes) {
        this.nodes = nodes;
    }

    /** A copy; no copy of what cannot change. */
    static Members copyOf(Set<NodeId> nodes) {
        return nodes instanceof Members same ? same : new Members(Sorted.of(nodes, Function.identity()));
    }

    /** The same with one more. */
    Members with(NodeId node) {
        return contains(node) ? this : new Members(nodes.with(node));
    }

    /** The same without some; this one when none of them is in it. */
    @SuppressWarnings("ReferenceEquality")
    Members without(Set<NodeId> gone) {
        Collection<NodeId> some = gone.size() > size() ? this.in(gone) : gone;
        Sorted<NodeId, NodeId> left = nodes.without(some);
        return left == nodes ? this : new Members(left);
    }

    private Collection<NodeId> in(Set<NodeId> others) {
        Set<NodeId> both = new LinkedHashSet<>(this);
        both.retainAll(others);
        return both;
    }

    /** Names those that are only here and those that are only among others, in order. */
    void compare(Members others, Consumer<NodeId> here, Consumer<NodeId> there) {
        nodes.compare(others.nodes, here, there);
    }

    @Override
    public Iterator<NodeId> iterator() {
        return nodes.elements().iterator();
    }

    @Override
    public int size() {
        return nodes.elements().size();
    }

    @Override
    public boolean contains(Object node) {
        return node instanceof NodeId id && nodes.get(id) != null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Members members
                ? nodes.elements().equals(members.nodes.elements())
                : super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
