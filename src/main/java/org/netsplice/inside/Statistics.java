package org.netsplice.inside;

import org.netsplice.graph.Tensor;

/**
 * What numbers are like.
 *
 * @param count how many there are
 * @param least the smallest finite one; 0 where there is none
 * @param most the largest finite one; 0 where there is none
 * @param mean of the finite ones
 * @param deviation the standard deviation of the finite ones, divided by their count
 * @param zeros how many are 0
 * @param notFinite how many are infinite or not a number
 * @param bins how many finite ones lie in each of equal parts from {@code least} to {@code most}
 */
public record Statistics(
        int count, double least, double most, double mean, double deviation, int zeros, int notFinite, int... bins) {
    private static final int BINS = 40;

    /** Looks at all numbers of a tensor. */
    public static Statistics of(Tensor values) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double sum = 0;
        int zeros = 0;
        int finite = 0;
        for (int i = 0; i < values.length(); i++) {
            double value = values.numberAt(i);
            if (Double.isFinite(value)) {
                least = Math.min(least, value);
                most = Math.max(most, value);
                sum += value;
                finite++;
            }
            zeros += value == 0 ? 1 : 0;
        }
        if (finite == 0) {
            return new Statistics(values.length(), 0, 0, 0, 0, zeros, values.length(), new int[BINS]);
        }
        double mean = sum / finite;
        double squares = 0;
        int[] bins = new int[BINS];
        for (int i = 0; i < values.length(); i++) {
            double value = values.numberAt(i);
            if (Double.isFinite(value)) {
                squares += (value - mean) * (value - mean);
                double share = most > least ? (value - least) / (most - least) : 0.5;
                bins[Math.min(BINS - 1, (int) (share * BINS))]++;
            }
        }
        return new Statistics(
                values.length(), least, most, mean, Math.sqrt(squares / finite), zeros, values.length() - finite, bins);
    }
}
