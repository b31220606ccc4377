package org.netsplice.dl4j.zip;

import java.util.stream.IntStream;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/** The numbers of one layer, a piece of DL4J's flat vector, taken from its beginning piece by piece. Not thread-safe. */
final class Parameters {
    private final Tensor all;
    private final int from;
    private final int end;
    private int at;

    /** The numbers from {@code from} (included) to {@code end} (excluded) of a tensor with one axis. */
    Parameters(Tensor all, int from, int end) {
        this.all = all;
        this.from = from;
        this.at = from;
        this.end = end;
    }

    /** How many numbers are left. */
    int left() {
        return end - at;
    }

    /** The same numbers from the beginning. */
    Parameters restarted() {
        return new Parameters(all, from, end);
    }

    /** Passes over numbers that only training needs. */
    void skip(long count) {
        at = next(count);
    }

    /** The next numbers as they are, of the type of the file. */
    Tensor exact(Shape shape) {
        int first = at;
        at = next(shape.elements());
        return all.picked(shape, IntStream.range(first, at).toArray());
    }

    /** The next numbers, rounded to float32, in row-major order. */
    Tensor rows(long... sizes) {
        Shape shape = Shape.of(sizes);
        int first = at;
        at = next(shape.elements());
        float[] values = new float[at - first];
        for (int i = 0; i < values.length; i++) {
            values[i] = all.at(first + i);
        }
        return Tensor.owning(DType.FLOAT32, shape, values);
    }

    /** The next numbers, rounded to float32, as a matrix that is stored column by column. */
    Tensor columns(long rows, long columns) {
        return moved(rows(columns, rows), 1, 0);
    }

    private int next(long count) {
        if (count > end - at) {
            throw new IllegalStateException("takes more numbers than were counted");
        }
        return at + (int) count;
    }

    /** A tensor with its axes in another order: axis {@code i} of the result is axis {@code order[i]}. */
    static Tensor moved(Tensor tensor, int... order) {
        int rank = order.length;
        long[] strides = new long[rank];
        long stride = 1;
        for (int axis = rank - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= tensor.shape().size(axis);
        }
        long[] sizes = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            sizes[axis] = tensor.shape().size(order[axis]);
        }
        float[] values = new float[tensor.length()];
        long[] place = new long[rank];
        for (int i = 0; i < values.length; i++) {
            long from = 0;
            for (int axis = 0; axis < rank; axis++) {
                from += place[axis] * strides[order[axis]];
            }
            values[i] = tensor.at((int) from);
            for (int axis = rank - 1; axis >= 0 && ++place[axis] == sizes[axis]; axis--) {
                place[axis] = 0;
            }
        }
        return Tensor.owning(DType.FLOAT32, Shape.of(sizes), values);
    }
}
