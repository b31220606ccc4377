package org.netsplice.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Metrics of one class of several. Means over classes leave out classes for which a value is not defined. */
final class ClassMetrics {
    private ClassMetrics() {}

    static List<Metric> of(int classes) {
        List<Metric> metrics = new ArrayList<>();
        metrics.add(confusion("accuracy", "accuracy", Confusion::accuracy));
        metrics.add(confusion("balanced_accuracy", "balanced accuracy", Confusion::balancedAccuracy));
        if (classes >= 5) {
            int k = classes > 10 ? 5 : 3;
            metrics.add(new Metric(
                    "top_" + k + "_accuracy",
                    "top-" + k + " accuracy",
                    true,
                    true,
                    (scored, rows) -> topAccuracy(scored, rows, k)));
        }
        metrics.add(new Metric("log_loss", "log loss", false, true, ClassMetrics::logLoss));
        metrics.add(confusion("f1_macro", "F1, mean of classes", Confusion::macroF1));
        metrics.add(confusion("f1_weighted", "F1, weighted by rows", Confusion::weightedF1));
        metrics.add(new Metric(
                "roc_auc",
                "ROC AUC, one class against the others",
                true,
                false,
                (scored, rows) -> ranked(scored, rows, Ranking::rocArea)));
        metrics.add(new Metric(
                "average_precision",
                "average precision",
                true,
                false,
                (scored, rows) -> ranked(scored, rows, Ranking::averagePrecision)));
        metrics.add(new Metric("brier", "Brier score", false, true, ClassMetrics::brier));
        metrics.add(new Metric(
                "calibration_error",
                "expected calibration error",
                false,
                true,
                (scored, rows) -> Calibration.of(scored, rows).expectedError()));
        return List.copyOf(metrics);
    }

    static Metric confusion(String name, String title, ToDoubleFunction<Confusion> value) {
        return new Metric(name, title, true, true, (scored, rows) -> value.applyAsDouble(Confusion.of(scored, rows)));
    }

    /** The share of rows whose class is among the k most probable; of equal probabilities the later class goes first, as in scikit-learn. */
    private static double topAccuracy(Scored scored, int[] rows, int k) {
        long found = 0;
        for (int row : rows) {
            int right = scored.rightClass(row);
            int before = 0;
            for (int of = 0; of < scored.width(); of++) {
                double difference = scored.predicted(row, of) - scored.predicted(row, right);
                before += difference > 0 || (difference == 0 && of > right) ? 1 : 0;
            }
            found += before < k ? 1 : 0;
        }
        return (double) found / rows.length;
    }

    /** The mean of −log p of the right class; probabilities of a row are first made to sum to 1, as Keras does. */
    private static double logLoss(Scored scored, int[] rows) {
        double sum = 0;
        for (int row : rows) {
            double all = 0;
            for (int of = 0; of < scored.width(); of++) {
                all += scored.predicted(row, of);
            }
            sum -= Math.log(Metric.clipped(scored.predicted(row, scored.rightClass(row)) / all));
        }
        return sum / rows.length;
    }

    /** The mean squared distance of the probabilities from 1 for the right class and 0 for the others, summed over classes. */
    private static double brier(Scored scored, int[] rows) {
        double sum = 0;
        for (int row : rows) {
            for (int of = 0; of < scored.width(); of++) {
                double error = scored.predicted(row, of) - (of == scored.rightClass(row) ? 1 : 0);
                sum += error * error;
            }
        }
        return sum / rows.length;
    }

    private static double ranked(Scored scored, int[] rows, ToDoubleFunction<Ranking> value) {
        double sum = 0;
        int defined = 0;
        for (int of = 0; of < scored.width(); of++) {
            Ranking ranking = ranking(scored, rows, of);
            if (ranking.isDefined()) {
                sum += value.applyAsDouble(ranking);
                defined++;
            }
        }
        return sum / defined;
    }

    /** Ranks rows by the probability of a class. */
    static Ranking ranking(Scored scored, int[] rows, int of) {
        double[] scores = new double[rows.length];
        boolean[] positive = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            scores[i] = scored.probability(rows[i], of);
            positive[i] = scored.rightClass(rows[i]) == of;
        }
        return Ranking.of(scores, positive);
    }
}
