package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.netsplice.graph.DType;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.ops.Activations;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Reducing;

/** Operations that make one number of many, along axes that disappear or stay with size 1; and those that run along one axis. */
final class ReductionOperations {
    private static final Kind.Example EXAMPLE = new Kind.Example("axis=1, keepdims=true", "(None, 3, 2)");
    private static final Kind.Example ALONG = new Kind.Example("axis=1", "(None, 3, 2)");
    private static final List<String> ONE = List.of("x");

    static final List<Operation.Definition> ALL = all();

    private ReductionOperations() {}

    private static List<Operation.Definition> all() {
        List<Operation.Definition> all = new ArrayList<>();
        all.add(reduction("Mean", DType.FLOAT32, Reducing.MEAN));
        all.add(reduction("Sum", null, Reducing.SUM));
        all.add(reduction("Prod", null, Reducing.PRODUCT));
        all.add(reduction("Max", null, Reducing.MAXIMUM));
        all.add(reduction("Amax", null, Reducing.MAXIMUM));
        all.add(reduction("Min", null, Reducing.MINIMUM));
        all.add(reduction("Amin", null, Reducing.MINIMUM));
        all.add(reduction("Std", DType.FLOAT32, values -> Math.sqrt(Reducing.VARIANCE.of(values))));
        all.add(reduction("Var", DType.FLOAT32, Reducing.VARIANCE));
        all.add(reduction(
                "Any", DType.BOOL, values -> IntStream.range(0, values.length).anyMatch(i -> values[i] != 0) ? 1 : 0));
        all.add(reduction(
                "All", DType.BOOL, values -> IntStream.range(0, values.length).allMatch(i -> values[i] != 0) ? 1 : 0));
        all.add(reduction(
                "CountNonzero",
                DType.INT32,
                values -> IntStream.range(0, values.length)
                        .filter(i -> values[i] != 0)
                        .count()));
        all.add(reduction("Logsumexp", DType.FLOAT32, Reducing.LOG_SUM_EXP));
        all.add(reduction("Median", DType.FLOAT32, Reducing.MEDIAN));
        all.add(reduction("Argmax", DType.INT32, Reducing.FIRST_LARGEST));
        all.add(reduction("Argmin", DType.INT32, Reducing.FIRST_SMALLEST));
        all.add(reduction("Ptp", null, values -> Reducing.MAXIMUM.of(values) - Reducing.MINIMUM.of(values)));
        ignoringNan(all);
        all.addAll(Statistics.ALL);
        all.add(along("Softmax", DType.FLOAT32, (x, axis) -> Activations.softmax(x, axis)));
        all.add(along(
                "LogSoftmax",
                DType.FLOAT32,
                (x, axis) -> Activations.softmax(x, axis).map(Math::log)));
        all.add(along("Sparsemax", DType.FLOAT32, onLast(x -> Activations.apply("sparsemax", x))));
        all.add(glu());
        all.add(along("Cumsum", null, (x, axis) -> Reducing.running(x, axis, Double::sum)));
        all.add(along("Cumprod", null, (x, axis) -> Reducing.running(x, axis, (a, b) -> a * b)));
        all.add(along("Sort", null, (x, axis) -> Reducing.sorted(x, axis, false)));
        all.add(along("Argsort", DType.INT32, (x, axis) -> Reducing.sorted(x, axis, true)));
        all.add(along("Flip", null, Arranging::reversed));
        return all;
    }

    /** The same of the values that are numbers; of none, what NumPy gives. */
    private static void ignoringNan(List<Operation.Definition> all) {
        all.add(reduction("Nansum", null, values -> Reducing.SUM.of(Reducing.numbers(values))));
        all.add(reduction("Nanprod", null, values -> Reducing.PRODUCT.of(Reducing.numbers(values))));
        all.add(reduction("Nanmean", DType.FLOAT32, values -> Reducing.MEAN.of(Reducing.numbers(values))));
        all.add(reduction(
                "Nanstd", DType.FLOAT32, values -> Math.sqrt(Reducing.VARIANCE.of(Reducing.numbers(values)))));
        all.add(reduction("Nanvar", DType.FLOAT32, values -> Reducing.VARIANCE.of(Reducing.numbers(values))));
        all.add(reduction("Nanmax", null, values -> Reducing.MAXIMUM.of(Reducing.numbers(values))));
        all.add(reduction("Nanmin", null, values -> Reducing.MINIMUM.of(Reducing.numbers(values))));
        all.add(reduction("Nanmedian", DType.FLOAT32, values -> Reducing.MEDIAN.of(Reducing.numbers(values))));
        all.add(reduction(
                "Nanargmax",
                DType.INT32,
                values -> Reducing.FIRST_LARGEST.of(filled(values, Float.NEGATIVE_INFINITY))));
        all.add(reduction(
                "Nanargmin",
                DType.INT32,
                values -> Reducing.FIRST_SMALLEST.of(filled(values, Float.POSITIVE_INFINITY))));
        all.add(along(
                "Nancumsum",
                null,
                (x, axis) -> Reducing.running(x.map(v -> Double.isNaN(v) ? 0 : v), axis, Double::sum)));
        all.add(along(
                "Nancumprod",
                null,
                (x, axis) -> Reducing.running(x.map(v -> Double.isNaN(v) ? 1 : v), axis, (a, b) -> a * b)));
    }

