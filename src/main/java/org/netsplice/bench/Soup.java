package org.netsplice.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.graph.Tensor;
import org.netsplice.metrics.Coefficients;
import org.netsplice.metrics.Scored;
import org.netsplice.problem.ModelException;
import org.netsplice.work.Progress;

/**
 * A greedy soup: the mean of the weights of those networks that make it better on given rows. They are tried from the best to the worst,
 * and one is kept when the mean with it has no greater loss than without it (Wortsman et al., “Model soups”, 2022), so that the
 * result is never worse than the best of them on these rows.
 *
 * @param document the mean of the kept networks
 * @param loss of it: log loss, or the mean squared error
 * @param alone the loss of each network
 * @param kept which networks are in it, counted from 0, in the order in which they were added
 */
public record Soup(Document document, double loss, List<Double> alone, List<Integer> kept) {

    public Soup {
        alone = List.copyOf(alone);
        kept = List.copyOf(kept);
    }

    /**
     * Makes one.
     *
     * @param names for messages
     * @param documents networks of one architecture, two or more
     * @throws ModelException.EditRefused when the architectures differ
     * @throws ModelException.CannotPredict when what they predict does not fit the targets
     */
    public static Soup of(List<String> names, List<Document> documents, Weighting.Rows rows, Progress progress) {
        List<Double> alone = new ArrayList<>();
        double parts = 2.0 * documents.size();
        for (Document document : documents) {
            alone.add(loss(document, rows, progress.part(alone.size() / parts, (alone.size() + 1) / parts)));
        }
        List<Integer> order = IntStream.range(0, documents.size())
                .boxed()
                .sorted(Comparator.comparing(alone::get))
                .toList();
        List<Integer> kept = new ArrayList<>(List.of(order.get(0)));
        Document best = documents.get(order.get(0));
        double least = alone.get(order.get(0));
        for (int i = 1; i < order.size(); i++) {
            List<Integer> more = new ArrayList<>(kept);
            more.add(order.get(i));
            Document mean = new Blend(
                            more.stream().map(names::get).toList(),
                            more.stream().map(documents::get).toList())
                    .by(Blend.Method.AVERAGE, more.stream().map(one -> 1.0).toList());
            double done = documents.size() + i;
            double loss = loss(mean, rows, progress.part(done / parts, (done + 1) / parts));
            if (loss <= least) {
                best = mean;
                least = loss;
                kept = more;
            }
        }
        return new Soup(best, least, alone, kept);
    }

    /**
     * The loss of the first output of a network: log loss for probabilities, mean squared error for numbers.
     *
     * @throws ModelException.CannotPredict when what it predicts does not fit the targets
     */
    public static double loss(Document document, Weighting.Rows rows, Progress progress) {
        CompiledNetwork network = Compiler.compile(document, progress.part(0, 0.1));
        String output = document.graph().outputName(document.graph().outputs().get(0));
        return loss(
                network.predict(rows.data().of(network), rows.batch(), progress.part(0.1, 1))
                        .get(output),
                rows);
    }

    /**
     * The loss of predictions.
     *
     * @param rows of which only the targets and classes are asked
     */
    public static double loss(Tensor predictions, Weighting.Rows rows) {
        Scored scored = new Matching(rows.targets(), rows.classes())
                .match(predictions, Optional.empty())
                .scored();
        return Coefficients.loss(List.of(scored), new double[] {1});
    }
}
