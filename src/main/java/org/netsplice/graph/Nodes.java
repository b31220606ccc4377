package org.netsplice.graph;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.Iterators;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Nodes by their identity, in order; an immutable map. One with some nodes replaced, added or left out shares its indices with the
 * one it was made from, and all nodes that are the same, so that an edit of one node costs little however large the graph is.
 */
final class Nodes extends AbstractMap<NodeId, Node> {
    /** So many changes are looked through before there is a new index. */
    private static final int MOST = 64;

    private final Slots slots;
    private final ChunkedList<Node> inOrder;

    /** Where names were indexed last; this one itself when that is here. */
    private final Nodes named;
    /** How many changes ago. */
    private final int changes;

    private final Supplier<Map<String, NodeId>> first = Suppliers.memoize(this::makeFirst);
    private final Calls calls;

    /** Where it was known last who reads whom, until it is known here. */
    private Nodes wired;

    private Sources sources;

    private Nodes(Slots slots, ChunkedList<Node> inOrder) {
        this.slots = slots;
        this.inOrder = inOrder;
        this.named = this;
        this.changes = 0;
        this.calls = Calls.of(inOrder);
    }

    private Nodes(Slots slots, ChunkedList<Node> inOrder, Nodes before, Collection<Node> gone, Collection<Node> come) {
        this.slots = slots;
        this.inOrder = inOrder;
        int changed = before.changes + Math.max(gone.size(), come.size());
        boolean few = changed <= MOST;
        this.named = few ? before.named : this;
        this.changes = few ? changed : 0;
        this.calls = few ? before.calls.after(gone, come) : Calls.of(inOrder);
        this.wired = before.knownWires();
    }

    /** A copy, in the order of the map, each node under its own identity; no copy of what cannot change. */
    static Nodes copyOf(Map<NodeId, Node> nodes) {
        if (nodes instanceof Nodes same) {
            return same;
        }
        nodes.forEach((id, node) -> {
            if (!id.equals(node.id())) {
                throw new IllegalArgumentException("node " + node.id().number() + " stands under " + id.number());
            }
        });
        ChunkedList<Node> inOrder = ChunkedList.copyOf(nodes.values());
        return new Nodes(Slots.of(inOrder), inOrder);
    }

    /** The same with nodes replaced where they stand, and those that are new at the end, in their order. */
    Nodes with(Collection<Node> changed) {
        ChunkedList.Copy<Node> copy = inOrder.copy();
        List<NodeId> added = new ArrayList<>();
        List<Node> replaced = new ArrayList<>();
        for (Node node : changed) {
            int place = place(node.id());
            if (place < 0) {
                copy.add(node);
                added.add(node.id());
            } else {
                replaced.add(copy.get(place));
                copy.set(place, node);
            }
        }
        ChunkedList<Node> next = copy.done();
        return new Nodes(slots.with(added, next), next, this, replaced, changed);
    }

    /** The same without some nodes. */
    Nodes without(Set<NodeId> gone) {
        int[] places = gone.stream()
                .mapToInt(this::place)
                .filter(place -> place >= 0)
                .sorted()
                .toArray();
        if (places.length == 0) {
            return this;
        }
        ChunkedList<Node> next = inOrder.without(places);
        List<Node> left = Arrays.stream(places).mapToObj(inOrder::get).toList();
        return new Nodes(slots.without(places, next), next, this, left, List.of());
    }

    private Map<String, NodeId> makeFirst() {
        Map<String, NodeId> found = new HashMap<>();
        inOrder.forEach(node -> found.putIfAbsent(node.name(), node.id()));
        return found;
    }

    /** How many nodes call each layer. */
    Calls calls() {
        return calls;
    }

    /** The first node with a name. */
    @SuppressWarnings("ReferenceEquality")
    Optional<Node> named(String name) {
        NodeId known = named.first.get().get(name);
        Node there = known == null ? null : get(known);
        if (known != null && (there == null || !there.name().equals(name))) {
            return inOrder.stream().filter(node -> node.name().equals(name)).findFirst();
        }
        List<Node> others = named == this ? List.of() : notIn(named);
        return Stream.concat(Stream.ofNullable(there), others.stream())
                .filter(node -> node.name().equals(name))
                .min(Comparator.comparingInt(node -> place(node.id())));
    }

