package org.netsplice.graph;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
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
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.DirectedMultigraph;

/** What depends on the wires and outputs of a graph only; each part is made when it is first asked for. */
final class Wires {
    private final Graph graph;
    private final Supplier<Map<Port, List<NodeId>>> readers = Suppliers.memoize(this::makeReaders);
    private final Supplier<DirectedMultigraph<NodeId, DefaultEdge>> edges = Suppliers.memoize(this::makeEdges);
    /** Of each node the nodes it reads, by their places in the graph; −1 for those that are not there. */
    private final Supplier<int[][]> sources;

    private final Supplier<Boolean> ordered = Suppliers.memoize(this::isOrdered);
    private final Supplier<int[]> order = Suppliers.memoize(this::makeOrder);
    private final Supplier<int[]> ranks = Suppliers.memoize(this::makeRanks);

    private final Supplier<BitSet> needed = Suppliers.memoize(this::makeNeeded);

    Wires(Graph graph) {
        this.graph = graph;
        sources = Suppliers.memoize(this::makeSources);
    }

    /** Of a graph that may differ from another in few wires. */
    Wires(Graph graph, Wires before) {
        this.graph = graph;
        int[][] taken = makeSources(before);
        sources = () -> taken;
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

    private int[][] makeSources() {
        int[][] found = new int[graph.nodes().size()][];
        int place = 0;
        for (Node node : graph.nodes().values()) {
            found[place] = placesRead(node);
            place++;
        }
        return found;
    }

    private int[] placesRead(Node node) {
        int[] found = new int[node.inputs().size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = graph.place(node.inputs().get(i).node());
        }
        return found;
    }

    /** The same, from those of another graph where nodes read what they read there. */
    private int[][] makeSources(Wires before) {
        List<Node> nodes = ImmutableList.copyOf(graph.nodes().values());
        List<Node> others = ImmutableList.copyOf(before.graph.nodes().values());
        Overlap overlap = graph.overlap(before.graph);
        int shift = nodes.size() - others.size();
        int[][] known = before.sources.get();
        int[][] found = new int[nodes.size()][];
        for (int place = 0; place < found.length; place++) {
            Node node = nodes.get(place);
            int there = overlap.place(place, found.length, others.size());
            boolean same = there >= 0 && sameInputs(node, others.get(there));
            found[place] = same ? moved(known[there], node, overlap, others.size(), shift) : placesRead(node);
        }
        return found;
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean sameInputs(Node one, Node two) {
        return one == two || one.inputs().equals(two.inputs());
    }

    /** Places in a graph of another size; new ones are made only where one has moved. */
    private int[] moved(int[] read, Node node, Overlap overlap, int size, int shift) {
        boolean same = true;
        for (int place : read) {
            if (place < 0 || (place >= overlap.first() && place < size - overlap.last())) {
                return placesRead(node);
            }
            same &= shift == 0 || place < overlap.first();
        }
        if (same) {
            return read;
        }
        int[] found = read.clone();
        for (int i = 0; i < found.length; i++) {
            found[i] += found[i] < overlap.first() ? 0 : shift;
        }
        return found;
    }

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
    private int[] makeOrder() {
        int[][] read = sources.get();
        int[] begins = beginsOfReaders();
        int[] readers = readers(begins);
        int[] waiting = new int[read.length];
        for (int reader : readers) {
            waiting[reader]++;
        }
        /* The last one stays, so that the set never shrinks, which would take long. */
        BitSet ready = new BitSet(read.length + 1);
        ready.set(read.length);
        for (int place = 0; place < read.length; place++) {
            ready.set(place, waiting[place] == 0);
        }
        int[] taken = new int[read.length];
        int count = 0;
        int place = ready.nextSetBit(0);
        while (place < read.length) {
            ready.clear(place);
            taken[count++] = place;
            int least = place;
            for (int i = begins[place]; i < begins[place + 1]; i++) {
                int reader = readers[i];
                waiting[reader]--;
                if (waiting[reader] == 0) {
                    ready.set(reader);
                    least = Math.min(least, reader);
                }
            }
            place = ready.nextSetBit(least);
        }
        return Arrays.copyOf(taken, count);
    }

    /** Where in the list of all readers those of the node at each place begin; one more for where the last ones end. */
    private int[] beginsOfReaders() {
        int[][] read = sources.get();
        int[] begins = new int[read.length + 1];
        for (int[] some : read) {
            for (int source : some) {
                begins[source + 1] += source < 0 ? 0 : 1;
            }
        }
        for (int place = 0; place < read.length; place++) {
            begins[place + 1] += begins[place];
        }
        return begins;
    }

    /** The places of the nodes that read each node, one entry for each time. */
    private int[] readers(int[] begins) {
        int[][] read = sources.get();
        int[] next = begins.clone();
        int[] found = new int[begins[read.length]];
        for (int place = 0; place < read.length; place++) {
            for (int source : read[place]) {
                if (source >= 0) {
                    found[next[source]++] = place;
                }
            }
        }
        return found;
    }

    private int[] makeRanks() {
        int[] found = new int[sources.get().length];
        int[] taken = order.get();
        for (int rank = 0; rank < taken.length; rank++) {
            found[taken[rank]] = rank;
        }
        return found;
    }

    private BitSet makeNeeded() {
        return reached(
                graph.outputs().stream().map(output -> output.port().node()).toList());
    }

    Set<NodeId> upstream(Collection<NodeId> from) {
        List<Node> nodes = List.copyOf(graph.nodes().values());
        Set<NodeId> found = new HashSet<>();
        reached(from).stream().forEach(place -> found.add(nodes.get(place).id()));
        return found;
    }

    /** The places of nodes and of everything they depend on. */
    BitSet reached(Collection<NodeId> from) {
        int[][] read = sources.get();
        BitSet seen = new BitSet(read.length);
        int[] left = new int[64];
        int count = 0;
        for (NodeId id : from) {
            left = withRoom(left, count + 1);
            count = note(graph.place(id), seen, left, count);
        }
        while (count > 0) {
            count--;
            int[] some = read[left[count]];
            left = withRoom(left, count + some.length);
            for (int source : some) {
                count = note(source, seen, left, count);
            }
        }
        return seen;
    }

    private static int[] withRoom(int[] left, int size) {
        return size <= left.length ? left : Arrays.copyOf(left, Math.max(size, 2 * left.length));
    }

    /** Notes a place that was not seen before; how many are left to look at. */
    private static int note(int place, BitSet seen, int[] left, int count) {
        if (place < 0 || seen.get(place)) {
            return count;
        }
        seen.set(place);
        left[count] = place;
        return count + 1;
    }
}
