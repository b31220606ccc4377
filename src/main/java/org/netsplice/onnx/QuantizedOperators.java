package org.netsplice.onnx;

import java.util.Map;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/** Numbers stored as small whole numbers with a scale and a zero point, for all of a tensor or for each place of an axis. */
final class QuantizedOperators {
    static final Map<String, Operator> ALL = Map.of(
            "QuantizeLinear", Operator.one(QuantizedOperators::quantized),
            "DequantizeLinear", Operator.one(QuantizedOperators::restored));

    private QuantizedOperators() {}

    /** A scale or zero point with axes of size 1 around its own. */
    private static Value along(Call call, int argument) {
        Tensor tensor = call.known(argument);
        if (call.integer("block_size", 0) != 0 || tensor.shape().rank() > 1) {
            throw new Untranslatable("it has scales for blocks of numbers");
        }
        if (tensor.length() == 1) {
            return Call.number(tensor.numberAt(0), DType.FLOAT32);
        }
        int rank = call.in(0).rank();
        int axis = Call.axis(call.whole("axis", 1), rank);
        long[] sizes = new long[rank];
        java.util.Arrays.fill(sizes, 1);
        sizes[axis] = tensor.length();
        return Call.value(Tensors.floats(tensor).reshaped(Shape.of(sizes)));
    }

    private static Value quantized(Call call) {
        DType type = call.maybe(2)
                .map(Value::dtype)
                .orElseGet(() -> call.integer("output_dtype", 0) == 0
                        ? DType.UINT8
                        : Call.dtype(call.integer("output_dtype", 0)));
        if (type.floating() || type.bytes() > 2) {
            throw new Untranslatable("it makes numbers of type " + type.text());
        }
        Value scaled =
                call.operation("Round", Map.of(), call.operation("Divide", Map.of(), call.in(0), along(call, 1)));
        Value shifted = call.maybe(2).isEmpty() ? scaled : call.operation("Add", Map.of(), scaled, along(call, 2));
        boolean unsigned = type == DType.UINT8 || type == DType.UINT16;
        double span = Math.pow(2, 8.0 * type.bytes());
        Value clipped = call.operation(
                "Clip",
                Map.of("x_min", unsigned ? 0.0 : -span / 2, "x_max", unsigned ? span - 1 : span / 2 - 1),
                shifted);
        return call.operation("Cast", Map.of("dtype", type.text()), clipped);
    }

    private static Value restored(Call call) {
        Value data = call.operation("Cast", Map.of("dtype", "float32"), call.in(0));
        Value shifted = call.maybe(2).isEmpty() ? data : call.operation("Subtract", Map.of(), data, along(call, 2));
        return call.operation("Multiply", Map.of(), shifted, along(call, 1));
    }
}
