package org.netsplice.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jgrapht.alg.connectivity.ConnectivityInspector;
import org.jgrapht.alg.cycle.CycleDetector;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.DirectedMultigraph;
import org.jgrapht.traverse.BreadthFirstIterator;
import org.jgrapht.traverse.TopologicalOrderIterator;

/** Questions about who feeds whom, answered over a read-only view of a graph. */
public final class Topology {
    private final Graph graph;
    private final Map<Port, List<NodeId>> readers = new HashMap<>();
    private final boolean ordered;
    private DirectedMultigraph<NodeId, DefaultEdge> edges;

    private Topology(Graph graph) {
        this.graph = graph;
        Set<NodeId> before = new HashSet<>();
        boolean all = true;
        for (Node node : graph.nodes().values()) {
            for (Port port : node.inputs()) {
                readers.computeIfAbsent(port, key -> new ArrayList<>()).add(node.id());
                all &= before.contains(port.node()) || !graph.nodes().containsKey(port.node());
            }
            before.add(node.id());
        }
        ordered = all;
    }

    /** The wires as JGraphT sees them, without those from a node to itself. */
    private DirectedMultigraph<NodeId, DefaultEdge> edges() {
        if (edges == null) {
            edges = new DirectedMultigraph<>(DefaultEdge.class);
            graph.nodes().keySet().forEach(edges::addVertex);
            for (Node node : graph.nodes().values()) {
                for (Port port : node.inputs()) {
                    if (!port.node().equals(node.id()) && graph.nodes().containsKey(port.node())) {
                        edges.addEdge(port.node(), node.id());
                    }
                }
            }
        }
        return edges;
    }

    /** The view of a graph. */
    public static Topology of(Graph graph) {
        return new Topology(graph);
    }

    /** The nodes that lie on a cycle; empty in every graph that edits make. */
    public Set<NodeId> cycle() {
        if (ordered) {
            return Set.of();
        }
        Set<NodeId> cycle = new HashSet<>(new CycleDetector<>(edges()).findCycles());
        graph.nodes().values().stream()
                .filter(node ->
                        node.inputs().stream().anyMatch(port -> port.node().equals(node.id())))
                .forEach(node -> cycle.add(node.id()));
        return cycle;
    }

    /** Every node after the nodes that feed it; ties in the order of the graph. The graph has no cycle. */
    public List<Node> order() {
        if (ordered) {
            return List.copyOf(graph.nodes().values());
        }
        Map<NodeId, Integer> position = new HashMap<>();
        graph.nodes().keySet().forEach(id -> position.put(id, position.size()));
        List<Node> order = new ArrayList<>();
        new TopologicalOrderIterator<>(edges(), Comparator.comparing(position::get))
                .forEachRemaining(id -> order.add(graph.node(id)));
        return order;
    }

    /** The node and everything it depends on. */
    public Set<NodeId> upstream(NodeId node) {
        return upstream(List.of(node));
    }

    /** The node and everything that depends on it. */
    public Set<NodeId> downstream(NodeId node) {
        return reachable(new BreadthFirstIterator<>(edges(), node));
    }

    private static Set<NodeId> reachable(BreadthFirstIterator<NodeId, DefaultEdge> walk) {
        Set<NodeId> found = new HashSet<>();
        walk.forEachRemaining(found::add);
        return found;
    }

    /** Whether an edge from one node to another would close a cycle. */
    public boolean wouldClose(NodeId from, NodeId to) {
        return from.equals(to) || downstream(to).contains(from);
    }

    /** The nodes that read a port, one entry for each time they read it. */
    public List<NodeId> readers(Port port) {
        return readers.getOrDefault(port, List.of());
    }

    /** Sets of nodes without a connection between them. */
    public List<Set<NodeId>> components() {
        return new ConnectivityInspector<>(edges()).connectedSets();
    }

    /** Everything the outputs of the graph depend on. */
    public Set<NodeId> needed() {
        return upstream(
                graph.outputs().stream().map(output -> output.port().node()).toList());
    }

    private Set<NodeId> upstream(List<NodeId> from) {
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
