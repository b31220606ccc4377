package org.netsplice.onnx;

import java.util.Arrays;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/** Tensors that hold one number everywhere. */
final class Filling {
    private Filling() {}

    /** A tensor of any element type. */
    static Tensor of(double number, DType dtype, long... sizes) {
        Shape shape = Shape.of(sizes);
        int count = Math.toIntExact(shape.elements());
        return switch (dtype.form()) {
            case FLOAT -> {
                float[] values = new float[count];
                Arrays.fill(values, (float) number);
                yield Tensor.owning(dtype, shape, values);
            }
            case DOUBLE -> {
                double[] values = new double[count];
                Arrays.fill(values, number);
                yield Tensor.owning(shape, values);
            }
            case WHOLE -> {
                long[] values = new long[count];
                Arrays.fill(values, (long) number);
                yield Tensor.owning(dtype, shape, values);
            }
        };
    }
}
