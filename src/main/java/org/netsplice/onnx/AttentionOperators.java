package org.netsplice.onnx;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/** Attention as one operator: products of queries and keys, their shares, and the values averaged by them. */
final class AttentionOperators {
    static final Map<String, Operator> ALL = Map.of("Attention", AttentionOperators::attention);

    private AttentionOperators() {}

    private static List<Value> attention(Call call) {
        boolean cached = call.maybe(4).isPresent()
                || call.maybe(5).isPresent()
                || call.maybe(6).isPresent();
        if (cached || call.real("softcap", 0) != 0) {
            throw new Untranslatable("attention with a cache or a cap is not supported");
        }
        if (call.integer("left_window_size", -1) >= 0 || call.integer("right_window_size", -1) >= 0) {
            throw new Untranslatable("attention to a window of steps is not supported");
        }
        boolean flat = call.in(0).rank() == 3;
        Value query = heads(call, 0, "q_num_heads");
        Value key = heads(call, 1, "kv_num_heads");
        Value value = heads(call, 2, "kv_num_heads");
        long queries = query.shape()[1];
        key = repeated(call, key, queries);
        value = repeated(call, value, queries);
        double scale = call.real("scale", (float) (1 / Math.sqrt((double) query.shape()[3])));
        Value turned = ShapeOperators.permuted(key, 0, 1, 3, 2);
        Value scores = call.operation(
                "Multiply",
                Map.of(),
                call.operation("Matmul", Map.of(), query, turned),
                Call.number(scale, DType.FLOAT32));
        if (call.integer("is_causal", 0) != 0) {
            scores = call.operation("Add", Map.of(), scores, causal(call, query.shape()[2], key.shape()[2]));
        }
        Optional<Value> mask = call.maybe(3);
        if (mask.isPresent()) {
            scores = masked(call, scores, mask.get());
        }
        Value shares = call.layer("Softmax", Map.of("axis", -1), scores);
        Value result = call.operation("Matmul", Map.of(), shares, value);
        if (flat) {
            long[] sizes = result.shape();
            result = ShapeOperators.reshaped(
                    call, ShapeOperators.permuted(result, 0, 2, 1, 3), sizes[0], sizes[2], sizes[1] * sizes[3]);
        }
        return List.of(result);
    }

    /** Data as (batch, heads, steps, features). */
    private static Value heads(Call call, int argument, String setting) {
        Value data = call.in(argument);
        if (data.rank() == 4) {
            return data;
        }
        int heads = call.required(setting);
        long[] sizes = data.shape();
        return ShapeOperators.permuted(
                ShapeOperators.reshaped(call, data, sizes[0], sizes[1], heads, sizes[2] / heads), 0, 2, 1, 3);
    }

    /** Each head of keys or values as often as there are queries for it. */
    private static Value repeated(Call call, Value data, long queries) {
        long heads = data.shape()[1];
        if (heads == queries) {
            return data;
        }
        if (heads < 1 || queries % heads != 0) {
            throw new Untranslatable("it has " + queries + " heads of queries and " + heads + " of keys");
        }
        return call.operation("Repeat", Map.of("repeats", Call.integer(queries / heads), "axis", 1), data);
    }

    private static Value masked(Call call, Value scores, Value mask) {
        if (mask.dtype() != DType.BOOL) {
            return call.operation("Add", Map.of(), scores, mask);
        }
        return call.operation("Where", Map.of(), mask, scores, Call.number(Double.NEGATIVE_INFINITY, DType.FLOAT32));
    }

    private static Value causal(Call call, long queries, long keys) {
        if (call.to().sizes().unknown(queries) || call.to().sizes().unknown(keys) || queries * keys > 1 << 22) {
            throw new Untranslatable("its steps look back only, and their number is not known");
        }
        float[] values = new float[(int) (queries * keys)];
        for (int row = 0; row < queries; row++) {
            for (int column = row + 1; column < keys; column++) {
                values[(int) (row * keys + column)] = Float.NEGATIVE_INFINITY;
            }
        }
        return Call.value(Tensor.owning(DType.FLOAT32, Shape.of(1, 1, queries, keys), values));
    }
}
