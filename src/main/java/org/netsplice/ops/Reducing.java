package org.netsplice.ops;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Many numbers to one. */
public final class Reducing {
    private Reducing() {}

    /** The mean over axes, which disappear, or stay with size 1. */
    public static Array mean(Array x, boolean keep, int... axes) {
        return shaped(x, x.unwrap().mean(axes), keep, axes);
    }

    /** The maximum over axes, which disappear, or stay with size 1. */
    public static Array maximum(Array x, boolean keep, int... axes) {
        return shaped(x, x.unwrap().max(axes), keep, axes);
    }

    private static Array shaped(Array x, INDArray reduced, boolean keep, int... axes) {
        long[] sizes = new long[keep ? x.rank() : x.rank() - axes.length];
        int at = 0;
        for (int axis = 0; axis < x.rank(); axis++) {
            int present = axis;
            boolean gone = java.util.Arrays.stream(axes).anyMatch(a -> a == present);
            if (!gone) {
                sizes[at++] = x.size(axis);
            } else if (keep) {
                sizes[at++] = 1;
            }
        }
        return Array.wrap(reduced).reshape(sizes);
    }
}
