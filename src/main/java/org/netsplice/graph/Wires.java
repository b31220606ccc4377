package org.netsplice.graph;

import com.google.common.base.Suppliers;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.DirectedMultigraph;

/** What depends on the wires and outputs of a graph only; each part is made when it is first asked for. */
final class Wires {
    private final Graph graph;
    private final Supplier<Map<Port, List<NodeId>>> readers = Suppliers.memoize(this::makeReaders);
    private final Supplier<DirectedMultigraph<NodeId, DefaultEdge>> edges = Suppliers.memoize(this::makeEdges);
    private final Supplier<Boolean> ordered =
            Suppliers.memoize(() -> this.sources().ordered());
    private final Supplier<int[]> order = Suppliers.memoize(() -> this.sources().order());
    private final Supplier<int[]> ranks = Suppliers.memoize(this::makeRanks);

    private final Supplier<BitSet> needed = Suppliers.memoize(this::makeNeeded);

    Wires(Graph graph) {
        this.graph = graph;
    }

    private Sources sources() {
        return Nodes.copyOf(graph.nodes()).sources();
    }

    /** The graph they were made from. */
    Graph graph() {
        return graph;
    }

    /** The nodes that read each port that is read, one entry for each time. */
    Map<Port, List<NodeId>> readers() {
        return readers.get();
    }

    /** As JGraphT sees them, without those from a node to itself. */
    DirectedMultigraph<NodeId, DefaultEdge> edges() {
        return edges.get();
    }

    /** Whether every node stands after those that feed it. */
    boolean ordered() {
        return ordered.get();
    }

    /** The places in the graph of all nodes, each after its sources; of fewer nodes when there is a cycle. */
    int[] order() {
        return order.get();
    }

    /** Where in that order the node of each place is. */
    int[] ranks() {
        return ranks.get();
    }

    /** The places of the nodes that outputs depend on. */
    BitSet needed() {
        return needed.get();
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

    private int[] makeRanks() {
        int[] found = new int[sources().nodes()];
        int[] taken = order.get();
        for (int rank = 0; rank < taken.length; rank++) {
            found[taken[rank]] = rank;
        }
        return found;
    }

    /** Whether outputs depend on all nodes. */
    boolean needsAll() {
        BitSet marked = new BitSet();
        graph.outputs().stream()
                .mapToInt(output -> graph.place(output.port().node()))
                .filter(place -> place >= 0)
                .forEach(marked::set);
        /* Without a cycle, whoever follows readers ends at a node that is not read. */
        boolean cycle = !ordered() && order().length < graph.nodes().size();
        return cycle
                ? needed().cardinality() == graph.nodes().size()
                : sources().allRead(marked);
    }

    /** The place of the node that an input of the node at a place reads. */
    int source(int place, int input) {
        return sources().source(place, input);
    }

    /** Names the places of the nodes that read a node, once for each time. */
    void readers(int place, IntConsumer reader) {
        sources().readers(place, reader);
    }

    private BitSet makeNeeded() {
        return reached(
                graph.outputs().stream().map(output -> output.port().node()).toList());
    }

    /** The nodes and everything they depend on. */
    Set<NodeId> upstream(Collection<NodeId> from) {
        return ids(reached(from));
    }

    /** The places of nodes and of everything they depend on. */
    BitSet reached(Collection<NodeId> from) {
        return sources().upstream(places(from));
    }

    /** The nodes and everything that depends on them. */
    Set<NodeId> downstream(Collection<NodeId> from) {
        return ids(sources().downstream(places(from)));
    }

    private int[] places(Collection<NodeId> nodes) {
        return nodes.stream().mapToInt(graph::place).toArray();
    }

    private Set<NodeId> ids(BitSet places) {
        Set<NodeId> found = new HashSet<>();
        places.stream().forEach(place -> found.add(graph.inOrder().get(place).id()));
        return found;
    }
}
