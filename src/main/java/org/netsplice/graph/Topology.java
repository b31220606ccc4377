package org.netsplice.graph;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jgrapht.alg.connectivity.ConnectivityInspector;
import org.jgrapht.alg.cycle.CycleDetector;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.DirectedMultigraph;
import org.jgrapht.traverse.BreadthFirstIterator;
import org.jgrapht.traverse.TopologicalOrderIterator;

/** Questions about who feeds whom, answered over a read-only view of a graph. May be used by several threads. */
public final class Topology {
    private final Graph graph;
    private final Wires wires;

    /** What depends on the wires and outputs of a graph only; each part is made when it is first asked for. */
    private static final class Wires {
        private final Graph graph;
        private final Supplier<Map<Port, List<NodeId>>> readers = Suppliers.memoize(this::makeReaders);
        private final Supplier<DirectedMultigraph<NodeId, DefaultEdge>> edges = Suppliers.memoize(this::makeEdges);
        private final Supplier<Boolean> ordered = Suppliers.memoize(this::isOrdered);
        private final Supplier<List<NodeId>> order = Suppliers.memoize(this::makeOrder);
        private final Supplier<Map<NodeId, Integer>> places = Suppliers.memoize(this::makePlaces);
        private final Supplier<Set<NodeId>> needed = Suppliers.memoize(this::makeNeeded);

        private Wires(Graph graph) {
            this.graph = graph;
        }

        private Map<Port, List<NodeId>> makeReaders() {
            Map<Port, List<NodeId>> found = new HashMap<>();
            for (Node node : graph.nodes().values()) {
                for (Port port : node.inputs()) {
                    found.computeIfAbsent(port, key -> new ArrayList<>()).add(node.id());
                }
            }
            return found;
        }

        /** As JGraphT sees them, without those from a node to itself. */
        private DirectedMultigraph<NodeId, DefaultEdge> makeEdges() {
            DirectedMultigraph<NodeId, DefaultEdge> found = new DirectedMultigraph<>(DefaultEdge.class);
            graph.nodes().keySet().forEach(found::addVertex);
            for (Node node : graph.nodes().values()) {
                for (Port port : node.inputs()) {
                    if (!port.node().equals(node.id()) && graph.nodes().containsKey(port.node())) {
                        found.addEdge(port.node(), node.id());
                    }
                }
            }
            return found;
        }

        /** Whether every node stands after those that feed it. */
        private boolean isOrdered() {
            Set<NodeId> before = new HashSet<>();
            for (Node node : graph.nodes().values()) {
                for (Port port : node.inputs()) {
                    if (!before.contains(port.node()) && graph.nodes().containsKey(port.node())) {
                        return false;
                    }
                }
                before.add(node.id());
            }
            return true;
        }

        private List<NodeId> makeOrder() {
            Map<NodeId, Integer> position = new HashMap<>();
            graph.nodes().keySet().forEach(id -> position.put(id, position.size()));
            List<NodeId> found = new ArrayList<>();
            new TopologicalOrderIterator<>(edges.get(), Comparator.comparing(position::get))
                    .forEachRemaining(found::add);
            return found;
        }

        private Map<NodeId, Integer> makePlaces() {
            Map<NodeId, Integer> found = new HashMap<>();
            (ordered.get() ? graph.nodes().keySet() : order.get()).forEach(id -> found.put(id, found.size()));
            return found;
        }

        private Set<NodeId> makeNeeded() {
            return Collections.unmodifiableSet(upstream(
                    graph.outputs().stream().map(output -> output.port().node()).toList()));
        }

        private Set<NodeId> upstream(Collection<NodeId> from) {
            Set<NodeId> found = new HashSet<>();
            Deque<NodeId> left = new ArrayDeque<>(from);
            while (!left.isEmpty()) {
                Node node = graph.nodes().get(left.pop());
                if (node != null && found.add(node.id())) {
                    node.inputs().forEach(port -> left.push(port.node()));
                }
            }
            return found;
        }
    }

    private Topology(Graph graph, Wires wires) {
        this.graph = graph;
        this.wires = wires;
    }

