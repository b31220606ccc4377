package org.netsplice.metrics;

import java.util.Arrays;
import java.util.List;

/** Metrics of numbers; of several numbers a row, each is computed for every number alone and the mean is taken, as in scikit-learn. */
final class RegressionMetrics {
    static final List<Metric> ALL = List.of(
            new Metric("mae", "mean absolute error", false, true, mean(RegressionMetrics::absolute)),
            new Metric("rmse", "root mean squared error", false, true, mean(RegressionMetrics::rootSquared)),
            new Metric("r2", "R²", true, true, mean(RegressionMetrics::determination)),
            new Metric("median_error", "median absolute error", false, true, mean(RegressionMetrics::median)));

    private RegressionMetrics() {}

    private interface OfColumn {
        double of(Scored scored, int[] rows, int column);
    }

    private static java.util.function.ToDoubleBiFunction<Scored, int[]> mean(OfColumn value) {
        return (scored, rows) -> {
            double sum = 0;
            for (int column = 0; column < scored.width(); column++) {
                sum += value.of(scored, rows, column);
            }
            return sum / scored.width();
        };
    }

    private static double error(Scored scored, int row, int column) {
        return scored.predicted(row, column) - scored.target(row, column);
    }

    private static double absolute(Scored scored, int[] rows, int column) {
        double sum = 0;
        for (int row : rows) {
            sum += Math.abs(error(scored, row, column));
        }
        return sum / rows.length;
    }

    private static double rootSquared(Scored scored, int[] rows, int column) {
        return Math.sqrt(squares(scored, rows, column) / rows.length);
    }

    private static double squares(Scored scored, int[] rows, int column) {
        double sum = 0;
        for (int row : rows) {
            sum += error(scored, row, column) * error(scored, row, column);
        }
        return sum;
    }

    /** 1 − squared errors ÷ squared distances from the mean; for targets that are all equal, 1 when there is no error and else 0. */
    private static double determination(Scored scored, int[] rows, int column) {
        double sum = 0;
        for (int row : rows) {
            sum += scored.target(row, column);
        }
        double mean = sum / rows.length;
        double spread = 0;
        for (int row : rows) {
            spread += (scored.target(row, column) - mean) * (scored.target(row, column) - mean);
        }
        double errors = squares(scored, rows, column);
        if (spread == 0) {
            return errors == 0 ? 1 : 0;
        }
        return 1 - errors / spread;
    }

    private static double median(Scored scored, int[] rows, int column) {
        double[] errors = Arrays.stream(rows)
                .mapToDouble(row -> Math.abs(error(scored, row, column)))
                .sorted()
                .toArray();
        int middle = errors.length / 2;
        return errors.length % 2 == 1 ? errors[middle] : (errors[middle - 1] + errors[middle]) / 2;
    }
}
