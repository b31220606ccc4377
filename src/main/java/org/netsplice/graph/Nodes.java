package org.netsplice.graph;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterators;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Nodes by their identity, in order; an immutable map. A map with some nodes replaced shares its index with the one it was made
 * from, and comparing the two looks at the references only, so that an edit of one node costs little however large the graph is.
 */
final class Nodes extends AbstractMap<NodeId, Node> {
    /** So many nodes may stand in the small index behind the large one before both are made one. */
    private static final int MOST_LATER = 64;

    private final ImmutableMap<NodeId, Integer> places;
    /** The places of nodes that were added since the large index was made. */
    private final ImmutableMap<NodeId, Integer> later;

    private final ImmutableList<Node> inOrder;

    private Nodes(
            ImmutableMap<NodeId, Integer> places, ImmutableMap<NodeId, Integer> later, ImmutableList<Node> inOrder) {
        this.places = places;
        this.later = later;
        this.inOrder = inOrder;
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
        return of(ImmutableList.copyOf(nodes.values()));
    }

    private static Nodes of(ImmutableList<Node> inOrder) {
        return new Nodes(index(inOrder, 0), ImmutableMap.of(), inOrder);
    }

    /** The places of all nodes from one on. */
    private static ImmutableMap<NodeId, Integer> index(List<Node> nodes, int from) {
        ImmutableMap.Builder<NodeId, Integer> places = ImmutableMap.builderWithExpectedSize(nodes.size() - from);
        for (int i = from; i < nodes.size(); i++) {
            places.put(nodes.get(i).id(), i);
        }
        return places.buildOrThrow();
    }

    /** The same with nodes replaced where they stand, and those that are new at the end, in their order. */
    Nodes with(Collection<Node> changed) {
        List<Node> copy = new ArrayList<>(inOrder);
        for (Node node : changed) {
            int place = place(node.id());
            if (place < 0) {
                copy.add(node);
            } else {
                copy.set(place, node);
            }
        }
        ImmutableList<Node> next = ImmutableList.copyOf(copy);
        if (next.size() == inOrder.size()) {
            return new Nodes(places, later, next);
        }
        boolean few = next.size() - places.size() <= MOST_LATER;
        return few ? new Nodes(places, index(next, places.size()), next) : of(next);
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
        Integer place = places.get(id);
        if (place == null && !later.isEmpty()) {
            place = later.get(id);
        }
        return place == null ? -1 : place;
    }

    /** Whether the same identities stand in the same order. */
    @SuppressWarnings("ReferenceEquality")
    boolean sameOrder(Nodes other) {
        return (places == other.places && later == other.later)
                || (size() == other.size() && overlap(other).first() == size());
    }

    /** What the orders of two have in common. */
    @SuppressWarnings("ReferenceEquality")
    Overlap overlap(Nodes other) {
        int most = Math.min(size(), other.size());
        int first = places == other.places ? Math.min(most, places.size()) : 0;
        while (first < most && sameId(inOrder.get(first), other.inOrder.get(first))) {
            first++;
        }
        int last = 0;
        while (last < most - first
                && sameId(inOrder.get(size() - 1 - last), other.inOrder.get(other.size() - 1 - last))) {
            last++;
        }
        return new Overlap(first, last);
    }

    /** The nodes that only one of two has; none when the others stand in another order, or some have come and some have gone. */
    Optional<List<Node>> extra(Nodes other) {
        Overlap overlap = overlap(other);
        ImmutableList<Node> larger = size() < other.size() ? other.inOrder : inOrder;
        boolean others = overlap.first() + overlap.last() == Math.min(size(), other.size());
        return others ? Optional.of(larger.subList(overlap.first(), larger.size() - overlap.last())) : Optional.empty();
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean same(Node one, Node two) {
        return one == two || one.equals(two);
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean sameId(Node one, Node two) {
        return one == two || one.id().equals(two.id());
    }

    /** The nodes that another map does not have, or not as they are here; in order. */
    List<Node> notIn(Nodes other) {
        Overlap overlap = overlap(other);
        List<Node> found = new ArrayList<>();
        int size = size();
        for (int i = 0; i < size; i++) {
            Node node = inOrder.get(i);
            int place = overlap.place(i, size, other.size());
            Node there = place < 0 ? other.get(node.id()) : other.inOrder.get(place);
            if (!same(node, there)) {
                found.add(node);
            }
        }
        return found;
    }

    @Override
    public ImmutableList<Node> values() {
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
