package org.netsplice.dl4j;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.kind.ElementTypes;
import org.netsplice.ops.Array;

/** Tensors in native memory and back, each number exactly as its element type has it. */
final class Numbers {
    /** The most float32 numbers that a buffer of Java reaches. */
    private static final int LARGEST_BUFFER = Integer.MAX_VALUE / Float.BYTES;

    private Numbers() {}

    /** A tensor as numbers of a type: rounded, cut off or wrapped around where that needs it, as Keras converts data for an input. */
    static INDArray array(Tensor tensor, DType type) {
        long[] sizes = tensor.shape().sizes();
        Array array = switch (tensor.dtype().form()) {
            case DOUBLE -> Array.of(tensor.toDoubles(), sizes);
            case WHOLE -> Array.of(tensor.toWholes(), sizes);
            case FLOAT -> Array.of(tensor.toArray(), sizes);
        };
        return ElementTypes.as(array, type).unwrap();
    }

    /** A native array of numbers of a type. */
    static Tensor tensor(INDArray array, DType type) {
        Array numbers = ElementTypes.as(Array.wrap(array), type);
        Shape shape = Shape.of(array.shape());
        return switch (type.form()) {
            case DOUBLE -> Tensor.owning(shape, numbers.doubles());
            case WHOLE -> Tensor.owning(type, shape, numbers.wholes());
            case FLOAT -> Tensor.owning(type, shape, numbers.values());
        };
    }

    /** Copies a tensor into a native array of as many numbers, without a copy between where both hold float32 in the same order. */
    static void copy(Tensor tensor, INDArray target) {
        if (target.dataType() == DataType.DOUBLE) {
            target.assign(Nd4j.create(tensor.toDoubles(), target.shape(), 'c'));
        } else if (rowMajor(target) && tensor.length() <= LARGEST_BUFFER) {
            FloatPointer place = new FloatPointer(target.data().pointer());
            place.limit(target.offset() + tensor.length());
            place.position(target.offset()).asBuffer().put(tensor.view());
        } else {
            target.assign(Nd4j.create(tensor.toArray(), target.shape(), 'c'));
        }
    }

    /** Whether numbers stand one behind the other, the last axis changing first. */
    private static boolean rowMajor(INDArray array) {
        long step = 1;
        for (int axis = array.rank() - 1; axis >= 0; axis--) {
            if (array.size(axis) != 1 && array.stride(axis) != step) {
                return false;
            }
            step *= array.size(axis);
        }
        return true;
    }
}
