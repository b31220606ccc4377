package org.netsplice.layers.kind;

import java.util.List;
import java.util.stream.IntStream;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/** What is done with constants of ONNX graphs while they are written, and the element types ONNX and Keras name differently. */
public final class OnnxTensors {
    private static final List<DType> WIDTH = List.of(DType.BOOL, DType.INT64, DType.FLOAT32, DType.FLOAT64);

    private OnnxTensors() {}

    /** The number of an element type in ONNX' TensorProto.DataType. */
    public static int number(DType type) {
        return switch (type) {
            case FLOAT32 -> 1;
            case UINT8 -> 2;
            case INT8 -> 3;
            case UINT16 -> 4;
            case INT16 -> 5;
            case INT32 -> 6;
            case INT64 -> 7;
            case STRING -> 8;
            case BOOL -> 9;
            case FLOAT16 -> 10;
            case FLOAT64 -> 11;
            case UINT32 -> 12;
            case UINT64 -> 13;
            case BFLOAT16 -> 16;
        };
    }

    /** The element type in which numbers of a type are computed. */
    public static DType computed(DType type) {
        return type == DType.FLOAT64 ? type : type.floating() ? DType.FLOAT32 : DType.INT64;
    }

    /** The wider of two types among bool, int64, float32 and float64. */
    static DType wider(DType one, DType two) {
        return WIDTH.indexOf(one) >= WIDTH.indexOf(two) ? one : two;
    }

    /** The numbers in another element type. */
    static Tensor cast(Tensor tensor, DType type) {
        Shape shape = tensor.shape();
        return switch (type) {
            case FLOAT64 -> Tensor.owning(shape, tensor.toDoubles());
            case INT64 -> Tensor.owning(type, shape, tensor.toWholes());
            case BOOL -> {
                float[] values = new float[tensor.length()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = tensor.numberAt(i) == 0 ? 0 : 1;
                }
                yield Tensor.owning(type, shape, values);
            }
            default -> Tensor.owning(type, shape, tensor.toArray());
        };
    }

    /** The numbers with axis {@code i} being what axis {@code axes[i]} was. */
    static Tensor transposed(Tensor tensor, int... axes) {
        Shape from = tensor.shape();
        int rank = from.rank();
        int[] strides = new int[rank];
        int stride = 1;
        for (int axis = rank - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= (int) from.size(axis);
        }
        Shape to = Shape.of(IntStream.of(axes).mapToLong(from::size).toArray());
        int[] places = new int[tensor.length()];
        int[] cell = new int[rank];
        int place = 0;
        for (int i = 0; i < places.length; i++) {
            places[i] = place;
            for (int axis = rank - 1; axis >= 0; axis--) {
                place += strides[axes[axis]];
                if (++cell[axis] < to.size(axis)) {
                    break;
                }
                place -= strides[axes[axis]] * cell[axis];
                cell[axis] = 0;
            }
        }
        return tensor.picked(to, places);
    }
}
