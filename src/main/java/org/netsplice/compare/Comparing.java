package org.netsplice.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.netsplice.check.Report;
import org.netsplice.config.Json;
import org.netsplice.graph.Graph;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.layers.Opaque;
import org.netsplice.layers.kind.ComputedLayer;

/** Compares two graphs node by node. */
final class Comparing {
    private final Report before;
    private final Report after;
    private final Pairs pairs;

    Comparing(Report before, Report after) {
        this.before = before;
        this.after = after;
        this.pairs = new Pairs(before, after);
    }

    DocumentDifference difference() {
        List<LayerDifference> layers = new ArrayList<>();
        List<Node> added = new ArrayList<>(after.order());
        added.removeIf(node -> pairs.isTwin(node.id()));
        for (Node node : before.order()) {
            layers.add(pairs.twin(node.id())
                    .map(twin -> compare(node, twin))
                    .orElseGet(() -> new LayerDifference(Optional.of(node), Optional.empty(), List.of(), List.of())));
        }
        added.forEach(
                node -> layers.add(new LayerDifference(Optional.empty(), Optional.of(node), List.of(), List.of())));
        return new DocumentDifference(layers, outputs());
    }

    private List<Change> outputs() {
        Graph one = before.graph();
        Graph two = after.graph();
        List<Change> changes = new ArrayList<>();
        boolean sameInputs = pairs.match(
                one.inputs().stream().map(Port::of).toList(),
                two.inputs().stream().map(Port::of).toList());
        if (!sameInputs) {
            changes.add(new Change("inputs", inputs(one), inputs(two)));
        }
        boolean sameOutputs = pairs.match(
                one.outputs().stream().map(Output::port).toList(),
                two.outputs().stream().map(Output::port).toList());
        if (!sameOutputs) {
            changes.add(new Change("outputs", outputs(one), outputs(two)));
        }
        return changes;
    }

    private static String inputs(Graph graph) {
        return graph.inputs().stream().map(id -> graph.node(id).name()).collect(Collectors.joining(", "));
    }

    private static String outputs(Graph graph) {
        return graph.outputs().stream()
                .map(output -> text(graph, output.port()))
                .collect(Collectors.joining(", "));
    }

    private static String text(Graph graph, Port port) {
        String name = graph.node(port.node()).name();
        return port.index() == 0 ? name : name + ":" + port.index();
    }

    private LayerDifference compare(Node node, Node twin) {
        List<Change> changes = new ArrayList<>(settings(node.layer(), twin.layer()));
        add(changes, "name", node.name(), twin.name());
        add(changes, "trainable", node.trainable(), twin.trainable());
        add(changes, "dtype", node.policy().name(), twin.policy().name());
        if (!pairs.match(node.inputs(), twin.inputs())) {
            changes.add(new Change("reads", sources(before.graph(), node), sources(after.graph(), twin)));
        }
        List<WeightsDistance> distances = new ArrayList<>();
        compareWeights(node, twin, changes, distances);
        return new LayerDifference(Optional.of(node), Optional.of(twin), changes, distances);
    }

    private static String sources(Graph graph, Node node) {
        return node.inputs().stream().map(port -> text(graph, port)).collect(Collectors.joining(", "));
    }

    private void compareWeights(Node node, Node twin, List<Change> changes, List<WeightsDistance> distances) {
        List<Tensor> one = tensors(before.graph(), node);
        List<Tensor> two = tensors(after.graph(), twin);
        if (one.isEmpty() || two.isEmpty()) {
            add(changes, "weights", one.isEmpty() ? "none" : "present", two.isEmpty() ? "none" : "present");
            return;
        }
        List<WeightSpec> specs = before.weights(node.id());
        for (int i = 0; i < Math.max(one.size(), two.size()); i++) {
            String name = i < specs.size() ? specs.get(i).title() : "weights " + (i + 1);
            String shape = i < one.size() ? one.get(i).shape().toString() : "none";
            String other = i < two.size() ? two.get(i).shape().toString() : "none";
            if (!shape.equals(other)) {
                add(changes, name, shape, other);
            } else if (!one.get(i).equals(two.get(i))) {
                WeightsDistance distance = WeightsDistance.of(name, one.get(i), two.get(i));
                if (distance.greatest() != 0) {
                    distances.add(distance);
                }
            }
        }
    }

    private static List<Tensor> tensors(Graph graph, Node node) {
        return Optional.ofNullable(graph.weights().get(node.weights()))
                .map(Weights::tensors)
                .orElse(List.of());
    }

    private static void add(List<Change> changes, String what, Object before, Object after) {
        if (!before.equals(after)) {
            changes.add(new Change(what, before.toString(), after.toString()));
        }
    }

    private static List<Change> settings(Layer one, Layer two) {
        Map<String, Object> before = settings(one);
        Map<String, Object> after = settings(two);
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        List<Change> changes = new ArrayList<>();
        for (String name : names) {
            add(changes, name, text(before.get(name)), text(after.get(name)));
        }
        return changes;
    }

    private static Map<String, Object> settings(Layer layer) {
        if (layer instanceof ComputedLayer computed) {
            return computed.kind().config(computed);
        }
        if (layer instanceof InputLayer input) {
            return Map.of(
                    "shape",
                    input.batchShape().toString(),
                    "dtype",
                    input.dtype().text());
        }
        return layer instanceof Opaque opaque ? Map.of("configuration", opaque.config()) : Map.of();
    }

    private static String text(Object value) {
        return value instanceof String text ? text : Json.of(value).toString();
    }
}
