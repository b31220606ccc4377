package org.netsplice.layers;

import java.util.Optional;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;

/** Which places may attend to which: (batch, targets, sources) of 0 and 1, where sizes of 1 stretch. */
record AttentionMask(Optional<Array> mask) {
    private static final double BLOCKED = -1e9;

    static final AttentionMask NONE = new AttentionMask(Optional.empty());

    private AttentionMask and(Array other) {
        return new AttentionMask(
                Optional.of(mask.map(own -> Arithmetic.multiply(own, other)).orElse(other)));
    }

    /** Also blocks every target a mask (batch, targets) leaves out. */
    AttentionMask targets(Optional<Array> steps) {
        return steps.map(one -> and(one.reshape(one.size(0), one.size(1), 1))).orElse(this);
    }

    /** Also blocks every source a mask (batch, sources) leaves out. */
    AttentionMask sources(Optional<Array> steps) {
        return steps.map(one -> and(one.reshape(one.size(0), 1, one.size(1)))).orElse(this);
    }

    /** Also blocks what (batch, targets, sources) leaves out. */
    AttentionMask also(Optional<Array> given) {
        return given.map(this::and).orElse(this);
    }

    /** Also blocks sources that come after the target. */
    AttentionMask causal(boolean wanted, long targets, long sources) {
        if (!wanted) {
            return this;
        }
        float[] values = new float[Math.toIntExact(targets * sources)];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % sources <= i / sources ? 1 : 0;
        }
        return and(Array.of(values, 1, targets, sources));
    }

    /** Also blocks sources that are {@code width} steps or more away from the target. */
    AttentionMask near(Optional<Integer> width, long targets, long sources) {
        if (width.isEmpty()) {
            return this;
        }
        float[] values = new float[Math.toIntExact(targets * sources)];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.abs(i % sources - i / sources) < width.get() ? 1 : 0;
        }
        return and(Array.of(values, 1, targets, sources));
    }

    /** Scores (batch, …, targets, sources) with a large number taken from those that are blocked, as Keras does. */
    Array apply(Array scores) {
        if (mask.isEmpty()) {
            return scores;
        }
        Array own = mask.get();
        long[] sizes = new long[scores.rank()];
        java.util.Arrays.fill(sizes, 1);
        sizes[0] = own.size(0);
        sizes[sizes.length - 2] = own.size(1);
        sizes[sizes.length - 1] = own.size(2);
        Array penalty = own.map(v -> v == 0 ? BLOCKED : 0).reshape(sizes);
        return Arithmetic.add(scores, penalty);
    }
}
