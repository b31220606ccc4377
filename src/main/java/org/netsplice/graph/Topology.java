package org.netsplice.graph;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Supplier;
import org.jgrapht.alg.connectivity.ConnectivityInspector;
import org.jgrapht.alg.cycle.CycleDetector;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.DirectedMultigraph;
import org.jgrapht.traverse.BreadthFirstIterator;

/** Questions about who feeds whom, answered over a read-only view of a graph. May be used by several threads. */
public final class Topology {
    private final Graph graph;
    private final Wires wires;

    /** What depends on the wires and outputs of a graph only; each part is made when it is first asked for. */
    private static final class Wires {
        private final Graph graph;
        private final Supplier<Map<Port, List<NodeId>>> readers = Suppliers.memoize(this::makeReaders);
        private final Supplier<DirectedMultigraph<NodeId, DefaultEdge>> edges = Suppliers.memoize(this::makeEdges);
        /** Of each node the nodes it reads, by their places in the graph; −1 for those that are not there. */
        private final Supplier<int[][]> sources = Suppliers.memoize(this::makeSources);

        private final Supplier<Boolean> ordered = Suppliers.memoize(this::isOrdered);
        /** The places in the graph of all nodes, each after its sources; of fewer nodes when there is a cycle. */
        private final Supplier<List<Integer>> order = Suppliers.memoize(this::makeOrder);
        /** Where in that order the node of each place is. */
        private final Supplier<int[]> ranks = Suppliers.memoize(this::makeRanks);

        /** The places of the nodes that outputs depend on. */
        private final Supplier<BitSet> needed = Suppliers.memoize(this::makeNeeded);

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

        private int[][] makeSources() {
            int[][] found = new int[graph.nodes().size()][];
            int place = 0;
            for (Node node : graph.nodes().values()) {
                found[place] = new int[node.inputs().size()];
                for (int i = 0; i < node.inputs().size(); i++) {
                    found[place][i] = graph.place(node.inputs().get(i).node());
                }
                place++;
            }
            return found;
        }

        /** Whether every node stands after those that feed it. */
        private boolean isOrdered() {
            int[][] read = sources.get();
            for (int place = 0; place < read.length; place++) {
                for (int source : read[place]) {
                    if (source >= place) {
                        return false;
                    }
                }
            }
            return true;
        }

        /** Takes the first node of which all sources were taken, until there is none (A. B. Kahn, 1962). */
        private List<Integer> makeOrder() {
            int[][] read = sources.get();
            List<List<Integer>> reading = new ArrayList<>(read.length);
            int[] waiting = new int[read.length];
            for (int place = 0; place < read.length; place++) {
                reading.add(new ArrayList<>(2));
            }
            PriorityQueue<Integer> ready = new PriorityQueue<>();
            for (int place = 0; place < read.length; place++) {
                for (int source : read[place]) {
                    if (source >= 0) {
                        reading.get(source).add(place);
                        waiting[place]++;
                    }
                }
                if (waiting[place] == 0) {
                    ready.add(place);
                }
            }
            List<Integer> taken = new ArrayList<>(read.length);
            while (!ready.isEmpty()) {
                int place = ready.remove();
                taken.add(place);
                for (int reader : reading.get(place)) {
                    waiting[reader]--;
                    if (waiting[reader] == 0) {
                        ready.add(reader);
                    }
                }
            }
            return taken;
        }

        private int[] makeRanks() {
            int[] found = new int[sources.get().length];
            for (int rank = 0; rank < order.get().size(); rank++) {
                found[order.get().get(rank)] = rank;
            }
            return found;
        }

        private BitSet makeNeeded() {
            return reached(
                    graph.outputs().stream().map(output -> output.port().node()).toList());
        }

        private Set<NodeId> upstream(Collection<NodeId> from) {
            List<Node> nodes = List.copyOf(graph.nodes().values());
            Set<NodeId> found = new HashSet<>();
            reached(from).stream().forEach(place -> found.add(nodes.get(place).id()));
            return found;
        }

        /** The places of nodes and of everything they depend on. */
        private BitSet reached(Collection<NodeId> from) {
            int[][] read = sources.get();
            BitSet seen = new BitSet(read.length);
            Deque<Integer> left = new ArrayDeque<>();
            from.forEach(id -> left.push(graph.place(id)));
            while (!left.isEmpty()) {
                int place = left.pop();
                if (place >= 0 && !seen.get(place)) {
                    seen.set(place);
                    for (int source : read[place]) {
                        left.push(source);
                    }
                }
            }
            return seen;
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
        if (wires.ordered.get() || wires.order.get().size() == graph.nodes().size()) {
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
        List<Node> nodes = ImmutableList.copyOf(graph.nodes().values());
        return wires.ordered.get()
                ? nodes
                : wires.order.get().stream().map(nodes::get).toList();
    }

    /** Where a node stands in that order; -1 for a node that is not there. */
    public int place(NodeId node) {
        int place = graph.place(node);
        return place < 0 || wires.ordered.get() ? place : wires.ranks.get()[place];
    }

    /** The node and everything it depends on. */
    public Set<NodeId> upstream(NodeId node) {
        return wires.upstream(List.of(node));
    }

    /** The node and everything it depends on, in the order of the graph. */
    public List<Node> feeding(NodeId node) {
        List<Node> nodes = ImmutableList.copyOf(graph.nodes().values());
        return wires.reached(List.of(node)).stream().mapToObj(nodes::get).toList();
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
        return wires.upstream(
                graph.outputs().stream().map(output -> output.port().node()).toList());
    }

    /** Whether an output of the graph depends on a node of it. */
    public boolean needs(NodeId node) {
        return wires.needed.get().get(graph.place(node));
    }

    /** Whether the outputs of the graph depend on all of its nodes. */
    public boolean needsAll() {
        return wires.needed.get().cardinality() == graph.nodes().size();
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
