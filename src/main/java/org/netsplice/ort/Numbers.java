package org.netsplice.ort;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** Tensors in the memory of ONNX Runtime and back. */
final class Numbers {
    private Numbers() {}

    /** A tensor as numbers of a type: fractions cut off and wrapped around where that needs it, as Keras converts data for an input. */
    static OnnxTensor given(OrtEnvironment environment, Tensor tensor, OnnxJavaType type) throws OrtException {
        long[] sizes = tensor.shape().sizes();
        return switch (type) {
            case FLOAT -> OnnxTensor.createTensor(environment, tensor.view(), sizes);
            case DOUBLE -> OnnxTensor.createTensor(environment, DoubleBuffer.wrap(tensor.toDoubles()), sizes);
            case INT64 -> OnnxTensor.createTensor(environment, LongBuffer.wrap(tensor.toWholes()), sizes);
            case INT32 -> {
                IntBuffer values = IntBuffer.allocate(tensor.length());
                for (int i = 0; i < tensor.length(); i++) {
                    values.put((int) tensor.wholeAt(i));
                }
                yield OnnxTensor.createTensor(environment, values.flip(), sizes);
            }
            case INT16 -> {
                ShortBuffer values = ShortBuffer.allocate(tensor.length());
                for (int i = 0; i < tensor.length(); i++) {
                    values.put((short) tensor.wholeAt(i));
                }
                yield OnnxTensor.createTensor(environment, values.flip(), sizes, type);
            }
            case INT8, UINT8 -> bytes(environment, tensor, type, sizes, false);
            case BOOL -> bytes(environment, tensor, type, sizes, true);
            default -> throw unknown("takes", type);
        };
    }

    private static OnnxTensor bytes(
            OrtEnvironment environment, Tensor tensor, OnnxJavaType type, long[] sizes, boolean truth)
            throws OrtException {
        ByteBuffer values = ByteBuffer.allocateDirect(tensor.length()).order(ByteOrder.nativeOrder());
        for (int i = 0; i < tensor.length(); i++) {
            values.put(truth ? (byte) (tensor.numberAt(i) == 0 ? 0 : 1) : (byte) tensor.wholeAt(i));
        }
        return OnnxTensor.createTensor(environment, values.flip(), sizes, type);
    }

    /** A result as a tensor of a type. */
    static Tensor tensor(OnnxTensor result, DType type) {
        TensorInfo info = result.getInfo();
        Shape shape = Shape.of(info.getShape());
        int count = Math.toIntExact(shape.elements());
        return switch (info.type) {
            case FLOAT -> {
                float[] values = new float[count];
                result.getFloatBuffer().get(values);
                yield floats(shape, values, type);
            }
            case DOUBLE -> {
                double[] values = new double[count];
                result.getDoubleBuffer().get(values);
                yield Tensor.owning(shape, values);
            }
            case INT64 -> {
                long[] values = new long[count];
                result.getLongBuffer().get(values);
                yield wholes(shape, values, type);
            }
            case INT32 -> {
                IntBuffer from = result.getIntBuffer();
                long[] values = new long[count];
                for (int i = 0; i < count; i++) {
                    values[i] = from.get(i);
                }
                yield wholes(shape, values, type);
            }
            case BOOL, INT8, UINT8 -> {
                ByteBuffer from = result.getByteBuffer();
                long[] values = new long[count];
                for (int i = 0; i < count; i++) {
                    values[i] = info.type == OnnxJavaType.UINT8 ? Byte.toUnsignedInt(from.get(i)) : from.get(i);
                }
                yield wholes(shape, values, type);
            }
            default -> throw unknown("gives", info.type);
        };
    }

    private static Tensor floats(Shape shape, float[] values, DType type) {
        return switch (type.form()) {
            case FLOAT -> Tensor.owning(type, shape, values);
            case DOUBLE, WHOLE -> throw new IllegalArgumentException("float32 for " + type);
        };
    }

    private static Tensor wholes(Shape shape, long[] values, DType type) {
        return switch (type.form()) {
            case WHOLE -> Tensor.owning(type, shape, values);
            case DOUBLE -> throw new IllegalArgumentException("whole numbers for " + type);
            case FLOAT -> {
                float[] floats = new float[values.length];
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = values[i];
                }
                yield Tensor.owning(type, shape, floats);
            }
        };
    }

    private static ModelException.CannotPredict unknown(String verb, OnnxJavaType type) {
        return new ModelException.CannotPredict(Problem.error(
                Where.NOWHERE,
                "the network " + verb + " numbers of the type " + type + ", which cannot be handed to ONNX Runtime",
                "Compute it by DL4J."));
    }
}
