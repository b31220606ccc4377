package org.netsplice.bench;

import java.util.List;
import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.AddLayer;
import org.netsplice.edit.step.Configure;
import org.netsplice.edit.step.RenameOutput;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.Port;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.LayerNotation;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.metrics.Calibration;
import org.netsplice.metrics.Coefficients;
import org.netsplice.metrics.Scored;
import org.netsplice.metrics.Sharpness;
import org.netsplice.metrics.Task;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/**
 * A network whose probabilities are as sure as they are right: its scores are divided by a temperature, the one with the least log loss on
 * given rows, before the softmax or sigmoid (Guo et al., <i>On Calibration of Modern Neural Networks</i>, 2017). The order of the
 * classes of a row stays. Above 1 it makes the network less sure, below 1 surer.
 *
 * @param document the network with the temperature as a layer
 * @param temperature above 0
 * @param before how good the probabilities were
 * @param after how good they are
 */
public record Temperature(Document document, double temperature, Quality before, Quality after) {

    /**
     * How good probabilities are.
     *
     * @param loss log loss
     * @param error expected calibration error; empty for labels
     */
    public record Quality(double loss, Optional<Double> error) {}

    /** What stands behind an activation that a network's probabilities come from. */
    private enum Form {
        SOFTMAX,
        SIGMOID
    }

    private static final Where COMMAND = Where.NOWHERE;

    /**
     * Finds the temperature for the first output and puts it in.
     *
     * @throws ModelException.CannotPredict when the output gives no probabilities of the targets
     * @throws ModelException.EditRefused when there is no place for a temperature
     */
    public static Temperature of(Document document, Weighting.Rows rows, Progress progress) {
        Scored before = scored(document, rows, progress.part(0, 0.5));
        if (before.task() == Task.REGRESSION) {
            throw new ModelException.CannotPredict(Problem.error(
                    COMMAND,
                    "the targets are numbers to be predicted, and not classes or labels",
                    "Calibrate a network that predicts probabilities."));
        }
        double temperature = Sharpness.temperature(before);
        Document calibrated = with(document, temperature, before.task() == Task.CLASSES ? Form.SOFTMAX : Form.SIGMOID);
        Scored after = scored(calibrated, rows, progress.part(0.5, 1));
        return new Temperature(calibrated, temperature, quality(before), quality(after));
    }

    private static Quality quality(Scored scored) {
        Optional<Double> error = scored.task() == Task.MULTILABEL
                ? Optional.empty()
                : Optional.of(Calibration.of(scored, scored.allRows()).expectedError());
        return new Quality(Coefficients.loss(List.of(scored), new double[] {1}), error);
    }

    private static Scored scored(Document document, Weighting.Rows rows, Progress progress) {
        CompiledNetwork network = Compiler.compile(document, progress.part(0, 0.1));
        String output = document.graph().outputName(document.graph().outputs().get(0));
        Tensor predictions = network.predict(rows.data().of(network), rows.batch(), progress.part(0.1, 1))
                .get(output);
        return new Matching(rows.targets(), rows.classes())
                .match(predictions, Optional.empty())
                .scored();
    }

    /**
     * The network with a temperature: between the scores and the activation where the last layer has one of its own, else behind the
     * logarithm of the probabilities, which is the scores less a number for each row.
     */
    private static Document with(Document document, double temperature, Form form) {
        Graph graph = document.graph();
        Port port = graph.outputs().get(0).port();
        String output = graph.outputName(graph.outputs().get(0));
        Node last = graph.node(port.node());
        String function = form == Form.SOFTMAX ? "softmax" : "sigmoid";
        ComputedLayer layer = (ComputedLayer) last.layer();
        boolean own = layer.kind().value(layer, "activation").equals(Optional.of(function))
                && !layer.weights(org.netsplice.check.Report.of(graph).inputs(last.id()))
                        .isEmpty()
                && !graph.isShared(last.weights())
                && graph.readers(last.id()).isEmpty();
        Document scores = document;
        Port from = port;
        if (own) {
            scores = new Configure(last.id(), layer.kind().change(layer, "activation", Json.of("linear")))
                    .apply(document);
        } else if (form == Form.SOFTMAX) {
            from = Port.of(AddLayer.added(document));
            scores = added(document, "ops.Log()", "log_probabilities", port);
        } else {
            throw new ModelException.EditRefused(
                    new Where.AtNode(last.id().number(), last.name()),
                    "gives probabilities without a sigmoid of its own, so that there are no scores to divide",
                    "Calibrate each network before they are joined.");
        }
        Port divided = Port.of(AddLayer.added(scores));
        Document cooled = added(scores, "Rescaling(scale=" + 1 / temperature + ")", "temperature", from);
        Port result = Port.of(AddLayer.added(cooled));
        Document whole = added(cooled, "Activation(activation=" + function + ")", "", divided);
        return new RenameOutput(result, output).apply(whole);
    }

    private static Document added(Document document, String layer, String name, Port from) {
        return new AddLayer(LayerNotation.parse(layer, Where.NOWHERE).layer(), name, List.of(from), Optional.empty())
                .apply(document);
    }
}
