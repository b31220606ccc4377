package org.netsplice.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
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
    private final Graph graph;
    private final List<Inference> inOrder = new ArrayList<>();
    private final Inference[] byPlace;

    private Inferences(Graph graph) {
        this.graph = graph;
        this.byPlace = new Inference[graph.nodes().size()];
    }

    /** No inferences. */
    static Inferences none() {
        return new Inferences(Graph.EMPTY);
    }

    /**
     * Infers the shapes of a graph without a cycle, each node after the nodes that feed it. An inference of {@code before} is
     * reused where the node, its weights and its input shapes are the same.
     */
    static Inferences of(Graph graph, Topology topology, Inferences before) {
        Inferences found = new Inferences(graph);
        for (Node node : topology.order()) {
            Weights known = graph.weights().get(node.weights());
            Inference old = before.of(node.id());
            Inference now = old != null && found.confirms(old, node, known)
                    ? old
                    : Inference.of(node, Optional.ofNullable(known), found.inputs(node));
            found.inOrder.add(now);
            found.byPlace[graph.place(node.id())] = now;
        }
        return found;
    }

    /** Whether an earlier inference is still right for a node with these weights, which may be null. */
    @SuppressWarnings("ReferenceEquality") // most nodes and weights are the same objects as before
    private boolean confirms(Inference old, Node node, Weights known) {
        Weights before = old.known().orElse(null);
        if ((old.node() != node && !old.node().equals(node)) || (before != known && !Objects.equals(before, known))) {
            return false;
        }
        int confirmed = 0;
        for (Port port : node.inputs()) {
            TensorSpec spec = output(port);
            if (spec != null) {
                if (confirmed == old.inputs().size()
                        || !spec.equals(old.inputs().get(confirmed))) {
                    return false;
                }
                confirmed++;
            }
        }
        return confirmed == old.inputs().size();
    }

    private TensorSpec output(Port port) {
        Inference source = of(port.node());
        return source == null ? null : source.output(port.index());
    }

    /** The shapes of a node's inputs that are known. */
    private List<TensorSpec> inputs(Node node) {
        List<TensorSpec> specs = new ArrayList<>(node.inputs().size());
        for (Port port : node.inputs()) {
            TensorSpec spec = output(port);
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
        int place = graph.place(node);
        return place < 0 ? null : byPlace[place];
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