    /** The view of a graph. */
    public static Topology of(Graph graph) {
        return new Topology(graph, new Wires(graph));
    }

    /** The view of a graph that may have the wires and outputs of another: what is known about those is then taken over. */
    public static Topology of(Graph graph, Topology before) {
        return sameWires(graph, before.wires.graph) ? new Topology(graph, before.wires) : of(graph);
    }

    private static boolean sameWires(Graph one, Graph two) {
        return one.outputs().equals(two.outputs())
                && one.sameOrder(two)
                && one.notIn(two).stream()
                        .allMatch(
                                node -> node.inputs().equals(two.node(node.id()).inputs()));
    }

    /** Whether this view was made for the same wires and outputs as another. */
    public boolean sameWires(Topology other) {
        return wires.equals(other.wires);
    }

    /** The nodes that lie on a cycle; empty in every graph that edits make. */
    public Set<NodeId> cycle() {
        if (wires.ordered.get()) {
            return Set.of();
        }
        Set<NodeId> cycle = new HashSet<>(new CycleDetector<>(wires.edges.get()).findCycles());
        graph.nodes().values().stream()
                .filter(node ->
                        node.inputs().stream().anyMatch(port -> port.node().equals(node.id())))
                .forEach(node -> cycle.add(node.id()));
        return cycle;
    }

    /** Every node after the nodes that feed it; ties in the order of the graph. The graph has no cycle. */
    public List<Node> order() {
        return wires.ordered.get()
                ? ImmutableList.copyOf(graph.nodes().values())
                : wires.order.get().stream().map(graph::node).toList();
    }

    /** Where a node stands in that order; -1 for a node that is not there. */
    public int place(NodeId node) {
        return wires.places.get().getOrDefault(node, -1);
    }

    /** The node and everything it depends on. */
    public Set<NodeId> upstream(NodeId node) {
        return wires.upstream(List.of(node));
    }

    /** The nodes and everything they depend on. */
    public Set<NodeId> upstream(Set<NodeId> nodes) {
        return wires.upstream(nodes);
    }

    /** The node and everything that depends on it. */
    public Set<NodeId> downstream(NodeId node) {
        return downstream(Set.of(node));
    }

    /** The nodes and everything that depends on them. */
    public Set<NodeId> downstream(Set<NodeId> nodes) {
        Set<NodeId> found = new HashSet<>();
        if (!nodes.isEmpty()) {
            new BreadthFirstIterator<>(wires.edges.get(), nodes).forEachRemaining(found::add);
        }
        return found;
    }

    /** Whether an edge from one node to another would close a cycle. */
    public boolean wouldClose(NodeId from, NodeId to) {
        return from.equals(to) || downstream(to).contains(from);
    }

    /** The nodes that read a port, one entry for each time they read it. */
    public List<NodeId> readers(Port port) {
        return wires.readers.get().getOrDefault(port, List.of());
    }

    /** Sets of nodes without a connection between them. */
    public List<Set<NodeId>> components() {
        return new ConnectivityInspector<>(wires.edges.get()).connectedSets();
    }

    /** Everything the outputs of the graph depend on. */
    public Set<NodeId> needed() {
        return wires.needed.get();
    }

    /** Whether two groups have the same layers, wired in the same way; names and weights may differ. */
    public boolean sameArchitecture(GroupId first, GroupId second) {
        List<Node> one = graph.nodesIn(first);
        List<Node> two = graph.nodesIn(second);
        if (one.size() != two.size()) {
            return false;
        }
        Map<NodeId, NodeId> twin = new HashMap<>();
        for (int i = 0; i < one.size(); i++) {
            twin.put(one.get(i).id(), two.get(i).id());
        }
        for (int i = 0; i < one.size(); i++) {
            List<Port> mapped = one.get(i).inputs().stream()
                    .map(port -> new Port(twin.getOrDefault(port.node(), port.node()), port.index()))
                    .toList();
            if (!one.get(i).layer().equals(two.get(i).layer())
                    || !mapped.equals(two.get(i).inputs())) {
                return false;
            }
        }
        return true;
    }
}
