package org.netsplice.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
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
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * What is known about a graph: every shape that can be inferred, what its weights are, and what is wrong. Total: making one
 * never throws, however unfinished the graph is.
 */
public final class Report {
    private final Graph graph;
    private final Map<NodeId, Inference> inferred = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Node> order = new ArrayList<>();
    private final Counts counts;

    private Report(Graph graph, Map<NodeId, Inference> before) {
        this.graph = graph;
        Topology topology = Topology.of(graph);
        Set<NodeId> cycle = topology.cycle();
        if (cycle.isEmpty()) {
            order.addAll(topology.order());
        } else {
            problems.add(Problem.error(
                    Where.NOWHERE, "the network feeds itself in a circle", "Remove one wire of the circle."));
        }
        order.forEach(node -> infer(node, before.get(node.id())));
        NetworkRules.check(this, topology, problems);
        counts = Counts.of(this);
    }

    /** The report of a graph. */
    public static Report of(Graph graph) {
        return new Report(graph, Map.of());
    }

    /** The report of a graph that differs from another in little; what is still true of that one is taken over. */
    public static Report of(Graph graph, Report before) {
        return graph.equals(before.graph) ? before : new Report(graph, before.inferred);
    }

    private void infer(Node node, Inference before) {
        List<TensorSpec> inputs = new ArrayList<>();
        for (Port port : node.inputs()) {
            spec(port).ifPresent(inputs::add);
        }
        Optional<Weights> known = Optional.ofNullable(graph.weights().get(node.weights()));
        Inference found =
                before != null && before.holds(node, known, inputs) ? before : Inference.of(node, known, inputs);
        inferred.put(node.id(), found);
        problems.addAll(found.problems());
    }

    /** The graph this report is about. */
    public Graph graph() {
        return graph;
    }

    /** The nodes, each after those that feed it; empty when there is a cycle. */
    public List<Node> order() {
        return Collections.unmodifiableList(order);
    }

    /** Shape and type of a port, when they can be inferred. */
    public Optional<TensorSpec> spec(Port port) {
        List<TensorSpec> specs = outputs(port.node());
        return port.index() >= 0 && port.index() < specs.size()
                ? Optional.of(specs.get(port.index()))
                : Optional.empty();
    }

    /** The output shapes of a node; empty when they cannot be inferred. */
    public List<TensorSpec> outputs(NodeId node) {
        Inference found = inferred.get(node);
        return found == null ? List.of() : found.outputs();
    }

    /** The input shapes of a node that can be inferred, in order. */
    public List<TensorSpec> inputs(NodeId node) {
        return graph.node(node).inputs().stream()
                .flatMap(port -> spec(port).stream())
                .toList();
    }

    /** The weights a node needs; empty when its inputs are not known. */
    public List<WeightSpec> weights(NodeId node) {
        Inference found = inferred.get(node);
        return found == null ? List.of() : found.weights();
    }

    /** Floating-point operations for one row of the batch, as far as the layer knows. */
    public long flops(NodeId node) {
        Inference found = inferred.get(node);
        return found == null ? 0 : found.flops();
    }

    /** Whether a node needs weights and none are known for it. */
    public boolean untrained(NodeId node) {
        return !weights(node).isEmpty()
                && !graph.weights().containsKey(graph.node(node).weights());
    }

    /** All problems; errors keep the network from running. */
    public List<Problem> problems() {
        return Collections.unmodifiableList(problems);
    }

    /** The problems at a node. */
    public List<Problem> problems(NodeId node) {
        return problems.stream()
                .filter(problem -> problem.where() instanceof Where.AtNode at && at.node() == node.number())
                .toList();
    }

    /** Whether nothing keeps the network from running. */
    public boolean runnable() {
        return problems.stream().noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    }

    /** Parameters, operations and memory of the whole graph. */
    public Counts counts() {
        return counts;
    }
}
