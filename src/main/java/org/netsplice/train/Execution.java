package org.netsplice.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.netsplice.check.Report;
import org.netsplice.graph.DType;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.TravellingMasks;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.ElementTypes;
import org.netsplice.layers.kind.TrainingPass;
import org.netsplice.ops.Array;
import org.netsplice.ops.NoGradientException;
import org.netsplice.ops.Tape;
import org.netsplice.ops.Watch;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/** Computes nodes one after the other for a batch of rows. Half precision is computed in float32, so that small gradients survive. */
final class Execution {
    private final List<Node> nodes;
    private final Map<NodeId, List<DType>> types = new HashMap<>();
    private final Map<Port, Integer> readers = new HashMap<>();
    private final Set<NodeId> trained;

    /**
     * An execution of nodes.
     *
     * @param nodes each after those that feed it
     * @param trained the nodes whose weights change; statistics of others stay as they are
     */
    Execution(Report report, List<Node> nodes, Set<NodeId> trained) {
        this.nodes = List.copyOf(nodes);
        this.trained = Set.copyOf(trained);
        for (Node node : nodes) {
            types.put(
                    node.id(),
                    report.outputs(node.id()).stream()
                            .map(TensorSpec::dtype)
                            .map(Execution::wide)
                            .toList());
            node.inputs().forEach(port -> readers.merge(port, 1, Integer::sum));
        }
    }

    private static DType wide(DType type) {
        return type.floating() && type != DType.FLOAT64 ? DType.FLOAT32 : type;
    }

    List<Node> nodes() {
        return nodes;
    }

    /** Values of ports, and their masks. */
    record Values(Map<Port, Array> arrays, Map<Port, Array> masks) {}

    /** Looks at the values of a node as soon as they are computed. */
    @FunctionalInterface
    interface Watcher {
        void computed(Node node, List<Array> outputs);
    }

    /**
     * How a batch is computed.
     *
     * @param random decides what random layers do; empty when predicting
     * @param renewed gets the new values of weights that are not trained by gradients, such as moving means
     */
    record Mode(Optional<SplittableRandom> random, Map<WeightsId, Map<Integer, Array>> renewed) {
        static Mode predicting() {
            return new Mode(Optional.empty(), new HashMap<>());
        }

        static Mode training(long seed) {
            return new Mode(Optional.of(new SplittableRandom(seed)), new HashMap<>());
        }
    }

    /**
     * Computes all nodes.
     *
     * @param given values that nodes read and no node computes
     * @param weights by layer
     * @param wanted the ports whose values and masks are returned
     */
    Values run(
            Values given,
            Map<WeightsId, List<Array>> weights,
            Set<Port> wanted,
            Mode mode,
            Watcher watcher,
            Progress progress) {
        Map<Port, Array> values = new HashMap<>(given.arrays());
        TravellingMasks<Port, Array> masks = new TravellingMasks<>();
        given.masks().forEach((port, mask) -> masks.put(port, Optional.of(mask)));
        Map<Port, Integer> left = new HashMap<>(readers);
        Map<Port, Array> found = new HashMap<>();
        Map<Port, Array> foundMasks = new HashMap<>();
        wanted.stream().filter(values::containsKey).forEach(port -> found.put(port, values.get(port)));
        for (Node node : nodes) {
            Runnable asked = () -> progress.at(-1, "Computing " + node.name());
            asked.run();
            List<Array> outputs = Watch.over(asked, () -> computed(node, values, masks, weights, mode));
            watcher.computed(node, outputs);
            for (int i = 0; i < outputs.size(); i++) {
                Port port = new Port(node.id(), i);
                values.put(port, outputs.get(i));
                if (wanted.contains(port)) {
                    found.put(port, outputs.get(i));
                    masks.of(port).ifPresent(mask -> foundMasks.put(port, mask));
                }
            }
            for (Port port : node.inputs()) {
                if (left.merge(port, -1, Integer::sum) == 0) {
                    values.remove(port);
                }
            }
        }
        return new Values(found, foundMasks);
    }

    private List<Array> computed(
            Node node,
            Map<Port, Array> values,
            TravellingMasks<Port, Array> masks,
            Map<WeightsId, List<Array>> weights,
            Mode mode) {
        ComputedLayer layer = (ComputedLayer) node.layer();
        List<Array> inputs =
                node.inputs().stream().map(port -> cast(node, values.get(port))).toList();
        List<Optional<Array>> given = masks.of(node.inputs());
        List<Array> own = weights.getOrDefault(node.weights(), List.of()).stream()
                .map(array -> cast(node, array))
                .toList();
        List<Array> results;
        try {
            results = new ArrayList<>(forward(node, layer, inputs, given, own, mode));
        } catch (NoGradientException problem) {
            throw noGradient(node, problem);
        }
        List<DType> wanted = types.get(node.id());
        for (int i = 0; i < Math.min(results.size(), wanted.size()); i++) {
            results.set(i, ElementTypes.as(results.get(i), wanted.get(i)));
        }
        Optional<Array> mask = Optional.empty();
        if (!layer.returnsInput()
                && layer.masks().gives(given.stream().map(Optional::isPresent).toList())) {
            mask = Optional.of(Tape.aside(() -> layer.masks().mask(inputs, given)));
        }
        masks.after(layer, node.inputs(), Port.of(node.id()), mask);
        return results;
    }

    private List<Array> forward(
            Node node,
            ComputedLayer layer,
            List<Array> inputs,
            List<Optional<Array>> masks,
            List<Array> weights,
            Mode mode) {
        if (mode.random().isEmpty()) {
            return layer.compute(inputs, masks, weights);
        }
        TrainingPass pass = new TrainingPass(
                trained.contains(node.id()), mode.random().get().split());
        org.netsplice.layers.kind.Trained result = layer.forwardTraining(inputs, masks, weights, pass);
        if (pass.trainable() && !result.renewed().isEmpty()) {
            mode.renewed()
                    .computeIfAbsent(node.weights(), key -> new HashMap<>())
                    .putAll(result.renewed());
        }
        return result.outputs();
    }

    private static Array cast(Node node, Array array) {
        return !node.layer().casts() || array.form() == Array.Form.WHOLE
                ? array
                : array.as(ElementTypes.form(node.policy().compute()));
    }

    private static ModelException.CannotPredict noGradient(Node node, NoGradientException problem) {
        return new ModelException.CannotPredict(
                Problem.error(
                        new Where.AtNode(node.id().number(), node.name()),
                        problem.getMessage() + ", so that nothing before it can be trained",
                        "Train only layers behind it."),
                problem);
    }

    /** The ports that nodes read and none of them computes. */
    Set<Port> entries() {
        Set<NodeId> own = new HashSet<>();
        nodes.forEach(node -> own.add(node.id()));
        Set<Port> entries = new HashSet<>(readers.keySet());
        entries.removeIf(port -> own.contains(port.node()));
        return entries;
    }
}
