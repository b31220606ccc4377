package org.netsplice.align;

import java.util.Arrays;

/**
 * The groups of interchangeable units that the entries of axes belong to. An axis is an array with a label for each entry: a group and a
 * place in it, or {@link #FIXED}. Groups become one when their units turn out to be the same, and fixed when their order matters.
 */
final class Labels {
    /** The label of an entry that must stay where it is. */
    static final long FIXED = -1;

    /** An axis whose entries are not counted. */
    static final long[] UNCOUNTED = {};

    private static final int SHIFT = 32;

    private int[] parents = new int[16];
    private int[] sizes = new int[16];
    private boolean[] fixed = new boolean[16];
    private int count;

    /** An axis of new units that are interchangeable as far as is known. */
    long[] fresh(int size) {
        if (count == parents.length) {
            parents = Arrays.copyOf(parents, 2 * count);
            sizes = Arrays.copyOf(sizes, 2 * count);
            fixed = Arrays.copyOf(fixed, 2 * count);
        }
        parents[count] = count;
        sizes[count] = size;
        long[] labels = new long[size];
        for (int i = 0; i < size; i++) {
            labels[i] = ((long) count << SHIFT) | i;
        }
        count++;
        return labels;
    }

    static long[] fixed(long size) {
        long[] labels = new long[Math.toIntExact(Math.max(0, size))];
        Arrays.fill(labels, FIXED);
        return labels;
    }

    private int root(int group) {
        int root = group;
        while (parents[root] != root) {
            root = parents[root];
        }
        return root;
    }

    /** The label as it is known now: with the group that others have become one with, or {@link #FIXED}. */
    long now(long label) {
        if (label == FIXED) {
            return FIXED;
        }
        int root = root((int) (label >> SHIFT));
        return fixed[root] ? FIXED : ((long) root << SHIFT) | place(label);
    }

    /** The place of an entry in its group. */
    static int place(long label) {
        return (int) label;
    }

    /** The group of an entry that is not fixed, by a number that never changes once all is known. */
    static int group(long now) {
        return (int) (now >> SHIFT);
    }

    /** Number of units of a group. */
    int size(int group) {
        return sizes[group];
    }

    /** Fixes every group that has an entry here. */
    void fix(long[] axis) {
        for (long label : axis) {
            if (label != FIXED) {
                fixed[root(group(label))] = true;
            }
        }
    }

    /** Learns that two axes have the same entries in one order; what cannot be told apart otherwise is fixed. */
    long[] same(long[] one, long[] two) {
        boolean equal = one.length == two.length;
        for (int i = 0; equal && i < one.length; i++) {
            equal = now(one[i]) == now(two[i]);
        }
        if (equal) {
            return one;
        }
        if (one.length == two.length && isWhole(one) && isWhole(two)) {
            parents[root(group(one[0]))] = root(group(two[0]));
        } else {
            fix(one);
            fix(two);
        }
        return one;
    }

    /** Whether an axis has all units of one group in their order. */
    private boolean isWhole(long[] axis) {
        long first = axis.length == 0 ? FIXED : now(axis[0]);
        if (first == FIXED || sizes[group(first)] != axis.length) {
            return false;
        }
        for (int i = 0; i < axis.length; i++) {
            long label = now(axis[i]);
            if (label == FIXED || group(label) != group(first) || place(label) != i) {
                return false;
            }
        }
        return true;
    }

    /** Writes labels to their positions in an axis; where others are that are not fixed, both become so. */
    void write(long[] axis, int position, long label) {
        long present = now(axis[position]);
        long next = now(label);
        if (present == FIXED) {
            axis[position] = label;
        } else if (next != FIXED && next != present) {
            fixed[group(present)] = true;
            fixed[group(next)] = true;
        }
    }
}
