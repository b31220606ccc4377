package org.netsplice.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.kind.ElementTypes;
import org.netsplice.ops.Array;

/** Tensors in native memory and back, each number exactly as its element type has it. */
final class Numbers {
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
}
