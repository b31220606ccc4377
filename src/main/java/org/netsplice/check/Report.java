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
    private final Topology topology;
    private final List<Node> order;
    /** In the order of the nodes; none when there is a cycle. */
    private final Inference[] inferred;

    private final List<Problem> problems = new ArrayList<>();
    /** Those of single nodes. */
    private final List<Problem> faults;

    private final DoubtfulJoins doubtful;
    private final Counts counts;

    private Report(Graph graph, Topology topology, Optional<Report> before) {
        this.graph = graph;
        this.topology = topology;
        boolean cycle = !topology.cycle().isEmpty();
        order = cycle ? List.of() : topology.order();
        inferred = new Inference[order.size()];
        if (cycle) {
            problems.add(Problem.error(
                    Where.NOWHERE, "the network feeds itself in a circle", "Remove one wire of the circle."));
        }
        Difference difference = infer(before);
        faults = difference.faults() ? faults(inferred) : before.orElseThrow().faults;
        problems.addAll(faults);
        doubtful = difference.joins() ? DoubtfulJoins.of(this, before) : before.orElseThrow().doubtful;
        NetworkRules.check(this, doubtful.problems(), problems);
        counts = before.flatMap(known -> difference.changes().counts(known, this))
                .orElseGet(() -> Counts.of(inferred));
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

    private static List<Problem> faults(Inference[] inferred) {
        List<Problem> found = new ArrayList<>();
        for (Inference one : inferred) {
            found.addAll(one.problems());
        }
        return found;
    }

    /** Whether a graph differs from the one before in what the doubts about its joins and the faults of nodes depend on. */
    private record Difference(boolean joins, boolean faults, Changes changes) {}

    /** Concludes about each node, or takes over what was concluded where nothing it depends on has changed. */
    private Difference infer(Optional<Report> before) {
        boolean wired = before.isPresent() && topology.sameWires(before.get().topology);
        boolean weighed =
                before.isPresent() && graph.weights().equals(before.get().graph.weights());
        Changes changes = new Changes();
        boolean faulty = before.isEmpty() || (!wired && !before.get().faults.isEmpty());
        boolean joins = !wired || !graph.groups().equals(before.get().graph.groups());
        boolean doubts = before.isPresent() && !before.get().doubtful.problems().isEmpty();
        /* Of new nodes no others need to know: what reads one is another node than before. */
        Set<NodeId> changed = new HashSet<>();
        int place = -1;
        for (int i = 0; i < inferred.length; i++) {
            Node node = order.get(i);
            place = before.isPresent() ? before.get().place(node, place + 1) : -1;
            Inference old = place < 0 ? null : before.get().inferred[place];
            if (weighed
                    && old != null
                    && same(node, before.get().order.get(place))
                    && (changed.isEmpty() || !reads(node, changed))) {
                inferred[i] = old;
                continue;
            }
            inferred[i] = infer(node, old);
            changes.add(old, inferred[i]);
            boolean same = old != null && inferred[i].outputs().equals(old.outputs());
            if (!same && old != null) {
                changed.add(node.id());
            }
            if (!wired) {
                faulty |= !inferred[i].problems().isEmpty();
            } else if (!inferred[i].equals(old)) {
                faulty |= !inferred[i].problems().equals(old.problems());
                joins |= !same || !inferred[i].sameTraits(old) || doubts;
            }
        }
        return new Difference(joins, faulty, changes);
    }

    /** Where a node stands in the order, which is probably here; −1 when it is not there. */
    private int place(Node node, int probably) {
        if (probably < inferred.length) {
            Node there = order.get(probably);
            if (same(node, there) || there.id().equals(node.id())) {
                return probably;
            }
        }
        return inferred.length == 0 ? -1 : topology.place(node.id());
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean same(Node one, Node two) {
        return one == two || one.equals(two);
    }

    private static boolean reads(Node node, Set<NodeId> changed) {
        for (Port port : node.inputs()) {
            if (changed.contains(port.node())) {
                return true;
            }
        }
        return false;
    }

    private Inference infer(Node node, Inference before) {
        List<TensorSpec> inputs = new ArrayList<>();
        for (Port port : node.inputs()) {
            spec(port).ifPresent(inputs::add);
        }
        Optional<Weights> known = Optional.ofNullable(graph.weights().get(node.weights()));
        return before != null && before.holds(node, known, inputs) ? before : Inference.of(node, known, inputs);
    }

    /** What is concluded about a node; null when it is not there, or there is a cycle. */
    Inference found(NodeId node) {
        int place = inferred.length == 0 ? -1 : topology.place(node);
        return place < 0 ? null : inferred[place];
    }

    /** The nodes about whose inputs, outputs, weights or faults another report says something else, or nothing. */
    public Set<NodeId> differing(Report other) {
        if (order.isEmpty() || other.order.isEmpty()) {
            return graph.nodes().keySet();
        }
        Set<NodeId> found = new HashSet<>();
        int place = -1;
        for (int i = 0; i < inferred.length; i++) {
            Node node = order.get(i);
            place = other.place(node, place + 1);
            if (place < 0 || !Objects.equals(inferred[i], other.inferred[place])) {
                found.add(node.id());
            }
        }
        return found;
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
        return order;
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
        Inference found = found(node);
        return found == null ? List.of() : found.outputs();
    }

    /** The input shapes of a node that can be inferred, in order. */
    public List<TensorSpec> inputs(NodeId node) {
        Inference found = found(node);
        return found == null ? List.of() : found.inputs();
    }

    /** The weights a node needs; empty when its inputs are not known. */
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
