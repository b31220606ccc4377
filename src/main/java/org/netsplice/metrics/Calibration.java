package org.netsplice.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * How often a classifier is right, given how sure it is, in 15 equal ranges of its largest probability (Guo et al., <i>On Calibration
 * of Modern Neural Networks</i>, 2017).
 *
 * @param bins the ranges that have rows, the least sure first
 */
public record Calibration(List<Bin> bins) {
    private static final int BINS = 15;

    /**
     * Rows of which the classifier is about equally sure.
     *
     * @param rows how many
     * @param confidence the mean of its largest probability
     * @param accuracy the share of rows that are predicted right
     */
    public record Bin(long rows, double confidence, double accuracy) {}

    public Calibration {
        bins = List.copyOf(bins);
    }

    /** The calibration of a classifier on some rows. */
    public static Calibration of(Scored scored, int[] rows) {
        long[] counts = new long[BINS];
        double[] confidences = new double[BINS];
        long[] right = new long[BINS];
        for (int row : rows) {
            int predicted = scored.predictedClass(row);
            double confidence = scored.probability(row, predicted);
            int bin = Math.min(BINS - 1, Math.max(0, (int) Math.ceil(confidence * BINS) - 1));
            counts[bin]++;
            confidences[bin] += confidence;
            right[bin] += predicted == scored.rightClass(row) ? 1 : 0;
        }
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            if (counts[bin] > 0) {
                bins.add(new Bin(counts[bin], confidences[bin] / counts[bin], (double) right[bin] / counts[bin]));
            }
        }
        return new Calibration(bins);
    }

    /** The expected calibration error: the mean distance of confidence and accuracy over all rows. */
    public double expectedError() {
        long all = bins.stream().mapToLong(Bin::rows).sum();
        return bins.stream()
                .mapToDouble(bin -> bin.rows() * Math.abs(bin.confidence() - bin.accuracy()) / all)
                .sum();
    }
}
