package org.netsplice.layers.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.netsplice.graph.DType;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ElementTypes;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Parameters;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.layers.kind.SnakeCase;
import org.netsplice.ops.Activations;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Broadcasting;
import org.netsplice.ops.Curve;
import org.netsplice.ops.Reducing;
import org.netsplice.ops.Running;
import org.netsplice.ops.Tape;

/** Reductions along axes, which disappear or stay with size 1, and operations that run along one axis. */
public final class ReductionOperations {
    private static final Kind.Example EXAMPLE = new Kind.Example("axis=1, keepdims=true", "(None, 3, 2)");
    private static final Kind.Example ALONG = new Kind.Example("axis=1", "(None, 3, 2)");
    private static final List<Parameter> ONE = Parameter.values("x");

    static final List<Operation.Definition> ALL = all();

    private ReductionOperations() {}

    private static List<Operation.Definition> all() {
        List<Operation.Definition> all = new ArrayList<>();
        all.add(reduction("Mean", DType.FLOAT32, Reducing.MEAN));
        all.add(whole("Sum", Reducing.SUM, Long::sum));
        all.add(whole("Prod", Reducing.PRODUCT, (a, b) -> a * b));
        all.add(whole("Max", Reducing.MAXIMUM, Math::max));
        all.add(whole("Amax", Reducing.MAXIMUM, Math::max));
        all.add(whole("Min", Reducing.MINIMUM, Math::min));
        all.add(whole("Amin", Reducing.MINIMUM, Math::min));
        all.add(reduction("Std", DType.FLOAT32, Reducing.DEVIATION));
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
        all.add(reduction("Ptp", null, Reducing.RANGE));
        ignoringNan(all);
        all.addAll(Statistics.ALL);
        all.add(along("Softmax", DType.FLOAT32, (x, axis) -> Activations.softmax(x, axis)));
        all.add(along("LogSoftmax", DType.FLOAT32, onLast(x -> Activations.apply("log_softmax", x))));
        all.add(along("Sparsemax", DType.FLOAT32, onLast(x -> Activations.apply("sparsemax", x))));
        all.add(glu());
        all.add(along("Cumsum", null, Running::sum));
        all.add(along("Cumprod", null, Running::product));
        all.add(along("Sort", null, Reducing::sorted));
        all.add(along("Argsort", DType.INT32, Reducing::sortedPlaces));
        all.add(along("Flip", null, Arranging::reversed));
        return all;
    }

    /** The same, ignoring NaN; where all values are NaN, the result of the TensorFlow backend. */
    private static void ignoringNan(List<Operation.Definition> all) {
        all.add(reduction("Nansum", null, Reducing.SUM.ofNumbers()));
        all.add(reduction("Nanprod", null, Reducing.PRODUCT.ofNumbers()));
        all.add(reduction("Nanmean", DType.FLOAT32, Reducing.MEAN.ofNumbers()));
        all.add(reduction("Nanstd", DType.FLOAT32, Reducing.DEVIATION.ofNumbers()));
        all.add(reduction("Nanvar", DType.FLOAT32, Reducing.VARIANCE.ofNumbers()));
        all.add(reduction("Nanmax", null, numbersOr(Double.NaN, Reducing.MAXIMUM)));
        all.add(reduction("Nanmin", null, numbersOr(Double.NaN, Reducing.MINIMUM)));
        all.add(reduction(
                "Nanmedian",
                ElementTypes::real,
                (x, keep, axes) ->
                        axes.length == 0 ? x : Reducing.over(x, keep, numbersOr(Double.NaN, Reducing.MEDIAN), axes)));
        all.add(reduction(
                "Nanargmax",
                DType.INT32,
                values -> numbersOr(-1, some -> Reducing.FIRST_LARGEST.of(filled(values, Double.NEGATIVE_INFINITY)))
                        .of(values)));
        all.add(reduction(
                "Nanargmin",
                DType.INT32,
                values -> numbersOr(-1, some -> Reducing.FIRST_SMALLEST.of(filled(values, Double.POSITIVE_INFINITY)))
                        .of(values)));
        all.add(along("Nancumsum", null, (x, axis) -> Running.sum(replaced(x, 0), axis)));
        all.add(along("Nancumprod", null, (x, axis) -> Running.product(replaced(x, 1), axis)));
    }

