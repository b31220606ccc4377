package org.netsplice.graph;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Numbers in row-major order. Values are held as float32, in which everything is computed; {@code dtype} is the type they
 * had in their file. Immutable.
 */
public final class Tensor {
    private final DType dtype;
    private final Shape shape;
    private final float[] values;

    private Tensor(DType dtype, Shape shape, float[] values) {
        if (!shape.known() || shape.elements() != values.length) {
            throw new IllegalArgumentException(values.length + " values for shape " + shape);
        }
        this.dtype = dtype;
        this.shape = shape;
        this.values = values;
    }

    /** A tensor over a copy of {@code values}. */
    public static Tensor of(Shape shape, float... values) {
        return new Tensor(DType.FLOAT32, shape, values.clone());
    }

    /** A tensor over {@code values} itself, which the caller gives away and never touches again. */
    public static Tensor owning(DType dtype, Shape shape, float[] values) {
        return new Tensor(dtype, shape, values);
    }

    /** The element type in the file the tensor came from. */
    public DType dtype() {
        return dtype;
    }

    /** The shape; every size is known. */
    public Shape shape() {
        return shape;
    }

    /** The number of elements. */
    public int length() {
        return values.length;
    }

    /** The element at a row-major index. */
    public float at(int index) {
        return values[index];
    }

    /** All elements, a copy. */
    public float[] toArray() {
        return values.clone();
    }

    /** All elements, without a copy, read only. */
    public FloatBuffer view() {
        return FloatBuffer.wrap(values).asReadOnlyBuffer();
    }

    /** Rows {@code from} to {@code to} of the first axis, a copy. */
    public Tensor rows(long from, long to) {
        int row = shape.size(0) == 0 ? 0 : (int) (values.length / shape.size(0));
        float[] part = Arrays.copyOfRange(values, (int) from * row, (int) to * row);
        return new Tensor(dtype, shape.withBatch(to - from), part);
    }

    /** The same numbers in another shape of as many elements. */
    public Tensor reshaped(Shape other) {
        return new Tensor(dtype, other, values);
    }

    /** Whether every number is finite. */
    public boolean finite() {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** Equal when shape, type and every bit of the numbers are. */
    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Tensor tensor)) {
            return false;
        }
        return values == tensor.values
                || (dtype == tensor.dtype && shape.equals(tensor.shape) && Arrays.equals(values, tensor.values));
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return dtype.text() + shape;
    }
}