    private static float[] filled(float[] values, float instead) {
        float[] all = values.clone();
        for (int i = 0; i < all.length; i++) {
            all[i] = Float.isNaN(all[i]) ? instead : all[i];
        }
        return all;
    }

    private interface Along {
        Array apply(Array x, int axis);
    }

    private static Operation.Definition glu() {
        return new Operation.Definition(
                "Glu",
                "The first half along an axis times the sigmoid of the second.",
                ONE,
                new Kind.Example("axis=1", "(None, 4, 2)"),
                given -> {
                    Shape shape = given.first().shape();
                    int axis = counted(given.with().integer("axis", -1), shape.rank());
                    long size = Shapes.known(shape, axis);
                    if (size % 2 != 0) {
                        throw new Layer.Misfit("needs an even size of axis " + axis + ", received " + shape, "");
                    }
                    return List.of(given.first().with(shape.with(axis, size / 2)));
                },
                given -> List.of(onLast(x -> Activations.apply("glu", x))
                        .apply(
                                given.first(),
                                counted(
                                        given.with().integer("axis", -1),
                                        given.first().rank()))));
    }

    private static Along onLast(Function<Array, Array> function) {
        return (x, axis) -> {
            int[] swap = IntStream.range(0, x.rank()).toArray();
            swap[axis] = x.rank() - 1;
            swap[x.rank() - 1] = axis;
            return Arranging.permute(function.apply(Arranging.permute(x, swap)), swap);
        };
    }

    static Operation.Definition reduction(String name, DType dtype, Reducing.Many many) {
        return new Operation.Definition(
                name,
                "Computes " + SnakeCase.of(name) + " along axes.",
                ONE,
                EXAMPLE,
                given -> {
                    Shape shape = given.first().shape();
                    int[] axes = axes(given.with(), shape.rank());
                    Shape reduced = Shapes.reduced(shape, axes, given.with().flag("keepdims", false));
                    return List.of(new TensorSpec(
                            reduced, dtype == null ? given.first().dtype() : dtype));
                },
                given -> {
                    int[] axes = axes(given.with(), given.first().rank());
                    Array reduced = Reducing.over(given.first(), given.with().flag("keepdims", false), many, axes);
                    return List.of(given.with()
                            .number("initial")
                            .map(initial -> reduced.map(v -> many.of(new float[] {(float) v, initial.floatValue()})))
                            .orElse(reduced));
                });
    }

    /** The axes that are named, counted from 0; all when none are. */
    static int[] axes(Parameters with, int rank) {
        Optional<List<Integer>> named = with.integers("axis");
        return named.isEmpty()
                ? IntStream.range(0, rank).toArray()
                : named.get().stream()
                        .mapToInt(axis -> counted(axis, rank))
                        .distinct()
                        .sorted()
                        .toArray();
    }

    static int counted(int axis, int rank) {
        int counted = axis < 0 ? axis + rank : axis;
        if (counted < 0 || counted >= rank) {
            throw new Layer.Misfit("has no axis " + axis + " in an input of rank " + rank, "");
        }
        return counted;
    }

    private static Operation.Definition along(String name, DType dtype, Along along) {
        return new Operation.Definition(
                name,
                "Computes " + SnakeCase.of(name) + " along an axis.",
                ONE,
                ALONG,
                given -> {
                    counted(
                            given.with().integer("axis", -1),
                            given.first().shape().rank());
                    return List.of(new TensorSpec(
                            given.first().shape(), dtype == null ? given.first().dtype() : dtype));
                },
                given -> {
                    Array x = given.first();
                    if (given.with()
                            .integers("axis")
                            .filter(axes -> axes.size() > 1)
                            .isPresent()) {
                        Array present = x;
                        for (int axis : axes(given.with(), x.rank())) {
                            present = along.apply(present, axis);
                        }
                        return List.of(present);
                    }
                    return List.of(
                            along.apply(x, counted(given.with().integer("axis").orElse(-1), x.rank())));
                });
    }
}
