package org.netsplice.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.Topology;
import org.netsplice.graph.Weights;

/** What can be inferred about every node of a graph; empty when the graph has a cycle. */
final class Inferences {
    /** In topological order. */
    private final List<Inference> inOrder = new ArrayList<>();

    private final Map<NodeId, Inference> byNode = new HashMap<>();

    private Inferences() {}

    /** The inferences of a graph with a cycle: none. */
    static Inferences none() {
        return new Inferences();
    }

    /**
     * Infers the shapes of a graph without a cycle, each node after the nodes that feed it. An inference of {@code before} is
     * reused where the node, its weights and its input shapes are the same.
     */
    static Inferences of(Graph graph, Topology topology, Inferences before) {
        Inferences found = new Inferences();
        for (Node node : topology.order()) {
            Optional<Weights> known = Optional.ofNullable(graph.weights().get(node.weights()));
            List<TensorSpec> inputs = found.inputs(node);
            Inference old = before.of(node.id());
            Inference now = old != null && old.holds(node, known, inputs) ? old : Inference.of(node, known, inputs);
            found.inOrder.add(now);
            found.byNode.put(node.id(), now);
        }
        return found;
    }

    /** The shapes of a node's inputs that are known. */
    private List<TensorSpec> inputs(Node node) {
        List<TensorSpec> specs = new ArrayList<>(node.inputs().size());
        for (Port port : node.inputs()) {
            Inference source = byNode.get(port.node());
            TensorSpec spec = source == null ? null : source.output(port.index());
            if (spec != null) {
                specs.add(spec);
            }
        }
        return List.copyOf(specs);
    }

    /** Whether nothing is known, because the graph is empty or has a cycle. */
    boolean isEmpty() {
        return inOrder.isEmpty();
    }

    /** What is known about a node; null when it is not in the graph, or the graph has a cycle. */
    Inference of(NodeId node) {
        return byNode.get(node);
    }

    /** All inferences, each after those of the nodes that feed it. */
    List<Inference> inOrder() {
        return Collections.unmodifiableList(inOrder);
    }

    /** The nodes about which {@code other} says something else, or nothing. */
    Set<NodeId> differing(Inferences other) {
        Set<NodeId> differing = new HashSet<>();
        for (Inference one : inOrder) {
            if (!one.equals(other.of(one.node().id()))) {
                differing.add(one.node().id());
            }
        }
        return differing;
    }
}
