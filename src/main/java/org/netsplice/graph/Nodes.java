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
import java.util.Objects;
import java.util.Set;

/**
 * Nodes by their identity, in order; an immutable map. A map with some nodes replaced shares its index with the one it was made
 * from, and comparing the two looks at the references only, so that an edit of one node costs little however large the graph is.
 */
final class Nodes extends AbstractMap<NodeId, Node> {
    private final ImmutableMap<NodeId, Integer> places;
    private final ImmutableList<Node> inOrder;

    private Nodes(ImmutableMap<NodeId, Integer> places, ImmutableList<Node> inOrder) {
        this.places = places;
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
        ImmutableMap.Builder<NodeId, Integer> places = ImmutableMap.builderWithExpectedSize(inOrder.size());
        for (int i = 0; i < inOrder.size(); i++) {
            places.put(inOrder.get(i).id(), i);
        }
        return new Nodes(places.buildOrThrow(), inOrder);
    }

    /** The same with nodes replaced where they stand, and those that are new at the end, in their order. */
    Nodes with(Collection<Node> changed) {
        List<Node> copy = new ArrayList<>(inOrder);
        for (Node node : changed) {
            Integer place = places.get(node.id());
            if (place == null) {
                copy.add(node);
            } else {
                copy.set(place, node);
            }
        }
        ImmutableList<Node> next = ImmutableList.copyOf(copy);
        return next.size() == inOrder.size() ? new Nodes(places, next) : of(next);
    }

    /** Some of the nodes, in the order of all; those that are not there are left out. */
    List<Node> inOrder(Collection<NodeId> some) {
        int[] found = some.stream()
                .map(places::get)
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        return Arrays.stream(found).mapToObj(inOrder::get).toList();
    }

    /** Where a node stands, counted from 0; −1 when it is not there. */
    int place(NodeId id) {
        Integer place = places.get(id);
        return place == null ? -1 : place;
    }

    /** Whether the same identities stand in the same order. */
    boolean sameOrder(Nodes other) {
        return places.equals(other.places);
    }

    /** The nodes that another map does not have, or not as they are here; in order. */
    List<Node> notIn(Nodes other) {
        boolean same = sameOrder(other);
        List<Node> found = new ArrayList<>();
        for (int i = 0; i < inOrder.size(); i++) {
            Node node = inOrder.get(i);
            Node there = same ? other.inOrder.get(i) : other.get(node.id());
            if (!Objects.equals(node, there)) {
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
        return places.keySet();
    }

    @Override
    public Node get(Object id) {
        Integer place = places.get(id);
        return place == null ? null : inOrder.get(place);
    }

    @Override
    public boolean containsKey(Object id) {
        return places.containsKey(id);
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
