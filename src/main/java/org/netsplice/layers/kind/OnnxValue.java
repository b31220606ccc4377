package org.netsplice.layers.kind;

import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/**
 * A value of an ONNX graph that is being written: a constant, or the result of a node. Its axes may be written in another order than
 * they are seen in, so that a change of axes costs a node only where something needs them as they are seen.
 */
public final class OnnxValue {
    private final String name;
    private final Optional<Tensor> constant;
    private final DType type;
    private final Shape stored;
    private final int[] order;

    private OnnxValue(String name, Optional<Tensor> constant, DType type, Shape stored, int... order) {
        this.name = name;
        this.constant = constant;
        this.type = type;
        this.stored = stored;
        this.order = order;
    }

    /** A value with a name in the graph. */
    public static OnnxValue named(String name, DType type, Shape shape) {
        return new OnnxValue(name, Optional.empty(), type, shape, straight(shape.rank()));
    }

    /**
     * A constant.
     *
     * @param key tells it from all other constants of the graph; the first line is the name that it should have
     */
    static OnnxValue constant(String key, Tensor tensor) {
        return new OnnxValue(
                key,
                Optional.of(tensor),
                tensor.dtype(),
                tensor.shape(),
                straight(tensor.shape().rank()));
    }

    static int[] straight(int rank) {
        return IntStream.range(0, rank).toArray();
    }

    /** The name in the graph of what is written, or the key of a constant. */
    String name() {
        return name;
    }

    /** The key of a constant, or the name of what is written. */
    public String key() {
        return name;
    }

    /** The numbers, where they are known. */
    public Optional<Tensor> constant() {
        return constant;
    }

    /** The element type in ONNX: float32, float64, int64 or bool. */
    public DType type() {
        return type;
    }

    /** The number of axes. */
    public int rank() {
        return order.length;
    }

    /** The size of an axis as it is seen; negative axes count from the end. */
    public long size(int axis) {
        return stored.size(order[axis < 0 ? axis + order.length : axis]);
    }

    /** The shape as it is seen. */
    public Shape shape() {
        return Shape.of(IntStream.of(order).mapToLong(stored::size).toArray());
    }

    /** The shape as it is written. */
    Shape stored() {
        return stored;
    }

    /** For each axis as it is seen, which of those that are written it is. */
    int[] order() {
        return order.clone();
    }

    /** The same value with its axes seen in another order: axis {@code i} is what axis {@code axes[i]} was. */
    OnnxValue seen(int... axes) {
        return new OnnxValue(
                name,
                constant,
                type,
                stored,
                IntStream.of(axes).map(axis -> order[axis]).toArray());
    }

    /** Another result with the axes in the order of this value. */
    OnnxValue like(String result, DType other, Shape sizes) {
        return new OnnxValue(result, Optional.empty(), other, sizes, order);
    }

    /** A value whose axes are written in an order. */
    static OnnxValue ordered(String name, DType type, Shape stored, int... order) {
        return new OnnxValue(name, Optional.empty(), type, stored, order);
    }
}
