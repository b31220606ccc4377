package org.netsplice.train;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Probabilities from scores. */
final class Scores {
    private Scores() {}

    /** The share of each of {@code width} numbers in the sum of their exponentials. */
    static double[] softmax(double[] scores, int width) {
        double[] shares = new double[scores.length];
        for (int from = 0; from < scores.length; from += width) {
            double most = Arrays.stream(scores, from, from + width).max().orElse(0);
            double sum = 0;
            for (int i = from; i < from + width; i++) {
                shares[i] = Math.exp(scores[i] - most);
                sum += shares[i];
            }
            for (int i = from; i < from + width; i++) {
                shares[i] /= sum;
            }
        }
        return shares;
    }

    static double[] sigmoid(double... scores) {
        return DoubleStream.of(scores).map(score -> 1 / (1 + Math.exp(-score))).toArray();
    }
}
