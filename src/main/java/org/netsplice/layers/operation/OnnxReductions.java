package org.netsplice.layers.operation;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.layers.kind.OnnxActivations;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;

/** {@link ReductionOperations} in ONNX. */
final class OnnxReductions {
    private OnnxReductions() {}

    private interface Over {
        OnnxValue of(OnnxBuilder onnx, OnnxValue x, boolean keep, int... axes);
    }

    private interface Along {
        OnnxValue of(OnnxBuilder onnx, OnnxValue x, int axis);
    }

    static void into(Map<String, OnnxForm> all) {
        Map.of(
                        "Sum",
                        "ReduceSum",
                        "Prod",
                        "ReduceProd",
                        "Max",
                        "ReduceMax",
                        "Amax",
                        "ReduceMax",
                        "Min",
                        "ReduceMin",
                        "Amin",
                        "ReduceMin")
                .forEach((name, node) ->
                        reduction(all, name, (onnx, x, keep, axes) -> onnx.reduce(node, x, keep, axes)));
        moments(all);
        counts(all);
        along(all);
    }

    private static void reduction(Map<String, OnnxForm> all, String name, Over over) {
        all.put(name, (onnx, given, results) -> {
            if (given.with().number("initial").isPresent()) {
                throw new OnnxBuilder.Missing("has no form in ONNX with an initial number");
            }
            OnnxValue x = given.first();
            int[] axes = ReductionOperations.axes(given.with(), x.rank());
            return List.of(axes.length == 0 ? x : over.of(onnx, x, given.with().flag("keepdims", false), axes));
        });
    }

    private static OnnxValue variance(OnnxBuilder onnx, OnnxValue given, boolean keep, int... axes) {
        OnnxValue x = onnx.real(given);
        OnnxValue centered = onnx.subtract(x, onnx.reduce("ReduceMean", x, true, axes));
        return onnx.reduce("ReduceMean", onnx.multiply(centered, centered), keep, axes);
    }

    private static void moments(Map<String, OnnxForm> all) {
        reduction(all, "Mean", (onnx, x, keep, axes) -> onnx.reduce("ReduceMean", onnx.real(x), keep, axes));
        reduction(all, "Var", OnnxReductions::variance);
        reduction(all, "Std", (onnx, x, keep, axes) -> onnx.each("Sqrt", variance(onnx, x, keep, axes)));
        reduction(all, "Logsumexp", (onnx, x, keep, axes) -> onnx.reduce("ReduceLogSumExp", onnx.real(x), keep, axes));
        reduction(
                all,
                "Ptp",
                (onnx, x, keep, axes) -> onnx.subtract(
                        onnx.reduce("ReduceMax", x, keep, axes), onnx.reduce("ReduceMin", x, keep, axes)));
        all.put("Moments", (onnx, given, results) -> {
            OnnxValue x = onnx.real(given.first());
            boolean keep = given.with().flag("keepdims", false);
            int[] axes = given.with().integers("axes").orElseThrow().stream()
                    .mapToInt(axis -> ReductionOperations.counted(axis, x.rank()))
                    .toArray();
            return List.of(onnx.reduce("ReduceMean", x, keep, axes), variance(onnx, x, keep, axes));
        });
        reduction(all, "Nansum", (onnx, x, keep, axes) -> onnx.reduce("ReduceSum", numbers(onnx, x), keep, axes));
        reduction(
                all,
                "Nanmean",
                (onnx, x, keep, axes) -> onnx.divide(
                        onnx.reduce("ReduceSum", numbers(onnx, x), keep, axes),
                        onnx.reduce(
                                "ReduceSum",
                                onnx.cast(onnx.logical("Not", OnnxElementwise.nan(onnx, x)), DType.FLOAT32),
                                keep,
                                axes)));
        all.put("Normalize", (onnx, given, results) -> {
            OnnxValue x = onnx.real(given.first());
            if (given.with().integer("order", 2) != 2) {
                throw new OnnxBuilder.Missing("has no form in ONNX with an order other than 2");
            }
            int[] axes = ReductionOperations.axes(given.with(), x.rank());
            OnnxValue length = onnx.each("Sqrt", onnx.reduce("ReduceSum", onnx.multiply(x, x), true, axes));
            double least = given.with().number("epsilon", ProductOperations.EPSILON);
            return List.of(onnx.divide(x, onnx.each("Max", length, onnx.number(least, x.type()))));
        });
    }

