package org.netsplice.metrics;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Metrics of any number of labels. Means over labels leave out labels for which a value is not defined. */
final class LabelMetrics {
    static final List<Metric> ALL = List.of(
            new Metric(
                    "accuracy",
                    "rows with all labels right",
                    true,
                    true,
                    (scored, rows) -> (double) wrong(scored, rows, true) / rows.length),
            new Metric(
                    "hamming_loss",
                    "share of wrong labels",
                    false,
                    true,
                    (scored, rows) -> (double) wrong(scored, rows, false) / rows.length / scored.width()),
            new Metric("log_loss", "log loss", false, true, LabelMetrics::logLoss),
            new Metric("f1_macro", "F1, mean of labels", true, true, (scored, rows) -> f1(scored, rows, false)),
            new Metric("f1_weighted", "F1, weighted by rows", true, true, (scored, rows) -> f1(scored, rows, true)),
            new Metric("roc_auc", "ROC AUC", true, false, (scored, rows) -> ranked(scored, rows, Ranking::rocArea)),
            new Metric(
                    "average_precision",
                    "average precision",
                    true,
                    false,
                    (scored, rows) -> ranked(scored, rows, Ranking::averagePrecision)));

    private LabelMetrics() {}

    /** Counts the rows that have no wrong label, or the wrong labels of all rows. */
    private static long wrong(Scored scored, int[] rows, boolean rightRows) {
        long count = 0;
        for (int row : rows) {
            int wrong = 0;
            for (int label = 0; label < scored.width(); label++) {
                wrong += (scored.predicted(row, label) > 0.5) == (scored.target(row, label) > 0.5) ? 0 : 1;
            }
            count += rightRows ? (wrong == 0 ? 1 : 0) : wrong;
        }
        return count;
    }

    private static double logLoss(Scored scored, int[] rows) {
        double sum = 0;
        for (int row : rows) {
            for (int label = 0; label < scored.width(); label++) {
                double probability = Metric.clipped(scored.predicted(row, label));
                sum -= Math.log(scored.target(row, label) > 0.5 ? probability : 1 - probability);
            }
        }
        return sum / rows.length / scored.width();
    }

    private static double f1(Scored scored, int[] rows, boolean weighted) {
        double sum = 0;
        double weights = 0;
        for (int label = 0; label < scored.width(); label++) {
            Confusion confusion = Confusion.ofLabel(scored, rows, label);
            double weight = weighted ? confusion.support(1) : 1;
            sum += weight * confusion.f1(1);
            weights += weight;
        }
        return weights == 0 ? 0 : sum / weights;
    }

    private static double ranked(Scored scored, int[] rows, ToDoubleFunction<Ranking> value) {
        double sum = 0;
        int defined = 0;
        for (int label = 0; label < scored.width(); label++) {
            double[] scores = new double[rows.length];
            boolean[] positive = new boolean[rows.length];
            for (int i = 0; i < rows.length; i++) {
                scores[i] = scored.predicted(rows[i], label);
                positive[i] = scored.target(rows[i], label) > 0.5;
            }
            Ranking ranking = Ranking.of(scores, positive);
            if (ranking.isDefined()) {
                sum += value.applyAsDouble(ranking);
                defined++;
            }
        }
        return sum / defined;
    }
}
