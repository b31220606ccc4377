package org.netsplice.graph;

/** The shape of a tensor, batch first, and its element type. */
public record TensorSpec(Shape shape, DType dtype) {

    /** A float32 tensor of this shape. */
    public static TensorSpec of(Shape shape) {
        return new TensorSpec(shape, DType.FLOAT32);
    }

    /** The same type with another shape. */
    public TensorSpec with(Shape other) {
        return new TensorSpec(other, dtype);
    }
}
