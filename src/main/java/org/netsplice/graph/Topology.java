package org.netsplice.graph;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jgrapht.alg.connectivity.ConnectivityInspector;
import org.jgrapht.alg.cycle.CycleDetector;

/** Questions about who feeds whom, answered over a read-only view of a graph. May be used by several threads. */
public final class Topology {
    private final Graph graph;
    private final Wires wires;

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
        return new Topology(graph, sameWires(graph, before.wires.graph()) ? before.wires : new Wires(graph));
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
        if (wires.ordered() || wires.order().length == graph.nodes().size()) {
            return Set.of();
        }
        Set<NodeId> cycle = new HashSet<>(new CycleDetector<>(wires.edges()).findCycles());
        graph.nodes().values().stream()
                .filter(node ->
                        node.inputs().stream().anyMatch(port -> port.node().equals(node.id())))
                .forEach(node -> cycle.add(node.id()));
        return cycle;
    }

    /** Every node after the nodes that feed it; ties in the order of the graph. The graph has no cycle. */
    public List<Node> order() {
        return inOrder(graph.inOrder());
    }

    /** What belongs to the nodes at each place of the graph, in that order. */
    public <T> List<T> inOrder(ChunkedList<T> byPlace) {
        if (wires.ordered()) {
            return byPlace;
        }
        int[] places = wires.order();
        List<T> all = new ArrayList<>(places.length);
        for (int place : places) {
            all.add(byPlace.get(place));
        }
        return Collections.unmodifiableList(all);
    }

    /** Where the node at a place of the graph stands in that order. */
    public int rank(int place) {
        return wires.ordered() ? place : wires.ranks()[place];
    }

    /** The place in the graph of the node that stands somewhere in that order. */
    public int ranked(int rank) {
        return wires.ordered() ? rank : wires.order()[rank];
    }

    /** The place in the graph of the node that an input of the node at a place reads; −1 when it is not there. */
    public int source(int place, int input) {
        return wires.source(place, input);
    }

    /** Names the places in the graph of the nodes that read the one at a place, once for each time. */
    public void readers(int place, IntConsumer reader) {
        wires.readers(place, reader);
    }

    /** The node and everything it depends on. */
    public Set<NodeId> upstream(NodeId node) {
        return wires.upstream(List.of(node));
    }

    /** The node and everything it depends on, in the order of the graph. */
    public List<Node> feeding(NodeId node) {
        List<Node> nodes = graph.inOrder();
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
        return wires.downstream(nodes);
    }

    /** Whether an edge from one node to another would close a cycle. */
    public boolean wouldClose(NodeId from, NodeId to) {
        return from.equals(to) || downstream(to).contains(from);
    }

    /** The nodes that read a port, one entry for each time they read it. */
    public List<NodeId> readers(Port port) {
        return wires.readers().getOrDefault(port, List.of());
    }

    /** Sets of nodes without a connection between them. */
    public List<Set<NodeId>> components() {
        return new ConnectivityInspector<>(wires.edges()).connectedSets();
    }

    /** Everything the outputs of the graph depend on. */
    public Set<NodeId> needed() {
        List<Node> nodes = graph.inOrder();
        return wires.needed().stream()
                .mapToObj(place -> nodes.get(place).id())
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** The nodes no output of the graph depends on, in the order of the graph. */
    public List<Node> unneeded() {
        if (wires.needsAll()) {
            return List.of();
        }
        List<Node> found = new ArrayList<>();
        int size = graph.nodes().size();
        BitSet needed = wires.needed();
        for (int place = needed.nextClearBit(0); place < size; place = needed.nextClearBit(place + 1)) {
            found.add(graph.inOrder().get(place));
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
