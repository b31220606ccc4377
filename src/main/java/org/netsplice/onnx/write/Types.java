package org.netsplice.onnx.write;

import java.util.function.DoubleUnaryOperator;
import org.netsplice.graph.DType;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.kind.ElementTypes;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxTensors;
import org.netsplice.layers.kind.OnnxValue;

/** Numbers as an element type has them, held as float32, float64 or int64; the rules of {@link ElementTypes#as}. */
final class Types {
    private Types() {}

    /** The numbers rounded to the precision of a type, cut off, or wrapped around. */
    static OnnxValue as(OnnxBuilder onnx, OnnxValue x, DType type) {
        return switch (type) {
            case FLOAT32, FLOAT64, INT64, UINT64 -> onnx.cast(x, OnnxTensors.computed(type));
            case BOOL -> onnx.cast(onnx.cast(x, DType.BOOL), DType.INT64);
            default -> onnx.cast(onnx.cast(x, type), OnnxTensors.computed(type));
        };
    }

    /** A weight in the type a layer computes in. */
    static OnnxValue weight(OnnxBuilder onnx, OnnxValue weight, DType type) {
        DType held = OnnxTensors.computed(type.floating() ? type : DType.FLOAT32);
        if (!type.half()) {
            return onnx.cast(weight, held);
        }
        DoubleUnaryOperator rounded = type == DType.FLOAT16 ? ElementTypes::float16 : ElementTypes::bfloat16;
        Tensor tensor = weight.constant().orElseThrow();
        float[] values = tensor.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) rounded.applyAsDouble(values[i]);
        }
        return onnx.constant(weight.key() + "\n" + type, Tensor.owning(DType.FLOAT32, tensor.shape(), values));
    }
}