    /** Numbers, with 0 for what is not a number. */
    private static OnnxValue numbers(OnnxBuilder onnx, OnnxValue x) {
        return onnx.where(OnnxElementwise.nan(onnx, x), onnx.number(0, x.type()), x);
    }

    private static void counts(Map<String, OnnxForm> all) {
        reduction(all, "Any", (onnx, x, keep, axes) -> onnx.reduce("ReduceMax", ones(onnx, x), keep, axes));
        reduction(all, "All", (onnx, x, keep, axes) -> onnx.reduce("ReduceMin", ones(onnx, x), keep, axes));
        reduction(all, "CountNonzero", (onnx, x, keep, axes) -> onnx.reduce("ReduceSum", ones(onnx, x), keep, axes));
        reduction(all, "Argmax", (onnx, x, keep, axes) -> place(onnx, "ArgMax", x, keep, axes));
        reduction(all, "Argmin", (onnx, x, keep, axes) -> place(onnx, "ArgMin", x, keep, axes));
    }

    private static OnnxValue ones(OnnxBuilder onnx, OnnxValue x) {
        return onnx.cast(onnx.cast(x, DType.BOOL), DType.INT64);
    }

    private static OnnxValue place(OnnxBuilder onnx, String type, OnnxValue x, boolean keep, int... axes) {
        if (axes.length != 1) {
            throw new OnnxBuilder.Missing("has no form in ONNX along several axes together");
        }
        OnnxValue found =
                onnx.node(type, Map.of("axis", axes[0]), DType.INT64, x.shape().with(axes[0], 1), onnx.real(x));
        return keep ? found : onnx.remove(found, axes[0]);
    }

    private static void along(Map<String, OnnxForm> all, String name, Along along) {
        all.put(name, (onnx, given, results) -> {
            OnnxValue present = given.first();
            List<Integer> axes = given.with().integers("axis").orElse(List.of(-1));
            for (int axis : axes) {
                present = along.of(onnx, present, ReductionOperations.counted(axis, present.rank()));
            }
            return List.of(present);
        });
    }

    private static void along(Map<String, OnnxForm> all) {
        along(all, "Softmax", (onnx, x, axis) -> onnx.along("Softmax", onnx.real(x), axis));
        along(all, "LogSoftmax", (onnx, x, axis) -> onnx.along("LogSoftmax", onnx.real(x), axis));
        along(all, "Sparsemax", (onnx, x, axis) -> last(onnx, "sparsemax", x, axis));
        along(all, "Glu", (onnx, x, axis) -> last(onnx, "glu", x, axis));
        along(all, "Flip", OnnxBuilder::reverse);
        along(
                all,
                "Cumsum",
                (onnx, x, axis) ->
                        onnx.node("CumSum", Map.of(), x.type(), x.shape(), x, onnx.number(axis, DType.INT64)));
        along(all, "Sort", (onnx, x, axis) -> sorted(onnx, x, axis, 0));
        along(all, "Argsort", (onnx, x, axis) -> sorted(onnx, x, axis, 1));
    }

    private static OnnxValue last(OnnxBuilder onnx, String function, OnnxValue x, int axis) {
        int[] swap = IntStream.range(0, x.rank()).toArray();
        swap[axis] = x.rank() - 1;
        swap[x.rank() - 1] = axis;
        return onnx.transpose(OnnxActivations.apply(onnx, function, onnx.transpose(x, swap)), swap);
    }

    private static OnnxValue sorted(OnnxBuilder onnx, OnnxValue x, int axis, int wanted) {
        List<Shape> shapes = List.of(x.shape(), x.shape());
        OnnxValue found = onnx.nodes(
                        "TopK", Map.of("axis", axis, "largest", 0), x.type(), shapes, x, onnx.size(x, axis))
                .get(wanted);
        return wanted == 0 ? found : OnnxValue.named(onnx.name(found), DType.INT64, x.shape());
    }
}
