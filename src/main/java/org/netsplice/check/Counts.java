package org.netsplice.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.netsplice.graph.Node;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.WeightsId;

/**
 * Sizes of a graph; shared weights count once.
 *
 * @param trainable numbers that training would change
 * @param nonTrainable frozen numbers and moving statistics
 * @param flops floating-point operations for one row, as far as layers know
 * @param activationBytes memory of all outputs for one row; unknown sizes count as 1
 */
public record Counts(long trainable, long nonTrainable, long flops, long activationBytes) {

    /** Trainable and non-trainable numbers together. */
    public long parameters() {
        return trainable + nonTrainable;
    }

    /** The sum with so many times others. */
    Counts plus(Counts other, int times) {
        return new Counts(
                trainable + times * other.trainable,
                nonTrainable + times * other.nonTrainable,
                flops + times * other.flops,
                activationBytes + times * other.activationBytes);
    }

    /** Those of all nodes together. */
    static Counts of(List<Inference> inferred) {
        long trainable = 0;
        long fixed = 0;
        long flops = 0;
        long bytes = 0;
        Set<WeightsId> seen = new HashSet<>();
        for (Inference one : inferred) {
            Counts own = one.counts();
            flops += own.flops;
            bytes += own.activationBytes;
            if (own.parameters() > 0 && seen.add(one.node().weights())) {
                trainable += own.trainable;
                fixed += own.nonTrainable;
            }
        }
        return new Counts(trainable, fixed, flops, bytes);
    }

    /** Those of one node. */
    static Counts of(Node node, List<TensorSpec> outputs, List<WeightSpec> weights, long flops) {
        long trainable = 0;
        long fixed = 0;
        long bytes = 0;
        for (TensorSpec spec : outputs) {
            bytes += 4 * numbersOfARow(spec);
        }
        for (WeightSpec spec : weights) {
            long count = spec.shape().elements();
            trainable += spec.trainable() && node.trainable() ? count : 0;
            fixed += spec.trainable() && node.trainable() ? 0 : count;
        }
        return new Counts(trainable, fixed, Math.max(0, flops), bytes);
    }

    private static long numbersOfARow(TensorSpec spec) {
        long product = 1;
        for (int axis = 1; axis < spec.shape().rank(); axis++) {
            product *= Math.max(1, spec.shape().size(axis));
        }
        return product;
    }
}
