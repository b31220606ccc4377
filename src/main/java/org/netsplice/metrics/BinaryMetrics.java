package org.netsplice.metrics;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Metrics of one of two classes; precision, recall, F1 and the areas are those of class 1. */
final class BinaryMetrics {
    static final List<Metric> ALL = List.of(
            ClassMetrics.confusion("accuracy", "accuracy", Confusion::accuracy),
            ClassMetrics.confusion("balanced_accuracy", "balanced accuracy", Confusion::balancedAccuracy),
            new Metric("log_loss", "log loss", false, true, BinaryMetrics::logLoss),
            ClassMetrics.confusion("precision", "precision of class 1", confusion -> confusion.precision(1)),
            ClassMetrics.confusion("recall", "recall of class 1", confusion -> confusion.recall(1)),
            ClassMetrics.confusion("f1", "F1 of class 1", confusion -> confusion.f1(1)),
            new Metric("roc_auc", "ROC AUC", true, false, (scored, rows) -> ranked(scored, rows, Ranking::rocArea)),
            new Metric(
                    "average_precision",
                    "average precision",
                    true,
                    false,
                    (scored, rows) -> ranked(scored, rows, Ranking::averagePrecision)),
            new Metric("brier", "Brier score", false, true, BinaryMetrics::brier),
            new Metric(
                    "calibration_error",
                    "expected calibration error",
                    false,
                    true,
                    (scored, rows) -> Calibration.of(scored, rows).expectedError()));

    private BinaryMetrics() {}

    private static double logLoss(Scored scored, int[] rows) {
        double sum = 0;
        for (int row : rows) {
            double probability = Metric.clipped(scored.predicted(row, 0));
            sum -= Math.log(scored.rightClass(row) == 1 ? probability : 1 - probability);
        }
        return sum / rows.length;
    }

    private static double brier(Scored scored, int[] rows) {
        double sum = 0;
        for (int row : rows) {
            double error = scored.predicted(row, 0) - scored.rightClass(row);
            sum += error * error;
        }
        return sum / rows.length;
    }

    private static double ranked(Scored scored, int[] rows, ToDoubleFunction<Ranking> value) {
        Ranking ranking = ClassMetrics.ranking(scored, rows, 1);
        return ranking.isDefined() ? value.applyAsDouble(ranking) : Double.NaN;
    }
}
