package org.netsplice.gui.score;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.bench.Evaluation;
import org.netsplice.bench.Evaluator;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.edit.Document;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Node;
import org.netsplice.graph.Output;
import org.netsplice.graph.Tensor;
import org.netsplice.gui.result.ChosenData;
import org.netsplice.gui.result.Thumbnail;
import org.netsplice.metrics.Metric;
import org.netsplice.metrics.Scored;
import org.netsplice.metrics.Task;
import org.netsplice.predict.Digits;
import org.netsplice.problem.Printable;
import org.netsplice.work.Progress;

/**
 * What an evaluation found, with the rows it was made on.
 *
 * @param data of the inputs, by name
 * @param rowNames what the rows are called; may be empty
 */
record Scores(Evaluation evaluation, Map<String, Tensor> data, List<String> rowNames) {
    private static final int BATCH = 32;

    /**
     * What is to be evaluated.
     *
     * @param output the output the targets belong to; empty for every output, each as a network of its own
     * @param samples how often rows are drawn for intervals; 0 for none
     */
    record Order(Document document, ScoreTab.Rows rows, Optional<String> output, int samples) {}

    /**
     * Evaluates a document.
     *
     * @throws org.netsplice.problem.ModelException.CannotPredict when data, targets and predictions do not fit each other
     */
    static Scores of(Order order, Progress progress) {
        Document document = order.document();
        Map<String, Tensor> data = read(document.graph(), order.rows().inputs(), progress);
        Evaluator evaluator = new Evaluator(
                order.rows().answers(),
                order.rows().classes(),
                new Evaluator.Options(
                        BATCH, List.of(), order.samples(), 0, order.output().orElse("")));
        Evaluator.Data given = network -> some(network, data);
        List<Output> outputs = document.graph().outputs();
        if (order.output().isPresent() || outputs.size() == 1) {
            evaluator.add(document.name(), document, given, progress.part(0, 0.8));
        } else {
            for (int i = 0; i < outputs.size(); i++) {
                evaluator.add(
                        titleOf(document.graph(), outputs.get(i)),
                        document.with(document.graph().withOutputs(List.of(outputs.get(i)))),
                        given,
                        progress.part(0.8 * i / outputs.size(), 0.8 * (i + 1) / outputs.size()));
            }
        }
        return new Scores(
                evaluator.evaluate(progress.part(0.8, 1)),
                data,
                order.rows().data().rowNames());
    }

    /** The network that has an output of its own, else the output. */
    private static String titleOf(Graph graph, Output output) {
        return graph.outermostGroupOf(output.port().node())
                .filter(group -> group.kind() == Group.Kind.NETWORK)
                .map(Group::name)
                .orElseGet(() -> graph.outputName(output));
    }

    /** Reads the data of all inputs, by name. */
    static Map<String, Tensor> read(Graph graph, ChosenData data, Progress progress) {
        List<CompiledNetwork.Input> inputs =
                graph.inputs().stream().map(graph::node).map(Scores::described).toList();
        return data.read(inputs, progress.part(0, 0));
    }

    private static CompiledNetwork.Input described(Node node) {
        InputLayer layer = (InputLayer) node.layer();
        return new CompiledNetwork.Input(node.name(), layer.batchShape(), layer.dtype());
    }

    private static Map<String, Tensor> some(CompiledNetwork network, Map<String, Tensor> all) {
        Map<String, Tensor> some = new LinkedHashMap<>();
        network.inputs().forEach(input -> some.put(input.name(), all.get(input.name())));
        return some;
    }

    /** The networks in the order of the table. */
    List<Evaluation.Score> networks() {
        return evaluation.scores();
    }

    int rows() {
        return (int) evaluation.rows();
    }

    /** Whether every row is of one class. */
    boolean ofClasses() {
        return evaluation.task() == Task.BINARY || evaluation.task() == Task.CLASSES;
    }

    /** The number of classes. */
    int classes() {
        return networks().get(0).scored().classes();
    }

    /** The name of a class, its number where it has none. */
    String className(int of) {
        return of < evaluation.classes().size()
                ? Printable.name(evaluation.classes().get(of))
                : String.valueOf(of);
    }

    /** What a row is called. */
    String rowName(int row) {
        return row < rowNames.size() ? Printable.name(rowNames.get(row)) : "row " + (row + 1);
    }

    /** The first input whose rows are pictures. */
    Optional<Tensor> pictures() {
        return data.values().stream().filter(Thumbnail::shows).findFirst();
    }

    /** What is right for a row. */
    String right(int row) {
        Scored any = networks().get(0).scored();
        if (ofClasses()) {
            return className(any.rightClass(row));
        }
        return values(any.width(), column -> any.target(row, column));
    }

    /** What a network said of a row: the class with its probability, or the numbers. */
    String said(Evaluation.Score network, int row) {
        Scored scored = network.scored();
        if (ofClasses()) {
            int of = scored.predictedClass(row);
            return className(of) + "   " + Digits.of(rounded(scored.probability(row, of)));
        }
        return values(scored.width(), column -> scored.predicted(row, column));
    }

    private static double rounded(double probability) {
        return Math.round(probability * 1e4) / 1e4;
    }

    private static String values(int width, java.util.function.IntToDoubleFunction value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(width, 4); i++) {
            text.append(i == 0 ? "" : ", ").append(Digits.of(value.applyAsDouble(i)));
        }
        return text + (width > 4 ? ", …" : "");
    }

    /** How wrong a network is about a row: the mean distance of its numbers from the targets, or 1 less the probability of the right class. */
    double error(Evaluation.Score network, int row) {
        Scored scored = network.scored();
        if (ofClasses()) {
            return 1 - scored.probability(row, scored.rightClass(row));
        }
        double sum = 0;
        for (int column = 0; column < scored.width(); column++) {
            sum += Math.abs(scored.predicted(row, column) - scored.target(row, column));
        }
        return sum / scored.width();
    }

    /** Whether a network has the best value of a metric, alone or with others. */
    boolean isBest(Metric metric, Evaluation.Score network) {
        return networks().size() > 1
                && evaluation
                        .best(metric)
                        .filter(best -> best.value(metric) == network.value(metric))
                        .isPresent();
    }
}
