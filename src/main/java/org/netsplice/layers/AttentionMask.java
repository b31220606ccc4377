package org.netsplice.layers;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.ops.Activations;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;
import org.netsplice.ops.Broadcasting;

/** Tells which targets may attend to which sources: an array (batch, …, targets, sources) of 0 and 1 that broadcasts. */
record AttentionMask(Optional<Array> mask) {
    private static final double BLOCKED = -1e9;
    private static final double LOWEST = -0.7 * Float.MAX_VALUE;

    static final AttentionMask NONE = new AttentionMask(Optional.empty());

    /** The scores of blocked sources before the softmax; they matter for a target whose sources are all blocked. */
    enum Blocking {
        /** A large number is subtracted, as in Keras 2 and in Attention. */
        LOWERED,
        /** They are replaced by a large negative number, as in Keras' {@code dot_product_attention}. */
        LOWEST,
        /** They are replaced by a large negative number, and set to 0 after the softmax, as in Keras 3's Softmax. */
        ZEROED
    }

    private AttentionMask and(Array other) {
        return new AttentionMask(
                Optional.of(mask.map(own -> Arithmetic.multiply(own, other)).orElse(other)));
    }

    /** Also blocks the targets where a mask (batch, targets) is 0. */
    AttentionMask targets(Optional<Array> steps) {
        return steps.map(one -> and(opened(one, one.rank(), 1))).orElse(this);
    }

    /** Also blocks the sources where a mask (batch, sources) is 0. */
    AttentionMask sources(Optional<Array> steps) {
        return steps.map(one -> and(opened(one, one.rank() - 1, 1))).orElse(this);
    }

    /** Also blocks where a mask (batch, targets, sources), with or without heads, is 0. If nothing else blocks, it may hold fractions, as in Keras 2. */
    AttentionMask also(Optional<Array> given, boolean inPart) {
        return given.map(one -> and(inPart && mask.isEmpty() ? one : one.map(v -> v == 0 ? 0 : 1)))
                .orElse(this);
    }

    /** Also blocks sources after the target (a causal mask). */
    AttentionMask causal(boolean wanted, long targets, long sources) {
        return wanted ? and(matrix(targets, sources, (target, source) -> source <= target)) : this;
    }

    /** Also blocks sources that are {@code width} steps or more away from the target. */
    AttentionMask near(Optional<Integer> width, long targets, long sources) {
        return width.map(most -> and(matrix(targets, sources, (target, source) -> Math.abs(source - target) < most)))
                .orElse(this);
    }

    private interface Seen {
        boolean by(long target, long source);
    }

    private static Array matrix(long targets, long sources, Seen seen) {
        float[] values = new float[Math.toIntExact(targets * sources)];
        for (int i = 0; i < values.length; i++) {
            values[i] = seen.by(i / sources, i % sources) ? 1 : 0;
        }
        return Array.of(values, 1, targets, sources);
    }

    /** Inserts axes of size 1, for the heads and others, before the last {@code 2 · attended} axes, so that the mask has {@code rank} axes. */
    AttentionMask spread(int rank, int attended) {
        return new AttentionMask(mask.map(
                own -> opened(own, own.rank() - 2 * attended, Math.max(0, rank - own.rank()))));
    }

    /** Broadcasts to scores of these sizes and merges the attended axes of targets, and those of sources, into one each. */
    AttentionMask flat(long[] sizes, int attended) {
        if (attended == 1) {
            return this;
        }
        return new AttentionMask(mask.map(own -> {
            int kept = sizes.length - 2 * attended;
            long targets = product(sizes, kept, kept + attended);
            long[] flat = IntStream.concat(IntStream.range(0, kept), IntStream.of(-1, -1))
                    .mapToLong(axis -> axis < 0 ? targets : sizes[axis])
                    .toArray();
            flat[kept + 1] = product(sizes, kept + attended, sizes.length);
            return Broadcasting.to(own, sizes).reshape(flat);
        }));
    }

    private static long product(long[] sizes, int from, int to) {
        return Arrays.stream(sizes, from, to).reduce(1, (a, b) -> a * b);
    }

    private static Array opened(Array x, int at, int count) {
        long[] sizes = new long[x.rank() + count];
        Arrays.fill(sizes, 1);
        System.arraycopy(x.sizes(), 0, sizes, 0, at);
        System.arraycopy(x.sizes(), at, sizes, at + count, x.rank() - at);
        return x.reshape(sizes);
    }

    /** The softmax over the last axis of scores (batch, …, targets, sources). */
    Array shares(Array scores, Blocking blocking) {
        int last = scores.rank() - 1;
        if (mask.isEmpty()) {
            return Activations.softmax(scores, last);
        }
        Array own = mask.get();
        if (blocking == Blocking.LOWERED) {
            return Activations.softmax(Arithmetic.add(scores, Arithmetic.scale(own, -BLOCKED, BLOCKED)), last);
        }
        double lowest = blocking == Blocking.LOWEST ? LOWEST : BLOCKED;
        Array most = own.map(v -> v == 0 ? lowest : Double.POSITIVE_INFINITY);
        Array shares = Activations.softmax(Arithmetic.minimum(scores, most), last);
        return blocking == Blocking.LOWEST ? shares : Arithmetic.multiply(shares, own);
    }
}
