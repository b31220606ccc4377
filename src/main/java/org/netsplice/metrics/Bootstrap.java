package org.netsplice.metrics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.netsplice.work.Progress;

/**
 * Intervals of metrics from samples of the rows drawn with replacement (Efron's percentile bootstrap). The same rows are drawn for the same
 * seed, so that samples of two models can be compared.
 */
public final class Bootstrap {
    private final int rows;
    private final int count;
    private final long seed;

    /**
     * Samples of rows.
     *
     * @param rows the number of rows, and of rows in each sample
     * @param count how many samples
     */
    public Bootstrap(int rows, int count, long seed) {
        this.rows = rows;
        this.count = count;
        this.seed = seed;
    }

    /**
     * A range that holds the value with a probability of 95 %.
     *
     * @param low the 2.5th percentile
     * @param high the 97.5th percentile
     */
    public record Interval(double low, double high) {}

    /** The interval of a value that is computed for rows. */
    public Interval interval(ToDoubleFunction<int[]> value, Progress progress) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[count];
        for (int i = 0; i < values.length; i++) {
            progress.at((double) i / values.length, "Drawing sample " + (i + 1) + " of " + values.length);
            values[i] = value.applyAsDouble(random.ints(rows, 0, rows).toArray());
        }
        Arrays.sort(values);
        return new Interval(percentile(values, 2.5), percentile(values, 97.5));
    }

    /** Interpolates between the values around the place, as numpy's {@code percentile} does. */
    private static double percentile(double[] sorted, double percent) {
        double place = percent / 100 * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
