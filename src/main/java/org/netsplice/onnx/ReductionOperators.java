package org.netsplice.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;

/** Sums and the like along axes. */
final class ReductionOperators {
    static final Map<String, Operator> ALL = all();

    private ReductionOperators() {}

    private static Map<String, Operator> all() {
        Map<String, Operator> all = new HashMap<>();
        Map.of("ReduceSum", "Sum", "ReduceMean", "Mean", "ReduceMax", "Max", "ReduceMin", "Min", "ReduceProd", "Prod")
                .forEach((name, operation) -> all.put(name, reduced(operation, call -> call.in(0), value -> value)));
        all.put("ReduceLogSumExp", reduced("Logsumexp", call -> call.in(0), value -> value));
        all.put("ReduceL1", Operator.one(call -> norm(call, 1)));
        all.put("ReduceL2", Operator.one(call -> norm(call, 2)));
        all.put("ReduceSumSquare", Operator.one(call -> {
            Value square = call.operation("Square", Map.of(), call.in(0));
            return reduce(call, "Sum", square);
        }));
        all.put("ReduceLogSum", Operator.one(call -> call.operation("Log", Map.of(), reduce(call, "Sum", call.in(0)))));
        all.put("ArgMax", Operator.one(call -> place(call, "Argmax")));
        all.put("ArgMin", Operator.one(call -> place(call, "Argmin")));
        all.put("CumSum", Operator.one(call -> running(call, "Cumsum", 0)));
        all.put("CumProd", Operator.one(call -> running(call, "Cumprod", 1)));
        all.put("Softmax", Operator.one(call -> softmax(call, "Softmax")));
        all.put("LogSoftmax", Operator.one(call -> softmax(call, "LogSoftmax")));
        all.put("Hardmax", Operator.one(ReductionOperators::hardmax));
        return all;
    }

    private interface Data {
        Value of(Call call);
    }

    private static Operator reduced(String operation, Data data, UnaryOperator<Value> after) {
        return Operator.one(call -> after.apply(reduce(call, operation, data.of(call))));
    }

    /** Refuses what mixes the rows of a batch: rows are computed a few at a time. */
    static void refuseRows(Call call, Value data, int... axes) {
        long[] sizes = data.shape();
        for (int axis : axes) {
            if (sizes[axis] % Sizes.BATCH == 0 && sizes[axis] > 0) {
                throw new Untranslatable("it computes across the rows of the batch");
            }
        }
    }

    private static int[] axes(Call call, Value data) {
        int rank = data.rank();
        long[] given = call.wholes("axes", 1).orElse(new long[0]);
        if (given.length > 0) {
            return Call.axes(given, rank);
        }
        return call.integer("noop_with_empty_axes", 0) != 0
                ? new int[0]
                : IntStream.range(0, rank).toArray();
    }

    private static Value reduce(Call call, String operation, Value data) {
        int[] axes = axes(call, data);
        if (axes.length == 0) {
            return operation.equals("Logsumexp")
                    ? call.operation("Log", Map.of(), call.operation("Exp", Map.of(), data))
                    : data;
        }
        return along(call, operation, data, call.integer("keepdims", 1) != 0, axes);
    }

    /** A reduction along some axes. */
    static Value along(Call call, String operation, Value data, boolean keep, int... axes) {
        refuseRows(call, data, axes);
        boolean known = data instanceof Value.Known;
        Value result = call.operation(operation, Map.of("axis", Call.list(axes), "keepdims", keep || known), data);
        if (known && !keep) {
            long[] sizes = data.shape();
            long[] left = IntStream.range(0, sizes.length)
                    .filter(axis -> Arrays.stream(axes).noneMatch(gone -> gone == axis))
                    .mapToLong(axis -> sizes[axis])
                    .toArray();
            return Call.value(((Value.Known) result).tensor().reshaped(Shape.of(left)));
        }
        return result;
    }

    private static Value norm(Call call, int power) {
        Value data = call.in(0);
        int[] axes = axes(call, data);
        if (axes.length == 0) {
            return data;
        }
        return norm(call, data, power, call.integer("keepdims", 1) != 0, axes);
    }

