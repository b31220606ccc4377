package org.netsplice.testing;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/** Runs ONNX files by ONNX Runtime. */
public final class OnnxRun implements AutoCloseable {
    private static final OrtEnvironment ENVIRONMENT =
            OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "test");
    private final OrtSession session;

    /** Loads a file; computes with a single thread. */
    public OnnxRun(Path file) {
        try {
            OrtSession.SessionOptions options = new OrtSession.SessionOptions();
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            session = ENVIRONMENT.createSession(file.toString(), options);
        } catch (OrtException problem) {
            throw new IllegalStateException(problem.getMessage(), problem);
        }
    }

    /** The outputs for inputs by name; whole and half-precision types as they are declared. */
    public Map<String, Tensor> predict(Map<String, Tensor> inputs) {
        Map<String, OnnxTensor> given = new HashMap<>();
        try {
            for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
                TensorInfo info = (TensorInfo) input.getValue().getInfo();
                given.put(input.getKey(), tensor(inputs.get(input.getKey()), info.type));
            }
            try (OrtSession.Result results = session.run(given)) {
                Map<String, Tensor> outputs = new LinkedHashMap<>();
                for (Map.Entry<String, OnnxValue> result : results) {
                    outputs.put(result.getKey(), tensor((OnnxTensor) result.getValue()));
                }
                return outputs;
            }
        } catch (OrtException problem) {
            throw new IllegalStateException(problem.getMessage(), problem);
        } finally {
            given.values().forEach(OnnxTensor::close);
        }
    }

    private static OnnxTensor tensor(Tensor tensor, OnnxJavaType type) throws OrtException {
        long[] sizes = tensor.shape().sizes();
        return switch (type) {
            case FLOAT -> OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(tensor.toArray()), sizes);
            case DOUBLE -> OnnxTensor.createTensor(ENVIRONMENT, DoubleBuffer.wrap(tensor.toDoubles()), sizes);
            case INT64 -> OnnxTensor.createTensor(ENVIRONMENT, LongBuffer.wrap(tensor.toWholes()), sizes);
            case INT32 -> {
                int[] values = new int[tensor.length()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (int) tensor.wholeAt(i);
                }
                yield OnnxTensor.createTensor(ENVIRONMENT, IntBuffer.wrap(values), sizes);
            }
            case INT16 -> {
                short[] values = new short[tensor.length()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (short) tensor.wholeAt(i);
                }
                yield OnnxTensor.createTensor(ENVIRONMENT, ShortBuffer.wrap(values), sizes, type);
            }
            case BOOL, INT8, UINT8 -> {
                ByteBuffer values = ByteBuffer.allocateDirect(tensor.length()).order(ByteOrder.nativeOrder());
                for (int i = 0; i < tensor.length(); i++) {
                    values.put((byte) tensor.wholeAt(i));
                }
                yield OnnxTensor.createTensor(ENVIRONMENT, values.flip(), sizes, type);
            }
            default -> throw new IllegalArgumentException("an input of type " + type);
        };
    }

    private static Tensor tensor(OnnxTensor tensor) {
        TensorInfo info = tensor.getInfo();
        Shape shape = Shape.of(info.getShape());
        int count = (int) shape.elements();
        return switch (info.type) {
            case FLOAT -> {
                float[] values = new float[count];
                tensor.getFloatBuffer().get(values);
                yield Tensor.owning(DType.FLOAT32, shape, values);
            }
            case DOUBLE -> {
                double[] values = new double[count];
                tensor.getDoubleBuffer().get(values);
                yield Tensor.owning(shape, values);
            }
            case INT64 -> {
                long[] values = new long[count];
                tensor.getLongBuffer().get(values);
                yield Tensor.owning(DType.INT64, shape, values);
            }
            case INT32 -> {
                IntBuffer from = tensor.getIntBuffer();
                float[] values = new float[count];
                for (int i = 0; i < count; i++) {
                    values[i] = from.get(i);
                }
                yield Tensor.owning(DType.INT32, shape, values);
            }
            case BOOL, INT8, UINT8 -> {
                ByteBuffer from = tensor.getByteBuffer();
                float[] values = new float[count];
                for (int i = 0; i < count; i++) {
                    values[i] = info.type == OnnxJavaType.UINT8 ? from.get(i) & 0xff : from.get(i);
                }
                yield Tensor.owning(DType.FLOAT32, shape, values);
            }
            default -> throw new IllegalArgumentException("an output of type " + info.type);
        };
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException problem) {
            throw new IllegalStateException(problem);
        }
    }
}
