package org.netsplice.ops;

import java.util.Optional;
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
        Array factor = statistics.variance().map(v -> 1 / Math.sqrt(v + epsilon));
        Array scale =
                statistics.gamma().map(g -> Arithmetic.multiply(factor, g)).orElse(factor);
        Array shift = Arithmetic.scale(Arithmetic.multiply(statistics.mean(), scale), -1, 0);
        Array offset = statistics.beta().map(b -> Arithmetic.add(shift, b)).orElse(shift);
        Array.Form form = Native.real(x, scale);
        INDArray rows = x.as(form).reshape(x.length() / channels, channels).unwrap();
        INDArray out = Array.empty(form, rows.shape());
        Nd4j.exec(new BroadcastMulOp(rows, scale.as(form).unwrap(), out, 1));
        Nd4j.exec(new BroadcastAddOp(out, offset.as(form).unwrap(), out, 1));
        return Array.wrap(out).reshape(x.sizes());
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
        Array inverse = variance.map(v -> 1 / Math.sqrt(v + epsilon));
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
        return Arithmetic.multiply(x, variance.map(v -> 1 / Math.sqrt(v + epsilon)));
    }

    /** {@code x / sqrt(mean(x²) + epsilon)} by the mean along axes. */
    public static Array byRootMeanSquare(Array x, double epsilon, int... axes) {
        if (x.length() == 0) {
            return x;
        }
        Array squares = Reducing.mean(Arithmetic.multiply(x, x), true, axes);
        return Arithmetic.multiply(x, squares.map(v -> 1 / Math.sqrt(v + epsilon)));
    }
}
