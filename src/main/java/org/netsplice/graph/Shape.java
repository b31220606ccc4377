package org.netsplice.graph;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The sizes of a tensor's axes; an unknown size, such as the batch, is {@link #UNKNOWN}. Immutable. */
public final class Shape {
    /** An axis whose size is not known; Keras writes {@code None}. */
    public static final long UNKNOWN = -1;

    private final long[] sizes;

    private Shape(long[] sizes) {
        this.sizes = sizes;
    }

    /** A shape with these sizes; each is {@link #UNKNOWN} or not negative. */
    public static Shape of(long... sizes) {
        for (long size : sizes) {
            if (size < UNKNOWN) {
                throw new IllegalArgumentException("negative size " + size);
            }
        }
        return new Shape(sizes.clone());
    }

    /** The number of axes. */
    public int rank() {
        return sizes.length;
    }

    /** The size of an axis; negative axes count from the end, -1 being the last. */
    public long size(int axis) {
        return sizes[axis < 0 ? axis + sizes.length : axis];
    }

    /** The size of the last axis. */
    public long last() {
        return size(-1);
    }

    /** All sizes, a copy. */
    public long[] sizes() {
        return sizes.clone();
    }

    /** Whether every size is known. */
    public boolean known() {
        return LongStream.of(sizes).allMatch(size -> size != UNKNOWN);
    }

    /** Whether an axis has size 0, so that there are no elements. */
    public boolean empty() {
        return LongStream.of(sizes).anyMatch(size -> size == 0);
    }

    /** Whether every size but the batch (axis 0) is known. */
    public boolean knownButBatch() {
        return LongStream.of(sizes).skip(1).allMatch(size -> size != UNKNOWN);
    }

    /** The number of elements, or {@link #UNKNOWN} if a size is unknown; saturates at {@link Long#MAX_VALUE}. */
    public long elements() {
        return product(0);
    }

    /** The number of elements of one row of the batch, or {@link #UNKNOWN}. */
    public long elementsPerRow() {
        return product(1);
    }

    private long product(int from) {
        long product = 1;
        boolean none = false;
        for (int axis = from; axis < sizes.length; axis++) {
            if (sizes[axis] == UNKNOWN) {
                return UNKNOWN;
            }
            none |= sizes[axis] == 0;
            product =
                    sizes[axis] != 0 && product > Long.MAX_VALUE / sizes[axis] ? Long.MAX_VALUE : product * sizes[axis];
        }
        return none ? 0 : product;
    }

    /** The same shape with another size at an axis; negative axes count from the end. */
    public Shape with(int axis, long size) {
        long[] copy = sizes.clone();
        copy[axis < 0 ? axis + copy.length : axis] = size;
        return of(copy);
    }

    /** The same shape with another size of the batch. */
    public Shape withBatch(long batch) {
        return with(0, batch);
    }

    /** Axes {@code from} (included) to {@code to} (excluded). */
    public Shape axes(int from, int to) {
        return new Shape(Arrays.copyOfRange(sizes, from, to));
    }

    /** The same shape with one more axis at the end. */
    public Shape plus(long size) {
        long[] longer = Arrays.copyOf(sizes, sizes.length + 1);
        longer[sizes.length] = size;
        return of(longer);
    }

    /** These axes, then those of another. */
    public Shape plus(Shape other) {
        long[] longer = Arrays.copyOf(sizes, sizes.length + other.sizes.length);
        System.arraycopy(other.sizes, 0, longer, sizes.length, other.sizes.length);
        return new Shape(longer);
    }

    /** Whether data of shape {@code other} may stand here: the same rank, and equal sizes where both are known. */
    public boolean accepts(Shape other) {
        if (other.rank() != rank()) {
            return false;
        }
        for (int axis = 0; axis < rank(); axis++) {
            if (sizes[axis] != UNKNOWN && other.sizes[axis] != UNKNOWN && sizes[axis] != other.sizes[axis]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    /** As Keras writes it: {@code (None, 32, 32, 64)}, {@code (None,)}. */
    @Override
    public String toString() {
        return LongStream.of(sizes)
                .mapToObj(size -> size == UNKNOWN ? "None" : Long.toString(size))
                .collect(Collectors.joining(", ", "(", sizes.length == 1 ? ",)" : ")"));
    }
}
