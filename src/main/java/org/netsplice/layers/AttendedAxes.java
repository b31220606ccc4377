package org.netsplice.layers;

import java.util.stream.IntStream;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;

/**
 * The axes of (batch, …, heads, size) along which attention runs, moved behind the heads so that matrices of targets and sources can be multiplied.
 *
 * @param count the number of attended axes
 * @param order where each axis comes from
 */
record AttendedAxes(int count, int[] order) {

    /** The axes {@code attended} of inputs with {@code rank} axes before they are projected to heads. */
    static AttendedAxes of(int rank, int[] attended) {
        IntStream others = IntStream.range(0, rank)
                .filter(axis -> axis == rank - 1 || IntStream.of(attended).noneMatch(one -> one == axis));
        IntStream last = IntStream.concat(IntStream.of(attended), IntStream.of(rank));
        return new AttendedAxes(attended.length, IntStream.concat(others, last).toArray());
    }

    /** Moves the attended axes: (batch, …, heads, size) becomes (batch, …, heads, attended…, size). */
    Array moved(Array x) {
        return Arranging.permute(x, order);
    }

    /** Merges the attended axes of a moved array into one. */
    Array flat(Array x) {
        int kept = x.rank() - 1 - count;
        long[] sizes = new long[kept + 2];
        long steps = 1;
        for (int i = 0; i < x.rank() - 1; i++) {
            if (i < kept) {
                sizes[i] = x.size(i);
            } else {
                steps *= x.size(i);
            }
        }
        sizes[kept] = steps;
        sizes[kept + 1] = x.size(-1);
        return x.reshape(sizes);
    }

    /** Restores (batch, …, heads, size) from a flat array. */
    Array back(Array flat, Array like) {
        long[] sizes = like.sizes().clone();
        sizes[sizes.length - 1] = flat.size(-1);
        return Arranging.permute(flat.reshape(sizes), inverse());
    }

    /** Where each axis goes to. */
    int[] inverse() {
        int[] inverse = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
        }
        return inverse;
    }

    /** The sizes of the scores when the attended axes of targets and sources are not merged: (batch, …, heads, targets…, sources…). */
    long[] sizes(Array targets, Array sources) {
        int kept = order.length - 1;
        long[] sizes = new long[kept + count];
        for (int i = 0; i < kept; i++) {
            sizes[i] = targets.size(i);
        }
        for (int i = 0; i < count; i++) {
            sizes[kept + i] = sources.size(kept - count + i);
        }
        return sizes;
    }
}
