package org.netsplice.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/** Poolings, with the channels on axis 1. */
final class PoolingOperators {
    static final Map<String, Operator> ALL = Map.of(
            "MaxPool", PoolingOperators::maximum,
            "AveragePool", Operator.one(PoolingOperators::average),
            "LpPool", Operator.one(PoolingOperators::norm),
            "GlobalMaxPool", Operator.one(call -> global(call, "Max", call.in(0))),
            "GlobalAveragePool", Operator.one(call -> global(call, "Average", call.in(0))),
            "GlobalLpPool",
                    Operator.one(call -> {
                        int rank = call.in(0).rank();
                        return ReductionOperators.norm(
                                call, call.in(0), call.integer("p", 2), true, Call.from(2, rank));
                    }));

    private PoolingOperators() {}

    private static Value global(Call call, String name, Value data) {
        int rank = data.rank();
        if (rank < 3 || rank > 5) {
            String reduction = name.equals("Max") ? "Max" : "Mean";
            return call.operation(reduction, Map.of("axis", Call.list(Call.from(2, rank)), "keepdims", true), data);
        }
        return call.layer(
                "Global" + name + "Pooling" + (rank - 2) + "D",
                Map.of("data_format", Windows.FIRST, "keepdims", true),
                data);
    }

    private static Windows windows(Call call) {
        if (!call.has("kernel_shape")) {
            throw new Untranslatable("the setting kernel_shape is missing");
        }
        return Windows.of(call, call.sizes("kernel_shape", call.in(0).rank() - 2, 1));
    }

    private static int[] more(Call call, Windows windows) {
        int[] none = new int[windows.directions()];
        if (call.integer("ceil_mode", 0) == 0 || call.text("auto_pad", "NOTSET").startsWith("SAME")) {
            return none;
        }
        long[] sizes = call.in(0).shape();
        if (LongStream.of(sizes).skip(2).anyMatch(call.to().sizes()::unknown)) {
            throw new Untranslatable("it rounds a size up that is not known");
        }
        return windows.ceiling(sizes);
    }

    private static void plain(Windows windows) {
        if (Arrays.stream(windows.dilations()).anyMatch(step -> step != 1)) {
            throw new Untranslatable("pooling with dilations is not supported");
        }
    }

    private static boolean none(int... cells) {
        return Arrays.stream(cells).allMatch(count -> count == 0);
    }

    private static List<Value> maximum(Call call) {
        if (call.node().outputs().size() > 1 && !call.node().outputs().get(1).isEmpty()) {
            throw new Untranslatable("pooling that gives the places of its maxima is not supported");
        }
        Windows windows = windows(call);
        plain(windows);
        int[] more = more(call, windows);
        String kind = "MaxPooling" + windows.directions() + "D";
        boolean same = !windows.bare() && none(more) && windows.isSame(call);
        if (same || (windows.bare() && none(more))) {
            return List.of(call.layer(kind, windows.config("pool_size", same), call.in(0)));
        }
        Value padded = windows.filled(call, call.in(0), -Float.MAX_VALUE, more);
        return List.of(call.layer(kind, windows.config("pool_size", false), padded));
    }

    private static Value average(Call call) {
        Windows windows = windows(call);
        plain(windows);
        int[] more = more(call, windows);
        boolean counted = call.integer("count_include_pad", 0) != 0;
        return mean(call, call.in(0), windows, more, counted);
    }

    /** Means of windows; cells of the padding count where {@code counted}, those that only round the size up never. */
    private static Value mean(Call call, Value data, Windows windows, int[] more, boolean counted) {
        String kind = "AveragePooling" + windows.directions() + "D";
        boolean same = !windows.bare() && none(more) && !counted && windows.isSame(call);
        if (same || (windows.bare() && none(more))) {
            return call.layer(kind, windows.config("pool_size", same), data);
        }
        Value padded = none(more) ? windows.padded(call, data) : windows.filled(call, data, 0, more);
        Value mean = call.layer(kind, windows.config("pool_size", false), padded);
        if (counted && none(more)) {
            return mean;
        }
        return call.operation("Multiply", Map.of(), mean, Call.value(shares(call, windows, more, counted)));
    }

    /** For each window, all its cells over those that count. */
    private static Tensor shares(Call call, Windows windows, int[] more, boolean counted) {
        long[] sizes = call.in(0).shape();
        if (LongStream.of(sizes).skip(2).anyMatch(call.to().sizes()::unknown)) {
            throw new Untranslatable("the cells that its windows count depend on a size that is not known");
        }
        int directions = windows.directions();
        long[] shape = new long[directions + 2];
        Arrays.fill(shape, 1);
        Tensor all = Filling.of(1, DType.FLOAT32, shape);
        for (int i = 0; i < directions; i++) {
            int kernel = windows.kernel()[i];
            long padded = sizes[i + 2] + windows.begin()[i] + windows.end()[i];
            int count = (int) ((padded + more[i] - kernel) / windows.strides()[i] + 1);
            if (count < 0 || (long) count * all.length() > 1 << 24) {
                throw new Untranslatable("it has " + count + " windows in one direction");
            }
            float[] shares = new float[count];
            for (int at = 0; at < count; at++) {
                long from = (long) at * windows.strides()[i];
                long to = Math.min(from + kernel, padded);
                if (!counted) {
                    from = Math.max(from, windows.begin()[i]);
                    to = Math.min(to, windows.begin()[i] + sizes[i + 2]);
                }
                shares[at] = (float) kernel / Math.max(1, to - from);
            }
            all = outer(all, shares, i + 2);
        }
        return all;
    }

    /** A tensor whose axis {@code axis}, which has size 1, and all behind it are spread over these factors. */
    private static Tensor outer(Tensor tensor, float[] factors, int axis) {
        float[] values = new float[tensor.length() * factors.length];
        for (int i = 0; i < tensor.length(); i++) {
            for (int at = 0; at < factors.length; at++) {
                values[i * factors.length + at] = tensor.at(i) * factors[at];
            }
        }
        return Tensor.owning(DType.FLOAT32, tensor.shape().with(axis, factors.length), values);
    }

    private static Value norm(Call call) {
        Windows windows = windows(call);
        plain(windows);
        int[] more = more(call, windows);
        double power = call.integer("p", 2);
        UnaryOperator<Value> raised = value -> call.operation(
                "Power", Map.of(), call.operation("Absolute", Map.of(), value), Call.number(power, DType.FLOAT32));
        Value mean = mean(call, raised.apply(call.in(0)), windows, more, true);
        double cells = Shape.of(Arrays.stream(windows.kernel()).asLongStream().toArray())
                .elements();
        Value sum = call.operation("Multiply", Map.of(), mean, Call.number(cells, DType.FLOAT32));
        return call.operation("Power", Map.of(), sum, Call.number(1 / power, DType.FLOAT32));
    }
}
