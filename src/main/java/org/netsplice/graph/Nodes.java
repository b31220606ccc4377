package org.netsplice.graph;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The nodes of a graph in order, with what is looked up about them; each index is made when it is first asked for. Nodes that
 * were made by replacing some share the indices that are still right. Immutable.
 */
final class Nodes {
    private final Map<NodeId, Node> byId;
    private final List<Node> inOrder;

    private final Supplier<Map<NodeId, Integer>> places;
    private final Supplier<Adjacency> adjacency;
    private final Supplier<Map<String, Node>> named = Suppliers.memoize(this::makeNamed);
    private final Supplier<Set<WeightsId>> shared = Suppliers.memoize(this::makeShared);

    private Nodes(Map<NodeId, Node> own) {
        byId = Collections.unmodifiableMap(own);
        inOrder = List.copyOf(own.values());
        places = Suppliers.memoize(this::makePlaces);
        adjacency = Suppliers.memoize(() -> Adjacency.of(this));
    }

    private Nodes(Map<NodeId, Node> own, Nodes sameIds, boolean sameWires) {
        byId = Collections.unmodifiableMap(own);
        inOrder = List.copyOf(own.values());
        places = sameIds.places;
        adjacency = sameWires ? sameIds.adjacency : Suppliers.memoize(() -> Adjacency.of(this));
    }

    /**
     * A copy in the order of the map.
     *
     * @throws IllegalArgumentException when a node stands under the identity of another
     */
    static Nodes copyOf(Map<NodeId, Node> nodes) {
        nodes.forEach((id, node) -> {
            if (!id.equals(node.id())) {
                throw new IllegalArgumentException("node " + node.id().number() + " stands under " + id.number());
            }
        });
        return new Nodes(new LinkedHashMap<>(nodes));
    }

    /** These nodes with some replaced where they stand, and new ones added at the end. */
    Nodes with(Collection<Node> changed) {
        Map<NodeId, Node> next = new LinkedHashMap<>(byId);
        boolean sameWires = true;
        for (Node node : changed) {
            Node before = next.put(node.id(), node);
            sameWires = sameWires && before != null && before.inputs().equals(node.inputs());
        }
        return next.size() == byId.size() ? new Nodes(next, this, sameWires) : new Nodes(next);
    }

    /** These nodes without some. */
    Nodes without(Set<NodeId> gone) {
        Map<NodeId, Node> next = new LinkedHashMap<>(byId);
        gone.forEach(next::remove);
        return new Nodes(next);
    }

    Map<NodeId, Node> byId() {
        return byId;
    }

    List<Node> inOrder() {
        return inOrder;
    }

    /** Some of the nodes in the order of all; identities of no node are left out. */
    List<Node> inOrder(Collection<NodeId> some) {
        List<Node> found = new ArrayList<>();
        for (NodeId id : some) {
            Node node = byId.get(id);
            if (node != null) {
                found.add(node);
            }
        }
        found.sort((one, other) -> Integer.compare(place(one.id()), place(other.id())));
        return found;
    }

    /** Where a node stands, counted from 0; −1 when it is not there. */
    int place(NodeId id) {
        return places.get().getOrDefault(id, -1);
    }

    /** The first node with a name. */
    Optional<Node> named(String name) {
        return Optional.ofNullable(named.get().get(name));
    }

    /** Whether more than one node calls the layer with these weights. */
    boolean shares(WeightsId layer) {
        return shared.get().contains(layer);
    }

    /** The readers of every node. */
    Adjacency adjacency() {
        return adjacency.get();
    }

    private Map<NodeId, Integer> makePlaces() {
        Map<NodeId, Integer> found = new HashMap<>(2 * inOrder.size());
        for (Node node : inOrder) {
            found.put(node.id(), found.size());
        }
        return found;
    }

    private Map<String, Node> makeNamed() {
        Map<String, Node> found = new HashMap<>();
        inOrder.forEach(node -> found.putIfAbsent(node.name(), node));
        return found;
    }

    private Set<WeightsId> makeShared() {
        Set<WeightsId> seen = new HashSet<>();
        Set<WeightsId> found = new HashSet<>();
        for (Node node : inOrder) {
            if (!seen.add(node.weights())) {
                found.add(node.weights());
            }
        }
        return found;
    }
}
