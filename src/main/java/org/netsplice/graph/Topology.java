package org.netsplice.graph;

import com.google.common.base.Suppliers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
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

/**
 * Answers who feeds whom in a graph; each part of the answer is made when it is first asked for. May be used by several
 * threads.
 */
public final class Topology {
    private final Graph graph;
    /** Places of nodes, each after its sources; fewer than all when there is a cycle. */
    private final Supplier<int[]> order =
            Suppliers.memoize(() -> this.adjacency().order());

    private final Supplier<Map<Port, List<NodeId>>> readers = Suppliers.memoize(this::makeReaders);
    /** Places of the nodes that outputs of the graph depend on. */
    private final Supplier<BitSet> needed = Suppliers.memoize(this::makeNeeded);

    private Topology(Graph graph) {
        this.graph = graph;
    }

    /** The topology of a graph. */
    public static Topology of(Graph graph) {
        return new Topology(graph);
    }

    private Adjacency adjacency() {
        return graph.adjacency();
    }

    /** The nodes that lie on a cycle; empty in every graph that edits make. */
    public Set<NodeId> cycle() {
        if (order.get().length == graph.nodes().size()) {
            return Set.of();
        }
        Set<NodeId> cycle = new HashSet<>(new CycleDetector<>(edges()).findCycles());
        graph.inOrder().stream()
                .filter(node ->
                        node.inputs().stream().anyMatch(port -> port.node().equals(node.id())))
                .forEach(node -> cycle.add(node.id()));
        return cycle;
    }

    /** The wires as JGraphT sees them, without those from a node to itself. */
    private DirectedMultigraph<NodeId, DefaultEdge> edges() {
        DirectedMultigraph<NodeId, DefaultEdge> edges = new DirectedMultigraph<>(DefaultEdge.class);
        graph.nodes().keySet().forEach(edges::addVertex);
        for (Node node : graph.inOrder()) {
            for (Port port : node.inputs()) {
                if (!port.node().equals(node.id()) && graph.nodes().containsKey(port.node())) {
                    edges.addEdge(port.node(), node.id());
                }
            }
        }
        return edges;
    }

    /** Every node after the nodes that feed it; ties in the order of the graph. The graph has no cycle. */
    public List<Node> order() {
        return Arrays.stream(order.get()).mapToObj(graph.inOrder()::get).toList();
    }

    /** The node and everything it depends on. */
    public Set<NodeId> upstream(NodeId node) {
        return upstream(Set.of(node));
    }

    /** The nodes and everything they depend on. */
    public Set<NodeId> upstream(Set<NodeId> nodes) {
        return ids(adjacency().upstream(places(nodes)));
    }

    /** The node and everything that depends on it. */
    public Set<NodeId> downstream(NodeId node) {
        return downstream(Set.of(node));
    }

    /** The nodes and everything that depends on them. */
    public Set<NodeId> downstream(Set<NodeId> nodes) {
        return ids(adjacency().downstream(places(nodes)));
    }

    private int[] places(Collection<NodeId> nodes) {
        return nodes.stream().mapToInt(graph::place).toArray();
    }

    private List<Node> nodes(BitSet places) {
        return places.stream().mapToObj(graph.inOrder()::get).toList();
    }

    private Set<NodeId> ids(BitSet places) {
        Set<NodeId> found = new HashSet<>();
        nodes(places).forEach(node -> found.add(node.id()));
        return found;
    }

    /** Whether an edge from one node to another would close a cycle. */
    public boolean wouldClose(NodeId from, NodeId to) {
        return from.equals(to) || downstream(to).contains(from);
    }

    /** The nodes that read a port, one entry for each time they read it. */
    public List<NodeId> readers(Port port) {
        return readers.get().getOrDefault(port, List.of());
    }

    private Map<Port, List<NodeId>> makeReaders() {
        Map<Port, List<NodeId>> found = new HashMap<>();
        for (Node node : graph.inOrder()) {
            for (Port port : node.inputs()) {
                found.computeIfAbsent(port, key -> new ArrayList<>()).add(node.id());
            }
        }
        return found;
    }

    /** Sets of nodes without a connection between them. */
    public List<Set<NodeId>> components() {
        return new ConnectivityInspector<>(edges()).connectedSets();
    }

    /** Everything the outputs of the graph depend on. */
    public Set<NodeId> needed() {
        return ids(needed.get());
    }

    private BitSet makeNeeded() {
        return adjacency()
                .upstream(places(graph.outputs().stream()
                        .map(output -> output.port().node())
                        .toList()));
    }

    /** The nodes no output of the graph depends on, in the order of the graph. */
    public List<Node> unneeded() {
        BitSet unneeded = new BitSet();
        unneeded.set(0, graph.nodes().size());
        unneeded.andNot(needed.get());
        return nodes(unneeded);
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
