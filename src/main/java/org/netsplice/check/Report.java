package org.netsplice.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.Topology;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * What is known about a graph: every shape that can be inferred, what its weights are, and what is wrong. Total: making one
 * never throws, however unfinished the graph is.
 */
public final class Report {
    private final Graph graph;
    private final Map<NodeId, List<TensorSpec>> outputs = new HashMap<>();
    private final Map<NodeId, List<WeightSpec>> weights = new HashMap<>();
    private final Map<NodeId, Long> flops = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Node> order = new ArrayList<>();
    private final Counts counts;

    private Report(Graph graph) {
        this.graph = graph;
        Topology topology = Topology.of(graph);
        Set<NodeId> cycle = topology.cycle();
        if (cycle.isEmpty()) {
            order.addAll(topology.order());
        } else {
            problems.add(Problem.error(
                    Where.NOWHERE, "the network feeds itself in a circle", "Remove one wire of the circle."));
        }
        order.forEach(this::infer);
        NetworkRules.check(this, topology, problems);
        counts = Counts.of(this);
    }

    /** The report of a graph. */
    public static Report of(Graph graph) {
        return new Report(graph);
    }

    private void infer(Node node) {
        Layer layer = node.layer();
        layer.obstacle()
                .ifPresent(reason -> add(
                        node,
                        node.layer().className() + " cannot be computed: " + reason,
                        "Replace or remove it; everything else can be edited."));
        if (!layer.arity().allows(node.inputs().size())) {
            String has = node.inputs().isEmpty()
                    ? "none"
                    : Integer.toString(node.inputs().size());
            add(
                    node,
                    layer.className() + " takes " + layer.arity().text() + ", and has " + has,
                    "Connect what feeds it.");
            return;
        }
        List<TensorSpec> inputs = new ArrayList<>();
        for (Port port : node.inputs()) {
            Optional<TensorSpec> spec = spec(port);
            if (spec.isEmpty()) {
                return;
            }
            inputs.add(spec.get());
        }
        try {
            List<TensorSpec> inferred = layer.outputs(inputs);
            outputs.put(node.id(), List.copyOf(inferred));
            weights.put(node.id(), List.copyOf(layer.weights(inputs)));
            flops.put(node.id(), layer.flops(inputs, inferred));
            checkWeights(node);
        } catch (Layer.Misfit misfit) {
            if (layer.obstacle().isPresent()) {
                return;
            }
            add(node, layer.className() + " " + misfit.getMessage(), misfit.remedy());
        } catch (ModelException wrong) {
            add(node, layer.className() + " cannot be read: " + wrong.getMessage(), "Change its settings.");
        } catch (RuntimeException bug) {
            System.getLogger(Report.class.getName())
                    .log(System.Logger.Level.WARNING, "the shape rule of " + layer.className() + " failed", bug);
            add(node, layer.className() + " does not fit its inputs: " + bug.getMessage(), "Change its settings.");
        }
    }

    private void checkWeights(Node node) {
        List<WeightSpec> specs = weights.get(node.id());
        if (specs.stream().anyMatch(spec -> spec.shape().elements() > Integer.MAX_VALUE)) {
            add(node, "its weights would have more than 2,147,483,647 numbers", "Choose smaller settings.");
            return;
        }
        Weights known = graph.weights().get(node.weights());
        if (known != null && !known.fit(specs)) {
            String needed = String.join(
                    ", ", specs.stream().map(spec -> spec.shape().toString()).toList());
            add(
                    node,
                    "its weights have shapes " + known.shapes() + ", but it now needs "
                            + (needed.isEmpty() ? "none" : needed),
                    "Undo the change, load other weights, or reset them to untrained ones.");
        }
    }

    private void add(Node node, String what, String remedy) {
        problems.add(Problem.error(new Where.AtNode(node.id().number(), node.name()), what, remedy));
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
        List<TensorSpec> specs = outputs.getOrDefault(port.node(), List.of());
        return port.index() >= 0 && port.index() < specs.size()
                ? Optional.of(specs.get(port.index()))
                : Optional.empty();
    }

    /** The output shapes of a node; empty when they cannot be inferred. */
    public List<TensorSpec> outputs(NodeId node) {
        return outputs.getOrDefault(node, List.of());
    }

    /** The input shapes of a node that can be inferred, in order. */
    public List<TensorSpec> inputs(NodeId node) {
        return graph.node(node).inputs().stream()
                .flatMap(port -> spec(port).stream())
                .toList();
    }

    /** The weights a node needs; empty when its inputs are not known. */
    public List<WeightSpec> weights(NodeId node) {
        return weights.getOrDefault(node, List.of());
    }

    /** Floating-point operations for one row of the batch, as far as the layer knows. */
    public long flops(NodeId node) {
        return flops.getOrDefault(node, 0L);
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
