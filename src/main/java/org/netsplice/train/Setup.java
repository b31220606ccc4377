package org.netsplice.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.netsplice.check.Report;
import org.netsplice.config.Json;
import org.netsplice.edit.Document;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.ops.Array;
import org.netsplice.predict.Answers;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/** Makes of a document and goals what a trainer runs: a graph whose outputs are those that losses want, and the loss of each. */
final class Setup {
    /** How far two ways to compute an output may differ that are the same. */
    private static final double TOLERANCE = 1e-5;

    private final Document document;
    private Graph graph;
    private Report report;
    private final Map<Port, Objective> objectives = new LinkedHashMap<>();

    private Setup(Document document) {
        this.document = document;
        this.graph = document.graph();
        this.report = Report.of(graph);
    }

    /** The graph to train, in which outputs that become probabilities may give scores instead. */
    Graph graph() {
        return graph;
    }

    Report report() {
        return report;
    }

    /** The loss of each port that is trained for. */
    Map<Port, Objective> objectives() {
        return objectives;
    }

    /**
     * Finds the losses by predicting a few rows.
     *
     * @param answers the targets by the name of the output
     * @throws ModelException.CannotPredict when an output, its targets and its loss do not fit
     */
    static Setup of(
            Document document, List<Goal> goals, Features few, Map<String, Answers> answers, Progress progress) {
        Setup setup = new Setup(document);
        Map<String, Port> ports = new LinkedHashMap<>();
        for (Goal goal : goals) {
            ports.put(goal.output(), port(setup.graph, goal));
        }
        Map<Port, Array> said = setup.predicted(setup.graph, few, Set.copyOf(ports.values()), progress);
        for (Goal goal : goals) {
            Port port = ports.get(goal.output());
            setup.add(goal, port, said.get(port), answers.get(goal.output()), few, progress);
        }
        return setup;
    }

    /** The port of the output that a goal is about. */
    static Port port(Graph graph, Goal goal) {
        List<String> names = graph.outputs().stream().map(graph::outputName).toList();
        return graph.outputs().stream()
                .filter(output -> graph.outputName(output).equals(goal.output()))
                .map(Output::port)
                .findFirst()
                .orElseThrow(() -> new ModelException.CannotPredict(Problem.error(
                        Where.NOWHERE,
                        "there is no output \"" + goal.output() + "\" to train",
                        "The outputs are " + String.join(", ", names) + ".")));
    }

    private void add(Goal goal, Port port, Array said, Answers answers, Features few, Progress progress) {
        Node node = graph.node(port.node());
        Features.requireRows(node, said, few.rows());
        long[] sizes = said.sizes();
        int width = sizes.length < 2 ? 1 : (int) sizes[sizes.length - 1];
        int items = (int) (said.length() / few.rows() / width);
        double[] predictions = said.doubles();
        boolean linear = activation(node).filter("linear"::equals).isPresent()
                && report.weights(node.id()).stream().anyMatch(WeightSpec::trainable);
        Objective.Form form = Objective.Form.of(predictions, width, linear);
        Objective objective = Objective.of(goal, form, items, width, answers);
        if (objective.loss().kind().crossEntropy() && !objective.loss().fromScores()) {
            boolean softmax = objective.loss().kind() != Loss.Kind.BINARY_CROSSENTROPY;
            Optional<Port> scores = scores(port, new Said(predictions, width, softmax), few, progress);
            if (scores.isPresent()) {
                objectives.put(scores.get(), objective.ofScores());
                return;
            }
        }
        objectives.put(port, objective);
    }

    private static Optional<String> activation(Node node) {
        return node.layer() instanceof ComputedLayer layer
                        && layer.kind().setting("activation").isPresent()
                ? layer.kind().value(layer, "activation").map(String::valueOf)
                : Optional.empty();
    }

    /**
     * The port of the scores that an output makes probabilities of, from which Keras computes cross-entropies too, because the logarithm
     * of a tiny probability has no gradient. It is found by trying: the layer without its activation, or what the layer reads.
     */
    private Optional<Port> scores(Port port, Said said, Features few, Progress progress) {
        Node node = graph.node(port.node());
        String name = said.softmax() ? "softmax" : "sigmoid";
        boolean alone = report.topology().readers(port).isEmpty()
                && graph.outputs().stream()
                                .filter(output -> output.port().equals(port))
                                .count()
                        == 1;
        if (alone && activation(node).filter(name::equals).isPresent()) {
            ComputedLayer layer = (ComputedLayer) node.layer();
            Graph linear = graph.withNode(node.withLayer(layer.kind().change(layer, "activation", Json.of("linear"))));
            if (gives(linear, port, said, few, progress)) {
                graph = linear;
                report = Report.of(linear, report);
                return Optional.of(port);
            }
        }
        if (node.inputs().size() != 1 || !sameShape(node.inputs().get(0), port)) {
            return Optional.empty();
        }
        Port read = node.inputs().get(0);
        return gives(graph, read, said, few, progress) ? Optional.of(read) : Optional.empty();
    }

    private boolean sameShape(Port one, Port other) {
        Optional<TensorSpec> first = report.spec(one);
        Optional<TensorSpec> second = report.spec(other);
        return first.isPresent()
                && second.isPresent()
                && first.get().shape().equals(second.get().shape());
    }

    /** What an output gives for a few rows, and whether a softmax or a sigmoid should have made it. */
    private record Said(double[] predictions, int width, boolean softmax) {
        boolean madeOf(double[] scores) {
            if (scores.length != predictions.length) {
                return false;
            }
            double[] probabilities = softmax ? Scores.softmax(scores, width) : Scores.sigmoid(scores);
            return IntStream.range(0, scores.length)
                    .allMatch(i -> Math.abs(probabilities[i] - predictions[i]) <= TOLERANCE);
        }
    }

    private boolean gives(Graph tried, Port port, Said said, Features few, Progress progress) {
        return said.madeOf(
                predicted(tried, few, Set.of(port), progress).get(port).doubles());
    }

    private Map<Port, Array> predicted(Graph of, Features few, Set<Port> ports, Progress progress) {
        Report known = Report.of(of, report);
        Set<NodeId> ends = new LinkedHashSet<>();
        ports.forEach(port -> ends.add(port.node()));
        Set<NodeId> needed = known.topology().upstream(ends);
        List<Node> nodes = new ArrayList<>();
        for (Node node : known.order()) {
            if (needed.contains(node.id()) && !node.isInput()) {
                nodes.add(node);
            }
        }
        Execution execution = new Execution(known, nodes, Set.of());
        int[] all = IntStream.range(0, few.rows()).toArray();
        return execution
                .run(
                        few.batch(all),
                        weights(document, known, nodes),
                        ports,
                        Execution.Mode.predicting(),
                        (node, outputs) -> {},
                        progress)
                .arrays();
    }

    /** The weights of nodes in native memory. */
    static Map<WeightsId, List<Array>> weights(Document document, Report report, List<Node> nodes) {
        return new Parameters(document, report, nodes).arrays();
    }
}
