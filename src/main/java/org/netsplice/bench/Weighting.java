package org.netsplice.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.Tensor;
import org.netsplice.metrics.Coefficients;
import org.netsplice.metrics.Scored;
import org.netsplice.predict.Answers;
import org.netsplice.problem.ModelException;
import org.netsplice.work.Progress;

/**
 * Coefficients found for a weighted average of what a node reads, from its loss on given rows.
 *
 * @param coefficients one for each input of the node, with the sum 1
 * @param loss with these coefficients
 * @param before the loss with the coefficients the node had
 * @param alone the loss of each input alone
 */
public record Weighting(List<Double> coefficients, double loss, double before, List<Double> alone) {

    public Weighting {
        coefficients = List.copyOf(coefficients);
        alone = List.copyOf(alone);
    }

    /**
     * Rows whose targets are known.
     *
     * @param classes names of the classes; may be empty
     * @param batch rows computed together
     */
    public record Rows(Answers targets, List<String> classes, Evaluator.Data data, int batch) {
        public Rows {
            classes = List.copyOf(classes);
        }
    }

    /**
     * Finds the coefficients.
     *
     * @param merge a node that joins predictions of the targets
     * @param present the coefficients it has; empty for equal ones
     * @throws ModelException.CannotPredict when what it joins does not fit the targets
     */
    public static Weighting of(Document document, NodeId merge, Rows rows, List<Double> present, Progress progress) {
        return of(document, merge, rows, present, Coefficients::best, progress);
    }

    /**
     * Like {@link #of(Document, NodeId, Rows, List, Progress)}.
     *
     * @param search gives a coefficient for each input from what the inputs say of the rows
     */
    public static Weighting of(
            Document document,
            NodeId merge,
            Rows rows,
            List<Double> present,
            Function<List<Scored>, double[]> search,
            Progress progress) {
        Node node = document.graph().node(merge);
        Map<String, Port> members = new LinkedHashMap<>();
        for (Port port : node.inputs()) {
            members.put("part " + (members.size() + 1), port);
        }
        Map<String, String> outputs = new LinkedHashMap<>();
        CompiledNetwork network =
                Compiler.compile(Members.withOutputs(document, members, outputs), progress.part(0, 0.1));
        Map<String, Tensor> predictions = network.predict(rows.data().of(network), rows.batch(), progress.part(0.1, 1));
        Matching matching = new Matching(rows.targets(), rows.classes());
        List<Scored> scored = new ArrayList<>();
        for (String output : outputs.values()) {
            scored.add(matching.match(
                            predictions.get(output),
                            scored.isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(scored.get(0).task()))
                    .scored());
        }
        double[] best = search.apply(scored);
        List<Double> coefficients = new ArrayList<>();
        List<Double> alone = new ArrayList<>();
        for (int k = 0; k < best.length; k++) {
            coefficients.add(best[k]);
            double[] only = new double[best.length];
            only[k] = 1;
            alone.add(Coefficients.loss(scored, only));
        }
        return new Weighting(
                coefficients,
                Coefficients.loss(scored, best),
                Coefficients.loss(scored, shares(present, best.length)),
                alone);
    }

    /** Coefficients with the sum 1; equal ones where there are none for each input. */
    private static double[] shares(List<Double> present, int inputs) {
        double sum = present.stream().mapToDouble(Double::doubleValue).sum();
        double[] shares = new double[inputs];
        for (int i = 0; i < inputs; i++) {
            shares[i] = present.size() == inputs && sum > 0 ? present.get(i) / sum : 1.0 / inputs;
        }
        return shares;
    }
}
