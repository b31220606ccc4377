package org.netsplice.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/** Normalizations. */
final class NormalizationOperators {
    private static final String EPSILON = "epsilon";
    private static final String CENTER = "center";
    private static final String SCALE = "scale";

    static final Map<String, Operator> ALL = Map.of(
            "BatchNormalization", Operator.one(NormalizationOperators::batch),
            "InstanceNormalization", Operator.one(call -> groups(call, -1)),
            "GroupNormalization", Operator.one(call -> groups(call, call.required("num_groups"))),
            "LayerNormalization", Operator.one(NormalizationOperators::layer),
            "RMSNormalization", Operator.one(NormalizationOperators::rootMeanSquare),
            "LpNormalization", Operator.one(NormalizationOperators::length),
            "MeanVarianceNormalization", Operator.one(NormalizationOperators::meanVariance),
            "LRN", Operator.one(NormalizationOperators::local));

    private NormalizationOperators() {}

    private static double epsilon(Call call) {
        return call.real(EPSILON, 1e-5f);
    }

    private static Value batch(Call call) {
        if (call.integer("training_mode", 0) != 0 || call.integer("spatial", 1) != 1) {
            throw new Untranslatable("it normalizes by the statistics of the batch itself");
        }
        List<Tensor> weights = List.of(call.known(1), call.known(2), call.known(3), call.known(4));
        return call.weighted("BatchNormalization", Map.of("axis", 1, EPSILON, epsilon(call)), weights, call.in(0));
    }

    private static Value groups(Call call, int groups) {
        Tensor scale = call.known(1);
        Tensor bias = call.known(2);
        long channels = call.in(0).shape()[1];
        boolean each = scale.length() == groups && groups != channels;
        List<Tensor> weights = each
                ? List.of(repeated(scale, channels / groups), repeated(bias, channels / groups))
                : List.of(scale, bias);
        return call.weighted(
                "GroupNormalization", Map.of("groups", groups, "axis", 1, EPSILON, epsilon(call)), weights, call.in(0));
    }

    private static Tensor repeated(Tensor vector, long times) {
        float[] values = new float[Math.toIntExact(vector.length() * times)];
        for (int i = 0; i < values.length; i++) {
            values[i] = vector.at((int) (i / times));
        }
        return Tensor.owning(DType.FLOAT32, Shape.of(values.length), values);
    }

    private static List<Integer> axesFrom(Call call) {
        int rank = call.in(0).rank();
        int first = Call.axis(call.whole("axis", -1), rank);
        if (first == 0) {
            throw new Untranslatable("it normalizes across the rows of the batch");
        }
        return Call.list(Call.from(first, rank));
    }

    private static Tensor fitting(Call call, Tensor weights, List<Integer> axes) {
        long[] sizes = call.in(0).shape();
        Shape wanted = Shape.of(axes.stream().mapToLong(axis -> sizes[axis]).toArray());
        if (weights.length() != wanted.elements()) {
            throw new Untranslatable("its factors have the shape " + weights.shape() + " and not " + wanted);
        }
        return weights.reshaped(wanted);
    }

    private static Value layer(Call call) {
        List<Integer> axes = axesFrom(call);
        Optional<Tensor> bias = call.knownOr(2);
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("axis", axes);
        config.put(EPSILON, epsilon(call));
        config.put(CENTER, bias.isPresent());
        config.put(SCALE, true);
        List<Tensor> weights = new ArrayList<>(List.of(fitting(call, call.known(1), axes)));
        bias.ifPresent(given -> weights.add(fitting(call, given, axes)));
        return call.weighted("LayerNormalization", config, weights, call.in(0));
    }

    private static Value rootMeanSquare(Call call) {
        List<Integer> axes = axesFrom(call);
        return call.weighted(
                "RMSNormalization",
                Map.of("axis", axes, EPSILON, epsilon(call)),
                List.of(fitting(call, call.known(1), axes)),
                call.in(0));
    }

    private static Value length(Call call) {
        int rank = call.in(0).rank();
        int axis = Call.axis(call.whole("axis", -1), rank);
        Value norm = ReductionOperators.norm(call, call.in(0), call.integer("p", 2), true, axis);
        return call.operation("Divide", Map.of(), call.in(0), norm);
    }

    private static Value meanVariance(Call call) {
        int rank = call.in(0).rank();
        int[] axes = Call.axes(call.wholes("axes").orElse(new long[] {0, 2, 3}), rank);
        ReductionOperators.refuseRows(call, call.in(0), axes);
        Map<String, Object> config = Map.of("axis", Call.list(axes), "keepdims", true);
        Value mean = call.operation("Mean", config, call.in(0));
        Value rest = call.operation("Subtract", Map.of(), call.in(0), mean);
        Value deviation = call.operation("Std", config, call.in(0));
        Value more = call.operation("Add", Map.of(), deviation, Call.number(1e-9, DType.FLOAT32));
        return call.operation("Divide", Map.of(), rest, more);
    }

    /** Each channel over a power of the squares of those around it. */
    private static Value local(Call call) {
        Value data = call.in(0);
        int size = call.required("size");
        long channels = data.shape()[1];
        if (size < 1 || size > 64 || call.to().sizes().unknown(channels)) {
            throw new Untranslatable("it compares " + size + " channels");
        }
        int before = (size - 1) / 2;
        List<List<Integer>> pads = new ArrayList<>();
        for (int axis = 0; axis < data.rank(); axis++) {
            pads.add(axis == 1 ? List.of(before, size - 1 - before) : List.of(0, 0));
        }
        Value squares = call.operation("Square", Map.of(), data);
        Value padded = call.operation("Pad", Map.of("pad_width", pads), squares, Call.number(0, DType.FLOAT32));
        Value sum = Slicing.range(call, padded, 1, 0, channels);
        for (int i = 1; i < size; i++) {
            sum = call.operation("Add", Map.of(), sum, Slicing.range(call, padded, 1, i, i + channels));
        }
        Value scaled =
                call.operation("Multiply", Map.of(), sum, Call.number(call.real("alpha", 1e-4f) / size, DType.FLOAT32));
        Value shifted = call.operation("Add", Map.of(), scaled, Call.number(call.real("bias", 1), DType.FLOAT32));
        Value power = call.operation("Power", Map.of(), shifted, Call.number(call.real("beta", 0.75), DType.FLOAT32));
        return call.operation("Divide", Map.of(), data, power);
    }
}
