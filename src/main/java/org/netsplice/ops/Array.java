package org.netsplice.ops;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A float32 array in native memory, row-major; what operations take and give. Operations never change their arguments. */
public final class Array {
    private final INDArray nd;

    private Array(INDArray nd) {
        this.nd = nd;
    }

    /** Wraps a native array without copying it. */
    public static Array wrap(INDArray nd) {
        return new Array(nd);
    }

    /** Copies numbers into native memory. */
    public static Array of(float[] values, long... sizes) {
        long product = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
        require(product == values.length, values.length + " numbers for " + Arrays.toString(sizes));
        return new Array(Nd4j.create(values, sizes, 'c'));
    }

    /** Zeros. */
    public static Array zeros(long... sizes) {
        if (Arrays.stream(sizes).anyMatch(size -> size == 0)) {
            return of(new float[0], sizes);
        }
        return new Array(Nd4j.create(DataType.FLOAT, sizes, 'c'));
    }

    /** The native array itself. */
    public INDArray unwrap() {
        return nd;
    }

    /** The sizes of the axes. */
    public long[] sizes() {
        return nd.shape();
    }

    public int rank() {
        return nd.rank();
    }

    /** The size of an axis; negative axes count from the end. */
    public long size(int axis) {
        return nd.size(axis);
    }

    public long length() {
        return nd.length();
    }

    /** The numbers in row-major order, a copy. */
    public float[] values() {
        return nd.isEmpty() ? new float[0] : contiguous().data().asFloat();
    }

    /** The same numbers with other sizes. */
    public Array reshape(long... sizes) {
        long product = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
        require(product == length(), "cannot reshape " + this + " to " + Arrays.toString(sizes));
        return product == 0 ? zeros(sizes) : new Array(contiguous().reshape('c', sizes));
    }

    /** A function applied to every number, computed in double precision. */
    public Array map(DoubleUnaryOperator function) {
        float[] values = values();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) function.applyAsDouble(values[i]);
        }
        return of(values, sizes());
    }

    /** The native array in row-major order without gaps; a copy only where needed. */
    INDArray contiguous() {
        if (nd.isEmpty()) {
            return nd;
        }
        boolean plain =
                nd.ordering() == 'c' && !nd.isView() && org.nd4j.linalg.api.shape.Shape.strideDescendingCAscendingF(nd);
        return plain ? nd : nd.dup('c');
    }

    static INDArray empty(long... sizes) {
        return Nd4j.createUninitialized(DataType.FLOAT, sizes, 'c');
    }

    /** Native code is never reached with arguments that do not fit; a failure here is a bug of ours. */
    static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    @Override
    public String toString() {
        return "array " + Arrays.toString(nd.shape());
    }
}
