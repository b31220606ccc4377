package org.netsplice.keras;

import java.lang.reflect.Array;
import java.util.Optional;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/** Numbers as the HDF5 library gives them, single ones or arrays of any primitive type. */
final class HdfNumbers {
    private HdfNumbers() {}

    /** The values as a tensor; empty when they are not numbers. */
    static Optional<Tensor> tensor(DType dtype, Shape shape, Object data) {
        if (!(data instanceof Number) && !data.getClass().isArray()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (dtype.form()) {
                    case DOUBLE -> Tensor.owning(shape, doubles(data));
                    case WHOLE -> Tensor.owning(dtype, shape, wholes(data));
                    case FLOAT -> Tensor.owning(dtype, shape, floats(data));
                });
    }

    private static float[] floats(Object data) {
        if (data instanceof float[] own) {
            return own;
        }
        float[] values = new float[length(data)];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(data, i).floatValue();
        }
        return values;
    }

    private static double[] doubles(Object data) {
        double[] values = new double[length(data)];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(data, i).doubleValue();
        }
        return values;
    }

    private static long[] wholes(Object data) {
        long[] values = new long[length(data)];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(data, i).longValue();
        }
        return values;
    }

    private static int length(Object data) {
        return data instanceof Number ? 1 : Array.getLength(data);
    }

    private static Number number(Object data, int index) {
        Object one = data instanceof Number ? data : Array.get(data, index);
        return one instanceof Boolean flag ? (Number) (flag ? 1 : 0) : (Number) one;
    }
}
