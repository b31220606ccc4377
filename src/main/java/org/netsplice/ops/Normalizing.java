package org.netsplice.ops;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastAddOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.factory.Nd4j;

/** Shifting and scaling by statistics. */
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
}
