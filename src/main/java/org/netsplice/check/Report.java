package org.netsplice.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.Topology;
import org.netsplice.graph.WeightSpec;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * What is known about a graph: every shape that can be inferred, the weights that are needed, and what is wrong. Making a report
 * never throws, however unfinished the graph is.
 */
public final class Report {
    private final Graph graph;
    private final Topology topology;
    private final Inferences inferences;
    private final List<Problem> problems = new ArrayList<>();
    private final Counts counts;

    private Report(Graph graph, Inferences before) {
        this.graph = graph;
        topology = Topology.of(graph);
        if (topology.cycle().isEmpty()) {
            inferences = Inferences.of(graph, topology, before);
        } else {
            inferences = Inferences.none();
            problems.add(Problem.error(
                    Where.NOWHERE, "the network feeds itself in a circle", "Remove one wire of the circle."));
        }
        for (Inference inference : inferences.inOrder()) {
            problems.addAll(inference.problems());
        }
        NetworkRules.check(this, problems);
        counts = Counts.of(inferences.inOrder());
    }

    /** The report of a graph. */
    public static Report of(Graph graph) {
        return new Report(graph, Inferences.none());
    }

    /** The report of a graph, quicker where {@code before} is the report of a graph that has many of the same nodes. */
    public static Report of(Graph graph, Report before) {
        return graph.equals(before.graph) ? before : new Report(graph, before.inferences);
    }

    /** What is known about a node; null when it is not in the graph, or the graph has a cycle. */
    private Inference found(NodeId node) {
        return inferences.of(node);
    }

    /** The nodes about whose inputs, outputs, weights or problems {@code other} says something else, or nothing. */
    public Set<NodeId> differing(Report other) {
        return inferences.isEmpty() ? graph.nodes().keySet() : inferences.differing(other.inferences);
    }

    /** Who feeds whom in the graph. */
    public Topology topology() {
        return topology;
    }

    /** The graph this report is about. */
    public Graph graph() {
        return graph;
    }

    /** The nodes, each after those that feed it; empty when there is a cycle. */
    public List<Node> order() {
        return inferences.isEmpty() ? List.of() : topology.order();
    }

    /** Shape and type of a port, when they can be inferred. */
    public Optional<TensorSpec> spec(Port port) {
        Inference found = found(port.node());
        return found == null ? Optional.empty() : Optional.ofNullable(found.output(port.index()));
    }

    /** The output shapes of a node; empty when they cannot be inferred. */
    public List<TensorSpec> outputs(NodeId node) {
        Inference found = found(node);
        return found == null ? List.of() : found.outputs();
    }

    /** The input shapes of a node that can be inferred, in order. */
    public List<TensorSpec> inputs(NodeId node) {
        Inference found = found(node);
        return found == null ? List.of() : found.inputs();
    }

    /** The weights a node needs; when its outputs cannot be inferred, the weights it has. */
    public List<WeightSpec> weights(NodeId node) {
        Inference found = found(node);
        return found == null ? List.of() : found.weights();
    }

    /** Floating-point operations for one row of the batch, as far as the layer knows. */
    public long flops(NodeId node) {
        Inference found = found(node);
        return found == null ? 0 : found.flops();
    }

    /** Whether a node needs weights and none are known for it. */
    public boolean untrained(NodeId node) {
        Inference found = found(node);
        return found != null && !found.weights().isEmpty() && found.known().isEmpty();
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
