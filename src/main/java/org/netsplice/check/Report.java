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
 * What is known about a graph: every shape that can be inferred, what its weights are, and what is wrong. Total: making one
 * never throws, however unfinished the graph is.
 */
public final class Report {
    private final Graph graph;
    private final Topology topology;
    private final Inferences inferences;

    private final List<Problem> problems = new ArrayList<>();
    /** Those of single nodes. */
    private final List<Problem> faults;

    private final DoubtfulJoins doubtful;
    private final Counts counts;

    private Report(Graph graph, Topology topology, Optional<Report> before) {
        this.graph = graph;
        this.topology = topology;
        Changes changes = new Changes();
        if (topology.cycle().isEmpty()) {
            inferences = Inferences.of(graph, topology, before.map(known -> known.inferences), changes);
        } else {
            inferences = Inferences.none(graph, topology);
            problems.add(Problem.error(
                    Where.NOWHERE, "the network feeds itself in a circle", "Remove one wire of the circle."));
        }
        boolean wired = before.isPresent() && topology.sameWires(before.get().topology);
        faults = before.filter(Report::concluded)
                .flatMap(known -> changes.faults(known.faults, wired))
                .orElseGet(() -> faults(inferences));
        problems.addAll(faults);
        doubtful = before.filter(known -> wired
                        && graph.groups().equals(known.graph.groups())
                        && !changes.joins(!known.doubtful.problems().isEmpty()))
                .map(known -> known.doubtful)
                .orElseGet(() -> DoubtfulJoins.of(this, before));
        NetworkRules.check(this, doubtful.problems(), problems);
        counts = before.flatMap(known -> changes.counts(known, this)).orElseGet(() -> Counts.of(inferences.inOrder()));
    }

    /** The report of a graph. */
    public static Report of(Graph graph) {
        return new Report(graph, Topology.of(graph), Optional.empty());
    }

    /** The report of a graph that differs from another in little; what is still true of that one is taken over. */
    public static Report of(Graph graph, Report before) {
        return graph.equals(before.graph)
                ? before
                : new Report(graph, Topology.of(graph, before.topology), Optional.of(before));
    }

    private static List<Problem> faults(Inferences inferences) {
        List<Problem> found = new ArrayList<>();
        for (Inference one : inferences.inOrder()) {
            if (!one.problems().isEmpty()) {
                found.addAll(one.problems());
            }
        }
        return found;
    }

    /** Whether something is concluded about nodes, as there is no cycle. */
    boolean concluded() {
        return !inferences.isEmpty();
    }

    /** What is concluded about a node; null when it is not there, or there is a cycle. */
    Inference found(NodeId node) {
        return inferences.of(node);
    }

    /** The nodes about whose inputs, outputs, weights or faults another report says something else, or nothing. */
    public Set<NodeId> differing(Report other) {
        return inferences.differing(other.inferences);
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
        return concluded() ? topology.order() : List.of();
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

    /** The weights a node needs; where its outputs cannot be inferred, those it has. */
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

    /** Where networks are joined. */
    DoubtfulJoins doubtful() {
        return doubtful;
    }

    /** Parameters, operations and memory of the whole graph. */
    public Counts counts() {
        return counts;
    }
}
