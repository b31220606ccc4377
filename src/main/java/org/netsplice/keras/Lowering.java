package org.netsplice.keras;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.Submodel;
import org.netsplice.layers.WrittenAsSteps;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.HardSigmoid;

/** Replaces layers that Keras does not have by operations it has, as their kinds say. */
final class Lowering {
    private Lowering() {}

    static Graph lowered(Document document) {
        Graph graph = scaled(document);
        Report report = Report.of(graph);
        Set<String> names = new HashSet<>();
        graph.nodes().values().forEach(node -> names.add(node.name()));
        long next = document.nextId();
        List<Node> steps = new ArrayList<>();
        for (Node node : report.order()) {
            if (node.layer() instanceof WrittenAsSteps layer) {
                List<TensorSpec> specs = report.inputs(node.id());
                Optional<Submodel> operations = layer.inKeras(specs);
                if (operations.isPresent()) {
                    steps.addAll(steps(node, operations.get(), names, next));
                    next += operations.get().steps().size();
                }
            }
        }
        return steps.isEmpty() ? graph : graph.withNodes(steps);
    }

    /** The graph with the hard sigmoid of Keras 3 wherever rescaled weights make it equal to that of Keras 1 and 2. */
    private static Graph scaled(Document document) {
        Graph graph = document.graph();
        Report report = Report.of(graph);
        List<Node> changed = new ArrayList<>();
        Map<WeightsId, Weights> weights = new TreeMap<>();
        for (Node node : graph.nodes().values()) {
            List<WeightSpec> specs = report.weights(node.id());
            if (specs.isEmpty() || !(node.layer() instanceof ComputedLayer layer) || !HardSigmoid.isIn(layer)) {
                continue;
            }
            Optional<HardSigmoid.Scaled> scaled = layer.withHardSigmoid(specs);
            if (scaled.isPresent()) {
                changed.add(node.withLayer(scaled.get().layer()));
                weights.computeIfAbsent(
                        node.weights(),
                        id -> new Weights(scaled.get()
                                .weights(weights(document, id, specs).tensors())));
            }
        }
        if (changed.isEmpty()) {
            return graph;
        }
        Map<WeightsId, Weights> all = new TreeMap<>(graph.weights());
        all.putAll(weights);
        return graph.withNodes(changed).withWeights(all);
    }

    /** The weights of a layer; an untrained one gets its initial weights. */
    static Weights weights(Document document, WeightsId layer, List<WeightSpec> specs) {
        Weights known = document.graph().weights().get(layer);
        return known != null ? known : Initial.draw(document.seed(), layer, specs);
    }

    /** The operations a node is replaced by: the last takes its place and name; the others stand before it. */
    private static List<Node> steps(Node node, Submodel operations, Set<String> names, long next) {
        List<NodeId> ids = new ArrayList<>();
        List<Node> steps = new ArrayList<>();
        int last = operations.steps().size() - 1;
        for (int i = 0; i <= last; i++) {
            Submodel.Step step = operations.steps().get(i);
            NodeId id = i == last ? node.id() : new NodeId(next + i);
            ids.add(id);
            List<Port> inputs = step.inputs().stream()
                    .map(place -> place.step() < 0
                            ? node.inputs().get(place.output())
                            : new Port(ids.get(place.step()), place.output()))
                    .toList();
            String name = i == last ? node.name() : free(node.name() + "_" + step.path(), names);
            WeightsId weights = i == last ? node.weights() : new WeightsId(id.number());
            steps.add(new Node(id, name, step.layer(), inputs, weights, node.trainable(), node.policy()));
        }
        return steps;
    }

    private static String free(String name, Set<String> names) {
        String candidate = name;
        for (int number = 2; !names.add(candidate); number++) {
            candidate = name + "_" + number;
        }
        return candidate;
    }
}