    /** Some of the nodes, in the order of all; those that are not there are left out. */
    List<Node> inOrder(Collection<NodeId> some) {
        int[] found = some.stream()
                .mapToInt(this::place)
                .filter(place -> place >= 0)
                .sorted()
                .toArray();
        return Arrays.stream(found).mapToObj(inOrder::get).toList();
    }

    /** Where a node stands, counted from 0; −1 when it is not there. */
    int place(Object id) {
        return slots.place(id);
    }

    private synchronized Nodes knownWires() {
        return sources == null ? wired : this;
    }

    /** Who reads whom; found out when it is first asked for, from where it was known last. */
    synchronized Sources sources() {
        if (sources == null) {
            sources = wired == null ? Sources.of(this) : Sources.of(this, wired, wired.sources());
            wired = null;
        }
        return sources;
    }

    /** Whether the same identities stand in the same order. */
    boolean sameOrder(Nodes other) {
        return slots.same(other.slots)
                || (size() == other.size() && overlap(other).first() == size());
    }

    /** What the orders of two have in common. */
    Overlap overlap(Nodes other) {
        int most = Math.min(size(), other.size());
        int first = slots.first(other.slots);
        while (first < most && sameId(inOrder.get(first), other.inOrder.get(first))) {
            first++;
        }
        int last = Math.min(most - first, slots.last(other.slots));
        while (last < most - first
                && sameId(inOrder.get(size() - 1 - last), other.inOrder.get(other.size() - 1 - last))) {
            last++;
        }
        return new Overlap(first, last);
    }

    /** The nodes that only one of two has; none when the others stand in another order, or some have come and some have gone. */
    Optional<List<Node>> extra(Nodes other) {
        Overlap overlap = overlap(other);
        List<Node> larger = size() < other.size() ? other.inOrder : inOrder;
        boolean others = overlap.first() + overlap.last() == Math.min(size(), other.size());
        return others ? Optional.of(larger.subList(overlap.first(), larger.size() - overlap.last())) : Optional.empty();
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean sameId(Node one, Node two) {
        return one == two || one.id().equals(two.id());
    }

    /** The nodes that another map does not have, or not as they are here; in order. */
    List<Node> notIn(Nodes other) {
        Overlap overlap = overlap(other);
        int behind = size() - overlap.last();
        int shift = other.size() - size();
        List<Node> found = new ArrayList<>();
        for (int place : inOrder.differing(0, other.inOrder, 0, overlap.first())) {
            addUnlessSame(inOrder.get(place), other.inOrder.get(place), found);
        }
        for (int place = overlap.first(); place < behind; place++) {
            addUnlessSame(inOrder.get(place), other.get(inOrder.get(place).id()), found);
        }
        for (int place : inOrder.differing(behind, other.inOrder, behind + shift, overlap.last())) {
            addUnlessSame(inOrder.get(place), other.inOrder.get(place + shift), found);
        }
        return found;
    }

    private static void addUnlessSame(Node node, Node there, List<Node> found) {
        if (!node.equals(there)) {
            found.add(node);
        }
    }

    @Override
    public ChunkedList<Node> values() {
        return inOrder;
    }

    @Override
    public Set<NodeId> keySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<NodeId> iterator() {
                return Iterators.transform(inOrder.iterator(), Node::id);
            }

            @Override
            public boolean contains(Object id) {
                return containsKey(id);
            }

            @Override
            public int size() {
                return inOrder.size();
            }
        };
    }

    @Override
    public Node get(Object id) {
        int place = place(id);
        return place < 0 ? null : inOrder.get(place);
    }

    @Override
    public boolean containsKey(Object id) {
        return place(id) >= 0;
    }

    @Override
    public int size() {
        return inOrder.size();
    }

    @Override
    public Set<Entry<NodeId, Node>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<NodeId, Node>> iterator() {
                return Iterators.transform(inOrder.iterator(), node -> Map.entry(node.id(), node));
            }

            @Override
            public int size() {
                return inOrder.size();
            }
        };
    }

    @Override
    public boolean equals(Object other) {
        if (other instanceof Nodes same && sameOrder(same)) {
            return inOrder.equals(same.inOrder);
        }
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