    /** Another number in place of NaN. */
    private static Array replaced(Array x, double instead) {
        return x.form() == Array.Form.WHOLE
                ? x
                : x.map(new Curve(v -> Double.isNaN(v) ? instead : v, v -> Double.isNaN(v) ? 0 : 1));
    }

    /** A reduction that ignores NaN; {@code none} where all values are NaN. */
    private static Reducing.Many numbersOr(double none, Reducing.Many many) {
        Reducing.Many some = values -> {
            double[] numbers = Reducing.numbers(values);
            return numbers.length == 0 ? none : many.of(numbers);
        };
        return many.ofNumbers().slopes().map(some::with).orElse(some);
    }

    private static double[] filled(double[] values, double instead) {
        double[] all = values.clone();
        for (int i = 0; i < all.length; i++) {
            all[i] = Double.isNaN(all[i]) ? instead : all[i];
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
        return reduction(
                name,
                own -> dtype == null ? own : dtype == DType.FLOAT32 ? ElementTypes.real(own) : dtype,
                (x, keep, axes) -> named(name, many, x, Reducing.over(x, keep, many, axes)));
    }

    /** Tells an open tape the name of a reduction that has no gradient. */
    private static Array named(String name, Reducing.Many many, Array x, Array result) {
        return many.slopes().isPresent() ? result : Tape.obstacle(SnakeCase.of(name), result, x);
    }

    /** Keeps whole numbers whole; small ones are added and multiplied as 32 bits. */
    private static Operation.Definition whole(String name, Reducing.Many many, LongBinaryOperator pair) {
        boolean grows = name.equals("Sum") || name.equals("Prod");
        return reduction(
                name,
                own -> !grows || own.floating() || own.bytes() > 2
                        ? own
                        : own == DType.UINT8 || own == DType.UINT16 ? DType.UINT32 : DType.INT32,
                (x, keep, axes) -> Reducing.over(
                        x,
                        keep,
                        many,
                        values -> Arrays.stream(values).reduce(pair).orElseThrow(),
                        axes));
    }

    private interface Over {
        Array apply(Array x, boolean keep, int... axes);
    }

    private static Operation.Definition reduction(String name, UnaryOperator<DType> dtype, Over over) {
        return new Operation.Definition(
                name,
                "Computes " + SnakeCase.of(name) + " along axes.",
                ONE,
                EXAMPLE,
                given -> {
                    Shape shape = given.first().shape();
                    int[] axes = axes(given.with(), shape.rank());
                    Shape reduced = Shapes.reduced(shape, axes, given.with().flag("keepdims", false));
                    return List.of(
                            new TensorSpec(reduced, dtype.apply(given.first().dtype())));
                },
                given -> {
                    int[] axes = axes(given.with(), given.first().rank());
                    boolean keep = given.with().flag("keepdims", false);
                    Array reduced = over.apply(given.first(), keep, axes);
                    return List.of(given.with()
                            .number("initial")
                            .map(initial -> started(over, reduced, initial))
                            .orElse(reduced));
                });
    }

    /** Results combined with one more number. */
    private static Array started(Over over, Array reduced, double initial) {
        Array one = Array.of(new double[] {initial}, 1).as(reduced.form());
        Array all = Broadcasting.to(one, reduced.sizes());
        Array column = reduced.reshape(reduced.length(), 1);
        return over.apply(Arranging.concatenate(List.of(column, all.reshape(all.length(), 1)), 1), false, 1)
                .reshape(reduced.sizes());
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

    public static int counted(int axis, int rank) {
        int counted = axis < 0 ? axis + rank : axis;
        if (counted < 0 || counted >= rank) {
            throw new Layer.Misfit("has no axis " + axis + " in an input of rank " + rank, "");
        }
        return counted;
    }

    private static DType along(String name, DType dtype, DType own) {
        if (dtype == null) {
            return own == DType.BOOL && name.startsWith("Cum") ? DType.INT32 : own;
        }
        return dtype == DType.FLOAT32 ? ElementTypes.real(own) : dtype;
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
                            given.first().shape(),
                            along(name, dtype, given.first().dtype())));
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
