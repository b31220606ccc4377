package org.netsplice.ops;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** The derivatives of reductions by each of the values they reduce. */
final class Slopes {
    private Slopes() {}

    private static double[] each(double[] values, DoubleUnaryOperator function) {
        return Arrays.stream(values).map(function).toArray();
    }

    static double[] sum(double... values) {
        return each(values, v -> 1);
    }

    static double[] mean(double... values) {
        return each(values, v -> 1.0 / values.length);
    }

    /** The product of all others. */
    static double[] product(double... values) {
        double[] others = sum(values);
        double before = 1;
        double after = 1;
        for (int i = 0; i < values.length; i++) {
            int back = values.length - 1 - i;
            others[i] *= before;
            others[back] *= after;
            before *= values[i];
            after *= values[back];
        }
        return others;
    }

    static double[] variance(double... values) {
        double mean = Reducing.MEAN.of(values);
        return each(values, v -> 2 * (v - mean) / values.length);
    }

    static double[] deviation(double... values) {
        double mean = Reducing.MEAN.of(values);
        double deviation = Reducing.DEVIATION.of(values);
        return each(values, v -> (v - mean) / values.length / deviation);
    }

    /** Equal parts for all that are as large as the largest. */
    static double[] maximum(double... values) {
        return equal(values, Reducing.MAXIMUM.of(values));
    }

    static double[] minimum(double... values) {
        return equal(values, Reducing.MINIMUM.of(values));
    }

    static double[] range(double... values) {
        double[] slopes = maximum(values);
        double[] lower = minimum(values);
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] -= lower[i];
        }
        return slopes;
    }

    private static double[] equal(double[] values, double chosen) {
        double count = Arrays.stream(values).filter(v -> v == chosen).count();
        return each(values, v -> v == chosen ? 1 / count : 0);
    }

    static double[] logSumExp(double... values) {
        double total = Reducing.LOG_SUM_EXP.of(values);
        return each(values, v -> Math.exp(v - total));
    }

    /** The weights of the two neighbours between which {@link Reducing#quantile} lies. */
    static double[] quantile(double[] values, double part) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] slopes = new double[values.length];
        if (values.length > 0) {
            double at = (values.length - 1) * part;
            int below = Math.max((int) Math.ceil(at) - 1, 0);
            int above = Math.min(below + 1, values.length - 1);
            slopes[order[above]] += 1 - (above - at);
            slopes[order[below]] += above - at;
        }
        return slopes;
    }
}
