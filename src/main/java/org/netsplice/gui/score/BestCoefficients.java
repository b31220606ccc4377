package org.netsplice.gui.score;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.netsplice.bench.Weighting;
import org.netsplice.config.Json;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.Configure;
import org.netsplice.graph.NodeId;
import org.netsplice.gui.Workbench;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.work.Lane;

/** Finds the coefficients by which a weighted average has the least loss on the rows of the Scoreboard, and sets them as one step. */
public final class BestCoefficients {
    private static final String COEFFICIENTS = "coefficients";
    private static final int BATCH = 32;

    private final Workbench workbench;
    private final ScoreTab scores;
    private final Runnable open;

    /** {@code open} brings the Scoreboard to the front, where the rows are chosen. */
    public BestCoefficients(Workbench workbench, ScoreTab scores, Runnable open) {
        this.workbench = workbench;
        this.scores = scores;
        this.open = open;
    }

    /** Sets the best coefficients of a merge layer that has some. */
    public void find(NodeId merge) {
        open.run();
        Document document = workbench.session().document();
        ComputedLayer layer = (ComputedLayer) document.graph().node(merge).layer();
        List<Double> present = present(layer);
        scores.withRows(rows -> workbench.run(
                "Finding coefficients",
                Lane.ENGINE,
                progress -> Weighting.of(
                        document,
                        merge,
                        new Weighting.Rows(
                                rows.answers(),
                                rows.classes(),
                                network -> rows.inputs().read(network.inputs(), progress),
                                BATCH),
                        present,
                        progress),
                found -> {
                    if (workbench.session().document().equals(document)) {
                        workbench.apply(new Configure(
                                merge, layer.kind().read(Json.of(Map.of(COEFFICIENTS, found.coefficients())))));
                        scores.tell(sentence(found));
                    }
                }));
    }

    private static List<Double> present(ComputedLayer layer) {
        Object config = layer.kind().config(layer).get(COEFFICIENTS);
        return config instanceof List<?> list
                ? list.stream().map(one -> ((Number) one).doubleValue()).toList()
                : List.of();
    }

    private static String sentence(Weighting found) {
        return String.format(
                Locale.ROOT,
                "Coefficients %s: loss %.4f, before %.4f; the parts alone %s. Judge them on other rows than these.",
                text(found.coefficients()),
                found.loss(),
                found.before(),
                text(found.alone()));
    }

    private static String text(List<Double> numbers) {
        return numbers.stream()
                .map(number -> String.format(Locale.ROOT, "%.4f", number))
                .collect(Collectors.joining(", "));
    }
}
