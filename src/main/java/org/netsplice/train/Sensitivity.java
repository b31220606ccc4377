package org.netsplice.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.netsplice.check.Report;
import org.netsplice.config.Json;
import org.netsplice.edit.Document;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.ops.Array;
import org.netsplice.ops.Tape;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/**
 * What a layer gives for rows, and how one number of an output depends on it. The number is the score before a softmax or sigmoid where the
 * layer of the output has one as its activation, because the gradient of a probability near 1 vanishes.
 *
 * @param values what the layer gives, rows first
 * @param gradients those of the chosen number by the values, of their shape
 * @param outputs what the output gives, before such an activation, rows first
 * @param chosen the place of the chosen number in each row of the output
 */
public record Sensitivity(Tensor values, Tensor gradients, Tensor outputs, List<Integer> chosen) {
    private static final Set<String> PROBABLE = Set.of("softmax", "sigmoid");

    public Sensitivity {
        chosen = List.copyOf(chosen);
    }

    /**
     * Computes some rows together.
     *
     * @param inputs an array for every input by its name, as a compiled network takes them
     * @param at the port of the layer
     * @param output the port of the output, behind the layer
     * @param choice the place of the number that counts in a row of the output
     * @throws ModelException.CannotPredict when the output does not depend on the layer, something between has no gradient, or rows are
     *     not kept apart
     */
    public static Sensitivity of(
            Document document,
            Map<String, Tensor> inputs,
            Port at,
            Port output,
            ToIntFunction<double[]> choice,
            Progress progress) {
        Graph graph = scored(document.graph(), output);
        Report report = Report.of(graph);
        Set<NodeId> behind = report.topology().downstream(at.node());
        if (at.node().equals(output.node()) || !behind.contains(output.node())) {
            throw refused(
                    graph.node(at.node()),
                    "the output " + graph.node(output.node()).name() + " does not depend on this layer",
                    "Choose a layer before the output.");
        }
        List<Node> before = new ArrayList<>();
        List<Node> after = new ArrayList<>();
        Set<NodeId> needed = report.topology().upstream(output.node());
        for (Node node : report.order()) {
            if (needed.contains(node.id()) && !node.isInput()) {
                boolean later = behind.contains(node.id()) && !node.id().equals(at.node());
                (later ? after : before).add(node);
            }
        }
        Features rows = Features.ofInputs(graph, inputs);
        int[] all = IntStream.range(0, rows.rows()).toArray();
        Map<WeightsId, List<Array>> weights = Setup.weights(document, report, report.order());
        Execution later = new Execution(report, after, Set.of());
        Set<Port> wanted = new LinkedHashSet<>(later.entries());
        wanted.add(at);
        Execution.Mode mode = Execution.Mode.predicting();
        Execution.Values given = new Execution(report, before, Set.of())
                .run(rows.batch(all), weights, wanted, mode, (node, outputs) -> {}, progress);
        Array values = given.arrays().get(at);
        Features.requireRows(graph.node(at.node()), values, all.length);
        try (Tape tape = Tape.record(List.of(values))) {
            Array result = later.run(given, weights, Set.of(output), mode, (node, outputs) -> {}, progress)
                    .arrays()
                    .get(output);
            Features.requireRows(graph.node(output.node()), result, all.length);
            tape.obstacle(List.of(result)).ifPresent(name -> {
                throw refused(
                        graph.node(at.node()),
                        name + " between this layer and the output has no gradient",
                        "Choose a layer behind it.");
            });
            return of(tape, values, result, all.length, choice);
        }
    }

    private static Sensitivity of(Tape tape, Array values, Array result, int rows, ToIntFunction<double[]> choice) {
        double[] numbers = result.doubles();
        int width = numbers.length / rows;
        double[] seed = new double[numbers.length];
        List<Integer> chosen = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            chosen.add(choice.applyAsInt(Arrays.copyOfRange(numbers, row * width, (row + 1) * width)));
            seed[row * width + chosen.get(row)] = 1;
        }
        Array gradient = tape.gradients(List.of(result), List.of(Array.like(result, seed, result.sizes())))
                .get(0);
        return new Sensitivity(Features.tensor(values), Features.tensor(gradient), Features.tensor(result), chosen);
    }

    /** The graph in which the layer of an output gives scores instead of probabilities, where nothing else reads them. */
    private static Graph scored(Graph graph, Port output) {
        Node node = graph.node(output.node());
        if (!(node.layer() instanceof ComputedLayer layer)
                || layer.kind().setting("activation").isEmpty()
                || !graph.readers(node.id()).isEmpty()) {
            return graph;
        }
        Optional<String> activation = layer.kind().value(layer, "activation").map(String::valueOf);
        return activation.filter(PROBABLE::contains).isPresent()
                ? graph.withNode(node.withLayer(layer.kind().change(layer, "activation", Json.of("linear"))))
                : graph;
    }

    private static ModelException.CannotPredict refused(Node node, String what, String remedy) {
        return new ModelException.CannotPredict(
                Problem.error(new Where.AtNode(node.id().number(), node.name()), what, remedy));
    }
}
