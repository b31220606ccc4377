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
    /** Bounds each size of one node, so that the sizes of 100,000 nodes can be added without overflow. */
    private static final long LARGEST = 1L << 46;

    private static final Counts NONE = new Counts(0, 0, 0, 0);

    /** Trainable and non-trainable numbers together. */
    public long parameters() {
        return trainable + nonTrainable;
    }

    /** Adds the sizes of all nodes; nodes that share weights count them once. */
    static Counts of(List<Inference> inferences) {
        Counts sum = NONE;
        Set<WeightsId> counted = new HashSet<>();
        for (Inference inference : inferences) {
            Counts own = inference.counts();
            boolean repeated =
                    own.parameters() > 0 && !counted.add(inference.node().weights());
            sum = sum.plus(repeated ? new Counts(0, 0, own.flops, own.activationBytes) : own);
        }
        return sum;
    }

    private Counts plus(Counts other) {
        return new Counts(
                trainable + other.trainable,
                nonTrainable + other.nonTrainable,
                flops + other.flops,
                activationBytes + other.activationBytes);
    }

    /** The sizes of one node, whether or not it shares its weights. */
    static Counts of(Node node, List<TensorSpec> outputs, List<WeightSpec> weights, long flops) {
        long trained = 0;
        long fixed = 0;
        long bytes = 0;
        for (TensorSpec spec : outputs) {
            bytes = boundedSum(bytes, LARGEST / 4 < numbersOfARow(spec) ? LARGEST : 4 * numbersOfARow(spec));
        }
        for (WeightSpec spec : weights) {
            long count = spec.shape().elements();
            boolean trains = spec.trainable() && node.trainable();
            trained = boundedSum(trained, trains ? count : 0);
            fixed = boundedSum(fixed, trains ? 0 : count);
        }
        return new Counts(trained, fixed, Math.min(LARGEST, Math.max(0, flops)), bytes);
    }

    private static long boundedSum(long one, long other) {
        return Math.min(LARGEST, one + Math.min(LARGEST, other));
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
