package org.netsplice.check;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.netsplice.graph.ChunkedList;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Overlap;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.Topology;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;

/** What is concluded about each node of a graph; nothing when it has a cycle. */
final class Inferences {
    private final Graph graph;
    private final Topology topology;
    /** By the places of the nodes in the graph. */
    private final ChunkedList<Inference> found;

    private Inferences(Graph graph, Topology topology, ChunkedList<Inference> found) {
        this.graph = graph;
        this.topology = topology;
        this.found = found;
    }

    /** Of a graph with a cycle. */
    static Inferences none(Graph graph, Topology topology) {
        return new Inferences(graph, topology, ChunkedList.copyOf(List.of()));
    }

    /** Those of a graph without a cycle; what is still true of another is taken over, and the changes are noted. */
    static Inferences of(Graph graph, Topology topology, Optional<Inferences> before, Changes changes) {
        return new Pass(graph, topology, before.filter(known -> !known.isEmpty()), changes).go();
    }

    /** Whether nothing is concluded. */
    boolean isEmpty() {
        return found.isEmpty();
    }

    /** What is concluded about a node; null when it is not there, or there is a cycle. */
    Inference of(NodeId node) {
        int place = found.isEmpty() ? -1 : graph.place(node);
        return place < 0 ? null : found.get(place);
    }

    /** Each after those of the nodes that feed it. */
    List<Inference> inOrder() {
        return found.isEmpty() ? List.of() : topology.inOrder(found);
    }

    /** The nodes about which other inferences say something else, or nothing. */
    Set<NodeId> differing(Inferences other) {
        Set<NodeId> differing = new HashSet<>();
        if (isEmpty() || other.isEmpty()) {
            differing.addAll(graph.nodes().keySet());
            return differing;
        }
        Overlap overlap = graph.overlap(other.graph);
        int behind = found.size() - overlap.last();
        int[] first = found.differing(0, other.found, 0, overlap.first());
        int[] last = found.differing(behind, other.found, other.found.size() - overlap.last(), overlap.last());
        IntStream middle = IntStream.range(overlap.first(), behind);
        IntStream.concat(Arrays.stream(first), IntStream.concat(middle, Arrays.stream(last)))
                .mapToObj(found::get)
                .filter(one -> !one.equals(other.of(one.node().id())))
                .forEach(one -> differing.add(one.node().id()));
        return differing;
    }

    /** Goes through the nodes about which something else may be true than before, each after those that feed it. */
    private static final class Pass {
        private final Graph graph;
        private final Topology topology;
        private final Optional<Inferences> before;
        private final Changes changes;
        private final Overlap overlap;
        /** The layers that have other weights than before, or none now. */
        private final Set<WeightsId> reweighed;

        private final ChunkedList.Copy<Inference> found;
        /** The ranks of those nodes. */
        private final BitSet left = new BitSet();

        private final IntConsumer leave;

        Pass(Graph graph, Topology topology, Optional<Inferences> before, Changes changes) {
            this.graph = graph;
            this.topology = topology;
            this.before = before;
            this.changes = changes;
            leave = place -> left.set(topology.rank(place));
            overlap = before.map(known -> graph.overlap(known.graph)).orElse(new Overlap(0, 0));
            reweighed = before.map(known -> graph.reweighed(known.graph)).orElse(Set.of());
            found = before.isPresent() ? takeOver(before.get()) : nothing();
        }

        private ChunkedList.Copy<Inference> nothing() {
            int size = graph.nodes().size();
            left.set(0, size);
            ChunkedList.Copy<Inference> empty =
                    ChunkedList.<Inference>copyOf(List.of()).copy();
            for (int place = 0; place < size; place++) {
                empty.add(null);
            }
            return empty;
        }

        private ChunkedList.Copy<Inference> takeOver(Inferences known) {
            ChunkedList.Copy<Inference> taken = known.found.first(overlap.first());
            for (int place = overlap.first(); place < graph.nodes().size() - overlap.last(); place++) {
                taken.add(null);
                left.set(topology.rank(place));
            }
            taken.addAll(known.found, known.found.size() - overlap.last(), known.found.size());
            graph.notIn(known.graph).forEach(node -> leave.accept(graph.place(node.id())));
            if (reweighed.stream().anyMatch(layer -> graph.calls(layer) > 0)) {
                graph.inOrder().stream()
                        .filter(node -> reweighed.contains(node.weights()))
                        .forEach(node -> leave.accept(graph.place(node.id())));
            }
            return taken;
        }

        Inferences go() {
            for (int rank = left.nextSetBit(0); rank >= 0; rank = left.nextSetBit(rank + 1)) {
                int place = topology.ranked(rank);
                Node node = graph.inOrder().get(place);
                Inference old = before.isEmpty() ? null : old(place, node.id());
                List<TensorSpec> inputs = inputs(place, node);
                Optional<Weights> known = known(node, old);
                if (old != null && old.holds(node, known, inputs)) {
                    found.set(place, old);
                    changes.same(old);
                    continue;
                }
                Inference now = Inference.of(node, known, inputs);
                found.set(place, now);
                changes.add(old, now);
                /* Of new nodes no others need to know: what reads one is another node than before. */
                if (old != null && !now.sameOutputs(old)) {
                    topology.readers(place, leave);
                }
            }
            return new Inferences(graph, topology, found.done());
        }

        private Inference old(int place, NodeId node) {
            int there = overlap.place(
                    place, graph.nodes().size(), before.get().found.size());
            return there < 0 ? before.get().of(node) : before.get().found.get(there);
        }

        private Optional<Weights> known(Node node, Inference old) {
            boolean same = old != null
                    && old.node().weights().equals(node.weights())
                    && (reweighed.isEmpty() || !reweighed.contains(node.weights()));
            return same ? old.known() : Optional.ofNullable(graph.weights().get(node.weights()));
        }

        private List<TensorSpec> inputs(int place, Node node) {
            int count = node.inputs().size();
            TensorSpec[] specs = new TensorSpec[count];
            int known = 0;
            for (int i = 0; i < count; i++) {
                int source = topology.source(place, i);
                TensorSpec spec = source < 0
                        ? null
                        : found.get(source).output(node.inputs().get(i).index());
                if (spec != null) {
                    specs[known++] = spec;
                }
            }
            return known == 0 ? List.of() : List.of(known == count ? specs : Arrays.copyOf(specs, known));
        }
    }
}
