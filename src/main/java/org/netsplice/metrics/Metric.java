package org.netsplice.metrics;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Stream;

/**
 * A number that says how good predictions are.
 *
 * @param name its name in files and options, such as {@code log_loss}
 * @param title its name for people
 * @param higherIsBetter whether larger is better
 * @param resampled whether it is quick enough to be computed on thousands of samples, for its interval
 * @param function computes it for some rows, of which each may be given more than once; not a number when it is not defined
 */
public record Metric(
        String name,
        String title,
        boolean higherIsBetter,
        boolean resampled,
        ToDoubleBiFunction<Scored, int[]> function) {
    /** Probabilities are kept this far from 0 and 1 before their logarithm is taken, as Keras does. */
    static final double EPSILON = 1e-7;

    /** The metrics that apply to a task, the first being the one models are compared by. */
    public static List<Metric> of(Task task, int width) {
        return switch (task) {
            case BINARY -> BinaryMetrics.ALL;
            case CLASSES -> ClassMetrics.of(width);
            case MULTILABEL -> LabelMetrics.ALL;
            case REGRESSION -> RegressionMetrics.ALL;
        };
    }

    /** The names of all metrics there are, whatever the task and the number of classes. */
    public static List<String> names() {
        return Stream.of(
                        BinaryMetrics.ALL,
                        ClassMetrics.of(5),
                        ClassMetrics.of(11),
                        LabelMetrics.ALL,
                        RegressionMetrics.ALL)
                .flatMap(List::stream)
                .map(Metric::name)
                .distinct()
                .toList();
    }

    /** The metric of this name among some. */
    public static Optional<Metric> named(String name, List<Metric> among) {
        return among.stream().filter(metric -> metric.name().equals(name)).findFirst();
    }

    /** The value on all rows. */
    public double of(Scored scored) {
        return of(scored, scored.allRows());
    }

    /** The value on some rows. */
    public double of(Scored scored, int[] rows) {
        return function.applyAsDouble(scored, rows);
    }

    /** Whether one value is better than another. */
    public boolean isBetter(double one, double other) {
        return higherIsBetter ? one > other : one < other;
    }

    static double clipped(double probability) {
        return Math.min(1 - EPSILON, Math.max(EPSILON, probability));
    }
}
