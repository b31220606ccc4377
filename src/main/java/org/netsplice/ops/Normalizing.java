package org.netsplice.ops;

import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastAddOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.factory.Nd4j;

/** Normalizes by statistics. */
public final class Normalizing {
    private Normalizing() {}

    /** The four vectors of a batch normalisation, each as long as the last axis. */
    public record Statistics(Optional<Array> gamma, Optional<Array> beta, Array mean, Array variance) {}

    /** {@code gamma · (x − mean) / sqrt(variance + epsilon) + beta} over the last axis. */
    public static Array batch(Array x, Statistics statistics, double epsilon) {
        long channels = x.size(-1);
        Array.require(statistics.mean().length() == channels, "batch normalisation of " + x);
        Array factor = statistics.variance().map(Curves.inverseRoot(epsilon));
        Array scale =
                statistics.gamma().map(g -> Arithmetic.multiply(factor, g)).orElse(factor);
        Array shift = Arithmetic.scale(Arithmetic.multiply(statistics.mean(), scale), -1, 0);
        Array offset = statistics.beta().map(b -> Arithmetic.add(shift, b)).orElse(shift);
        Array.Form form = Native.real(x, scale);
        INDArray rows = x.as(form).reshape(x.length() / channels, channels).unwrap();
        INDArray out = Array.empty(form, rows.shape());
        Nd4j.exec(new BroadcastMulOp(rows, scale.as(form).unwrap(), out, 1));
        Nd4j.exec(new BroadcastAddOp(out, offset.as(form).unwrap(), out, 1));
        return Tape.note(
                "batch normalisation",
                Array.wrap(out).reshape(x.sizes()),
                Tape.share(x, g -> Arithmetic.multiply(g, scale)),
                Tape.share(scale, g -> Broadcasting.summed(Arithmetic.multiply(g, x), scale.sizes())),
                Tape.share(offset, g -> Broadcasting.summed(g, offset.sizes())));
    }

    /** The mean and the biased variance of each channel of a batch. */
    public record Moments(Array mean, Array variance) {}

    /** Keras adds this to the number of counted steps. */
    private static final double LEAST_COUNT = 1e-7;

    /**
     * The moments of the last axis over all others.
     *
     * @param mask has the axes of {@code x} but the last, and 0 for what does not count
     */
    public static Moments moments(Array x, Optional<Array> mask) {
        int[] axes = IntStream.range(0, x.rank() - 1).toArray();
        if (mask.isEmpty()) {
            Array mean = Reducing.mean(x, false, axes);
            Array centered = Arithmetic.subtract(x, mean);
            return new Moments(mean, Reducing.mean(Arithmetic.multiply(centered, centered), false, axes));
        }
        long[] open = java.util.Arrays.copyOf(mask.get().sizes(), x.rank());
        open[x.rank() - 1] = 1;
        Array counted = mask.get().reshape(open);
        Array count = Arithmetic.scale(Reducing.sum(counted, false, axes), 1, LEAST_COUNT);
        Array mean = Arithmetic.divide(Reducing.sum(Arithmetic.multiply(x, counted), false, axes), count);
        Array centered = Arithmetic.subtract(x, mean);
        Array squares = Arithmetic.multiply(Arithmetic.multiply(centered, centered), counted);
        return new Moments(mean, Arithmetic.divide(Reducing.sum(squares, false, axes), count));
    }

    /**
     * {@code gamma · (x − mean) / sqrt(variance + epsilon) + beta} by the mean and variance along axes, in the order in which Keras
     * computes it, which counts where the mean is large: {@code x · factor + (beta − mean · factor)}.
     *
     * @param gamma broadcasts to {@code x}, as does {@code beta}
     */
    public static Array byMoments(Array x, double epsilon, Optional<Array> gamma, Optional<Array> beta, int... axes) {
        if (x.length() == 0) {
            return x;
        }
        Array mean = Reducing.mean(x, true, axes);
        Array centered = Arithmetic.subtract(x, mean);
        Array variance = Reducing.mean(Arithmetic.multiply(centered, centered), true, axes);
        Array inverse = variance.map(Curves.inverseRoot(epsilon));
        Array factor = gamma.map(g -> Arithmetic.multiply(inverse, g)).orElse(inverse);
        Array shift = Arithmetic.scale(Arithmetic.multiply(mean, factor), -1, 0);
        Array offset = beta.map(b -> Arithmetic.add(shift, b)).orElse(shift);
        return Arithmetic.add(Arithmetic.multiply(x, factor), offset);
    }

    /** {@code x / sqrt(variance + epsilon)} by the variance along axes. */
    public static Array byVariance(Array x, double epsilon, int... axes) {
        if (x.length() == 0) {
            return x;
        }
        Array centered = Arithmetic.subtract(x, Reducing.mean(x, true, axes));
        Array variance = Reducing.mean(Arithmetic.multiply(centered, centered), true, axes);
        return Arithmetic.multiply(x, variance.map(Curves.inverseRoot(epsilon)));
    }

    /** {@code x / sqrt(mean(x²) + epsilon)} by the mean along axes. */
    public static Array byRootMeanSquare(Array x, double epsilon, int... axes) {
        if (x.length() == 0) {
            return x;
        }
        Array squares = Reducing.mean(Arithmetic.multiply(x, x), true, axes);
        return Arithmetic.multiply(x, squares.map(Curves.inverseRoot(epsilon)));
    }
}
