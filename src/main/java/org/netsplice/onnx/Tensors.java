package org.netsplice.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.ops.Array;

/** Tensors whose numbers are known, in other forms and orders. */
final class Tensors {
    private Tensors() {}

    /** The numbers as operations take them; a single number without axes has one axis there. */
    static Array array(Tensor tensor) {
        long[] sizes =
                tensor.shape().rank() == 0 ? new long[] {1} : tensor.shape().sizes();
        return switch (tensor.dtype().form()) {
            case FLOAT -> Array.of(tensor.toArray(), sizes);
            case DOUBLE -> Array.of(tensor.toDoubles(), sizes);
            case WHOLE -> Array.of(tensor.toWholes(), sizes);
        };
    }

    /** The numbers of an operation's result. */
    static Tensor tensor(Array array, DType dtype) {
        Shape shape = Shape.of(array.sizes());
        return switch (dtype.form()) {
            case FLOAT -> Tensor.owning(dtype, shape, array.values());
            case DOUBLE -> Tensor.owning(shape, array.doubles());
            case WHOLE -> Tensor.owning(dtype, shape, array.wholes());
        };
    }

    /** Whether a tensor holds one number at every place. */
    static boolean equalEverywhere(Tensor tensor) {
        for (int i = 1; i < tensor.length(); i++) {
            if (Double.compare(tensor.numberAt(i), tensor.numberAt(0)) != 0) {
                return false;
            }
        }
        return tensor.length() > 0;
    }

    /** Whole numbers along one axis. */
    static Tensor wholes(long... values) {
        return Tensor.owning(DType.INT64, Shape.of(values.length), values);
    }

    /** One whole number without axes. */
    static Tensor whole(long value) {
        return Tensor.owning(DType.INT64, Shape.of(), new long[] {value});
    }

    /** The numbers as float32. */
    static Tensor floats(Tensor tensor) {
        return tensor.dtype() == DType.FLOAT32
                ? tensor
                : Tensor.owning(DType.FLOAT32, tensor.shape(), tensor.toArray());
    }

    /** The tensor with its axes in another order: axis {@code i} of the result is axis {@code order[i]} of {@code tensor}. */
    static Tensor permuted(Tensor tensor, int... order) {
        int rank = order.length;
        long[] from = tensor.shape().sizes();
        int[] strides = new int[rank];
        int stride = 1;
        for (int axis = rank - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= (int) from[axis];
        }
        long[] sizes = new long[rank];
        int[] steps = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            sizes[axis] = from[order[axis]];
            steps[axis] = strides[order[axis]];
        }
        int[] places = new int[tensor.length()];
        long[] index = new long[rank];
        int place = 0;
        for (int i = 0; i < places.length; i++) {
            places[i] = place;
            for (int axis = rank - 1; axis >= 0; axis--) {
                place += steps[axis];
                if (++index[axis] < sizes[axis]) {
                    break;
                }
                place -= steps[axis] * (int) sizes[axis];
                index[axis] = 0;
            }
        }
        return tensor.picked(Shape.of(sizes), places);
    }

    /** A convolution's kernel with its first two axes, in the order given, behind the spatial ones. */
    static Tensor kernelLast(Tensor kernel, int first, int second) {
        int rank = kernel.shape().rank();
        int[] order = IntStream.concat(IntStream.range(2, rank), IntStream.of(first, second))
                .toArray();
        return permuted(kernel, order);
    }

    /** Every number multiplied by a factor, as float32. */
    static Tensor scaled(Tensor tensor, double factor) {
        if (factor == 1) {
            return floats(tensor);
        }
        float[] values = tensor.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] * factor);
        }
        return Tensor.owning(DType.FLOAT32, tensor.shape(), values);
    }

    /** Rows of a matrix, or numbers of a vector, in another order of blocks of this size along the first axis. */
    static Tensor blocks(Tensor tensor, int block, int... order) {
        int row = tensor.length() / (int) tensor.shape().size(0);
        if ((long) order.length * block > tensor.shape().size(0)) {
            throw new Untranslatable("its weights have the shape " + tensor.shape());
        }
        int[] places = new int[order.length * block * row];
        int at = 0;
        for (int part : order) {
            for (int i = 0; i < block * row; i++) {
                places[at++] = part * block * row + i;
            }
        }
        return tensor.picked(tensor.shape().with(0, (long) order.length * block), places);
    }

    /** Part {@code index} of the first axis, which disappears. */
    static Tensor part(Tensor tensor, int index) {
        return tensor.rows(index, index + 1L)
                .reshaped(tensor.shape().axes(1, tensor.shape().rank()));
    }

    /** The numbers as nested lists for a configuration. */
    static Object nested(Tensor tensor) {
        return nested(tensor, 0, new int[1]);
    }

    private static Object nested(Tensor tensor, int axis, int[] next) {
        if (axis == tensor.shape().rank()) {
            int at = next[0]++;
            return number(tensor, at);
        }
        List<Object> items = new ArrayList<>();
        for (long i = 0; i < tensor.shape().size(axis); i++) {
            items.add(nested(tensor, axis + 1, next));
        }
        return items;
    }

    /** A number for a configuration. */
    static Object number(Tensor tensor, int at) {
        if (tensor.dtype() == DType.BOOL) {
            return tensor.at(at) != 0;
        } else if (!tensor.dtype().floating()) {
            return tensor.wholeAt(at);
        }
        double value = tensor.numberAt(at);
        if (Double.isNaN(value)) {
            return "NaN";
        }
        return Double.isInfinite(value) ? value > 0 ? "Infinity" : "-Infinity" : (Object) value;
    }
}
