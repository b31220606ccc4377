package org.netsplice.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.netsplice.check.Report;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.Weights;

/**
 * Finds which node of one graph stands for which of another. Nodes of one name and class belong together; of the others, those with
 * equal weights, and then those of one class in the same place: with inputs that belong together, or read by nodes that do.
 */
final class Pairs {
    private final Graph before;
    private final Graph after;
    private final List<Node> order;
    private final Map<NodeId, NodeId> twins = new HashMap<>();
    private final Set<NodeId> taken = new HashSet<>();

    /** Pairs the nodes of two graphs, of which reports are given. */
    Pairs(Report before, Report after) {
        this.before = before.graph();
        this.after = after.graph();
        this.order = before.order();
        byName();
        byWeights(after.order());
        int known;
        do {
            known = twins.size();
            order.forEach(node -> pair(node, withTheInputsOf(node)));
            List<Node> reversed = new ArrayList<>(order);
            Collections.reverse(reversed);
            reversed.forEach(node -> pair(node, readLike(node)));
        } while (twins.size() > known);
    }

    /** The node of the second graph that stands for a node of the first. */
    Optional<Node> twin(NodeId node) {
        return Optional.ofNullable(twins.get(node)).map(after::node);
    }

    /** Whether a node of the second graph stands for one of the first. */
    boolean isTwin(NodeId node) {
        return taken.contains(node);
    }

    /** Whether ports of the first graph stand for ports of the second, in order. */
    boolean match(List<Port> ports, List<Port> others) {
        if (ports.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < ports.size(); i++) {
            Port other = others.get(i);
            if (!other.node().equals(twins.get(ports.get(i).node()))
                    || other.index() != ports.get(i).index()) {
                return false;
            }
        }
        return true;
    }

    private void byName() {
        order.forEach(node -> pair(node, after.named(node.name()).stream()));
    }

    private void byWeights(List<Node> others) {
        Map<Weights, List<Node>> holders = new HashMap<>();
        for (Node other : others) {
            Weights weights = after.weights().get(other.weights());
            if (!taken.contains(other.id())
                    && weights != null
                    && !weights.tensors().isEmpty()) {
                holders.computeIfAbsent(weights, key -> new ArrayList<>()).add(other);
            }
        }
        if (!holders.isEmpty()) {
            order.stream()
                    .filter(node ->
                            !twins.containsKey(node.id()) && before.weights().containsKey(node.weights()))
                    .forEach(node ->
                            pair(node, holders.getOrDefault(before.weights().get(node.weights()), List.of()).stream()));
        }
    }

    /** Nodes of the second graph whose inputs stand for those of a node, or inputs at the same position. */
    private Stream<Node> withTheInputsOf(Node node) {
        if (node.isInput()) {
            int position = before.inputs().indexOf(node.id());
            return after.inputs().stream().skip(position).limit(1).map(after::node);
        }
        return node.inputs().stream()
                .limit(1)
                .flatMap(port -> twin(port.node()).stream())
                .flatMap(source -> after.readers(source.id()).stream())
                .filter(other -> match(node.inputs(), other.inputs()));
    }

    /** Nodes of the second graph that are read, or marked as an output, where a node of the first is. */
    private Stream<Node> readLike(Node node) {
        Stream<NodeId> read = before.readers(node.id()).stream()
                .flatMap(reader -> twin(reader.id()).stream()
                        .flatMap(twin -> places(reader, node.id())
                                .filter(place -> place < twin.inputs().size())
                                .map(place -> twin.inputs().get(place).node())));
        Stream<NodeId> marked = Stream.iterate(0, place -> place + 1)
                .limit(Math.min(before.outputs().size(), after.outputs().size()))
                .filter(place -> before.outputs().get(place).port().node().equals(node.id()))
                .map(place -> after.outputs().get(place).port().node());
        return Stream.concat(read, marked).map(after::node);
    }

    private static Stream<Integer> places(Node reader, NodeId source) {
        return Stream.iterate(0, place -> place + 1)
                .limit(reader.inputs().size())
                .filter(place -> reader.inputs().get(place).node().equals(source));
    }

    /** Pairs a node with the first candidate that is of its class and free. */
    private void pair(Node node, Stream<Node> candidates) {
        if (twins.containsKey(node.id())) {
            return;
        }
        candidates
                .filter(other -> !taken.contains(other.id())
                        && other.layer().className().equals(node.layer().className()))
                .findFirst()
                .ifPresent(other -> {
                    twins.put(node.id(), other.id());
                    taken.add(other.id());
                });
    }
}
