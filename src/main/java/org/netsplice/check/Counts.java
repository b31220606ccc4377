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
    /** The largest number of one node, which stands for larger ones too, so that those of 100,000 nodes can be added. */
    private static final long LARGEST = 1L << 46;

    private static long sum(long one, long other) {
        return Math.min(LARGEST, one + Math.min(LARGEST, other));
    }

    /** Those of nothing. */
    static final Counts NONE = new Counts(0, 0, 0, 0);

    /** Trainable and non-trainable numbers together. */
    public long parameters() {
        return trainable + nonTrainable;
    }

    /** Those of all nodes together. */
    static Counts of(List<Inference> inferred) {
        Sum sum = new Sum(NONE);
        Set<WeightsId> seen = new HashSet<>();
        for (Inference one : inferred) {
            Counts own = one.counts();
            boolean again = own.parameters() > 0 && !seen.add(one.node().weights());
            sum.add(again ? own.withoutWeights() : own);
        }
        return sum.done();
    }

    private Counts withoutWeights() {
        return new Counts(0, 0, flops, activationBytes);
    }

    /** The same without some nodes, none of which shares weights before, and with others, none of which does afterwards. */
    Counts with(List<Inference> gone, List<Inference> come) {
        Sum less = new Sum(NONE);
        gone.forEach(one -> less.add(one.counts()));
        Sum sum = new Sum(this);
        come.forEach(one -> sum.add(one.counts()));
        return sum.minus(less);
    }

    private static final class Sum {
        private long trainable;
        private long fixed;
        private long flops;
        private long bytes;

        Sum(Counts first) {
            add(first);
        }

        void add(Counts own) {
            trainable += own.trainable;
            fixed += own.nonTrainable;
            flops += own.flops;
            bytes += own.activationBytes;
        }

        Counts minus(Sum less) {
            return new Counts(trainable - less.trainable, fixed - less.fixed, flops - less.flops, bytes - less.bytes);
        }

        Counts done() {
            return new Counts(trainable, fixed, flops, bytes);
        }
    }

    /** Those of one node. */
    static Counts of(Node node, List<TensorSpec> outputs, List<WeightSpec> weights, long flops) {
        if (outputs.isEmpty() && weights.isEmpty()) {
            return NONE;
        }
        long trainable = 0;
        long fixed = 0;
        long bytes = 0;
        for (TensorSpec spec : outputs) {
            bytes = sum(bytes, LARGEST / 4 < numbersOfARow(spec) ? LARGEST : 4 * numbersOfARow(spec));
        }
        for (WeightSpec spec : weights) {
            long count = spec.shape().elements();
            trainable = sum(trainable, spec.trainable() && node.trainable() ? count : 0);
            fixed = sum(fixed, spec.trainable() && node.trainable() ? 0 : count);
        }
        return new Counts(trainable, fixed, Math.min(LARGEST, Math.max(0, flops)), bytes);
    }

    private static long numbersOfARow(TensorSpec spec) {
        long product = 1;
        for (int axis = 1; axis < spec.shape().rank(); axis++) {
            long size = Math.max(1, spec.shape().size(axis));
            product = product > LARGEST / size ? LARGEST : product * size;
        }
        return product;
    }
}
