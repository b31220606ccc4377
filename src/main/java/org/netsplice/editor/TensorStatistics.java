package org.netsplice.editor;

import java.util.Arrays;
import org.netsplice.graph.Tensor;

/**
 * What a tensor's numbers are like. Of tensors with more than {@link #MAX_SAMPLES} numbers, evenly spread ones are taken.
 *
 * @param count how many numbers there are
 * @param taken how many were looked at
 * @param least the smallest finite one; NaN when there is none, as for the others
 * @param zeros how many of those taken are 0
 * @param odd how many of those taken are infinite or no numbers
 * @param bins how many finite ones lie in each of {@link #BINS} equal parts from the smallest to the largest
 */
public record TensorStatistics(
        long count,
        int taken,
        double least,
        double most,
        double mean,
        double deviation,
        int zeros,
        int odd,
        int[] bins) {
    /** More numbers than this are sampled. */
    public static final int MAX_SAMPLES = 1_000_000;
    /** Bars of the histogram. */
    public static final int BINS = 40;

    public TensorStatistics {
        bins = bins.clone();
    }

    @Override
    public int[] bins() {
        return bins.clone();
    }

    /** Whether not every number was looked at. */
    public boolean sampled() {
        return taken < count;
    }

    /** Looks at a tensor. */
    public static TensorStatistics of(Tensor tensor) {
        int length = tensor.length();
        int step = Math.max(1, (int) Math.ceil((double) length / MAX_SAMPLES));
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        int finite = 0;
        int zeros = 0;
        int taken = 0;
        for (int i = 0; i < length; i += step) {
            float value = tensor.at(i);
            taken++;
            zeros += value == 0 ? 1 : 0;
            if (Float.isFinite(value)) {
                finite++;
                sum += value;
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
        }
        double mean = finite == 0 ? Double.NaN : sum / finite;
        double squares = 0;
        int[] bins = new int[BINS];
        for (int i = 0; i < length; i += step) {
            float value = tensor.at(i);
            if (Float.isFinite(value)) {
                squares += (value - mean) * (value - mean);
                double share = most > least ? (value - least) / (most - least) : 0.5;
                bins[(int) Math.min(BINS - 1, share * BINS)]++;
            }
        }
        boolean none = finite == 0;
        return new TensorStatistics(
                length,
                taken,
                none ? Double.NaN : least,
                none ? Double.NaN : most,
                mean,
                none ? Double.NaN : Math.sqrt(squares / finite),
                zeros,
                taken - finite,
                bins);
    }

    /**
     * A tensor as a picture: its last axis from left to right, all others from top to bottom; a vector is one row.
     *
     * @param rows how many rows the picture has at most; of more, evenly spread ones are taken
     * @param columns likewise
     */
    public static float[][] picture(Tensor tensor, int rows, int columns) {
        int rank = tensor.shape().rank();
        int wide = rank == 0 ? 1 : (int) tensor.shape().size(rank - 1);
        int high = wide == 0 ? 0 : tensor.length() / wide;
        float[][] picture = new float[Math.min(rows, high)][Math.min(columns, wide)];
        for (int row = 0; row < picture.length; row++) {
            long from = (long) row * high / picture.length;
            for (int column = 0; column < picture[row].length; column++) {
                long at = (long) column * wide / picture[row].length;
                picture[row][column] = tensor.at((int) (from * wide + at));
            }
        }
        return picture;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TensorStatistics values
                && count == values.count
                && taken == values.taken
                && Double.compare(least, values.least) == 0
                && Double.compare(most, values.most) == 0
                && Double.compare(mean, values.mean) == 0
                && Double.compare(deviation, values.deviation) == 0
                && zeros == values.zeros
                && odd == values.odd
                && Arrays.equals(bins, values.bins);
    }

    @Override
    public int hashCode() {
        return Double.hashCode(mean) + 31 * taken;
    }

    @Override
    public String toString() {
        return taken + " of " + count + " from " + least + " to " + most;
    }
}