    /** The length of vectors along some axes: of order 1, 2, or higher. */
    static Value norm(Call call, Value data, int power, boolean keep, int... axes) {
        Value absolute = call.operation("Absolute", Map.of(), data);
        if (power == 1) {
            return along(call, "Sum", absolute, keep, axes);
        }
        if (power == 2) {
            return call.operation(
                    "Sqrt", Map.of(), along(call, "Sum", call.operation("Square", Map.of(), data), keep, axes));
        }
        Value raised = call.operation("Power", Map.of(), absolute, Call.number(power, DType.FLOAT32));
        return call.operation(
                "Power", Map.of(), along(call, "Sum", raised, keep, axes), Call.number(1.0 / power, DType.FLOAT32));
    }

    private static Value place(Call call, String operation) {
        Value data = call.in(0);
        int axis = Call.axis(call.whole("axis", 0), data.rank());
        refuseRows(call, data, axis);
        boolean keep = call.integer("keepdims", 1) != 0;
        boolean last = call.integer("select_last_index", 0) != 0;
        Value read = last ? call.operation("Flip", Map.of("axis", axis), data) : data;
        Value place = call.operation(operation, Map.of("axis", axis, "keepdims", keep), read);
        if (!last) {
            return place;
        }
        double most = data.shape()[axis] - 1.0;
        if (call.to().sizes().unknown(data.shape()[axis])) {
            throw new Untranslatable("it counts from the end of an axis whose size is not known");
        }
        return call.operation("Subtract", Map.of(), Call.number(most, DType.INT32), place);
    }

    private static Value running(Call call, String operation, double none) {
        Value data = call.in(0);
        int axis = Call.axis(call.known(1).wholeAt(0), data.rank());
        refuseRows(call, data, axis);
        boolean reverse = call.integer("reverse", 0) != 0;
        Map<String, Object> along = Map.of("axis", axis);
        Value read = reverse ? call.operation("Flip", along, data) : data;
        Value sums = call.operation(operation, along, read);
        if (call.integer("exclusive", 0) != 0) {
            List<List<Integer>> pads = new ArrayList<>(Collections.nCopies(data.rank(), List.of(0, 0)));
            pads.set(axis, List.of(1, 0));
            Value before = call.operation("Pad", Map.of("pad_width", pads), sums, Call.number(none, sums.dtype()));
            sums = Slicing.range(call, before, axis, 0, -1);
        }
        return reverse ? call.operation("Flip", along, sums) : sums;
    }

    /** Before version 13, all axes from the one named on count as one. */
    private static int[] softmaxAxes(Call call, Value data) {
        int rank = data.rank();
        boolean single = call.opset() >= 13;
        int axis = Call.axis(call.whole("axis", single ? -1 : 1), rank);
        int[] axes = single ? new int[] {axis} : Call.from(axis, rank);
        refuseRows(call, data, axes);
        return axes;
    }

    private static Value softmax(Call call, String name) {
        Value data = call.in(0);
        int[] axes = softmaxAxes(call, data);
        if (name.equals("Softmax")) {
            Object axis = axes.length == 1 ? (Object) axes[0] : Call.list(axes);
            return call.layer("Softmax", Map.of("axis", axis), data);
        }
        if (axes.length == 1) {
            return call.operation("LogSoftmax", Map.of("axis", axes[0]), data);
        }
        Value sum = along(call, "Logsumexp", data, true, axes);
        return call.operation("Subtract", Map.of(), data, sum);
    }

    private static Value hardmax(Call call) {
        Value data = call.in(0);
        int[] axes = softmaxAxes(call, data);
        if (axes.length != 1) {
            throw new Untranslatable("it compares along several axes at once");
        }
        long count = data.shape()[axes[0]];
        if (call.to().sizes().unknown(count)) {
            throw new Untranslatable("it compares along an axis whose size is not known");
        }
        Value place = call.operation("Argmax", Map.of("axis", axes[0], "keepdims", false), data);
        return call.operation(
                "OneHot", Map.of("num_classes", Call.integer(count), "axis", axes[0], "dtype", "float32"), place);
    }
}
