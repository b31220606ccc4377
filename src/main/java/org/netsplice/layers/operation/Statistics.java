package org.netsplice.layers.operation;

import java.util.Arrays;
import java.util.List;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Parameters;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;
import org.netsplice.ops.Curve;
import org.netsplice.ops.Reducing;
import org.netsplice.ops.Tape;

/** Reductions with arguments of their own: quantiles, norms, weighted means. */
final class Statistics {
    private static final List<Parameter> ONE = Parameter.values("x");
    private static final Kind.Example ALONG = new Kind.Example("axis=1", "(None, 3, 2)");

    static final List<Operation.Definition> ALL = List.of(
            quantile("Quantile", 1, false),
            quantile("Percentile", 100, false),
            quantile("Nanquantile", 1, true),
            quantile("Nanpercentile", 100, true),
            average(),
            moments(),
            norm(),
            trapezoid(),
            trace());

    private Statistics() {}

    private static Operation.Definition quantile(String name, double whole, boolean numbers) {
        return new Operation.Definition(
                name,
                "The value below which a part of the numbers lies.",
                Parameter.values("x", "q"),
                new Kind.Example("axis=1, call={\"x\": {\"input\": 0}, \"q\": 0.3}", "(None, 3, 2)"),
                given -> {
                    if (given.second().shape().rank() > 0) {
                        throw new Layer.Misfit(
                                "computes several quantiles, which stand before the rows", "Take one at a time.");
                    }
                    Shape shape = given.first().shape();
                    int[] axes = ReductionOperations.axes(given.with(), shape.rank());
                    return Shapes.floats(
                            Shapes.reduced(shape, axes, given.with().flag("keepdims", false)));
                },
                given -> {
                    int[] axes =
                            ReductionOperations.axes(given.with(), given.first().rank());
                    double part = given.second().doubles()[0] / whole;
                    // In a graph, Keras 3.15 does not hand the method of Quantile on.
                    String method =
                            name.equals("Quantile") ? "linear" : given.with().text("method", "linear");
                    Reducing.Many quantile = method.equals("linear")
                            ? Reducing.quantile(part)
                            : values -> quantile(values, part, method);
                    return List.of(Reducing.over(
                            given.first(),
                            given.with().flag("keepdims", false),
                            numbers ? quantile.ofNumbers() : quantile,
                            axes));
                });
    }

    private static double quantile(double[] values, double part, String method) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        if (sorted.length == 0 || Double.isNaN(sorted[sorted.length - 1])) {
            return Reducing.quantile(sorted, part);
        }
        double at = (sorted.length - 1) * part;
        double below = sorted[(int) Math.floor(at)];
        double above = sorted[(int) Math.ceil(at)];
        return switch (method) {
            case "lower" -> below;
            case "higher" -> above;
            case "nearest" -> sorted[(int) Math.rint(at)];
            case "midpoint" -> (below + above) / 2;
            default -> throw new Layer.Misfit("knows no method " + method, "");
        };
    }

    private static Operation.Definition average() {
        return new Operation.Definition(
                "Average",
                "The mean along an axis, perhaps with weights.",
                Parameter.values("x", "weights"),
                ALONG,
                given -> {
                    Shape shape = given.first().shape();
                    return Shapes.floats(
                            Shapes.reduced(shape, ReductionOperations.axes(given.with(), shape.rank()), false));
                },
                given -> {
                    Array x = given.first();
                    int[] axes = ReductionOperations.axes(given.with(), x.rank());
                    if (given.maybe(1).isEmpty()) {
                        return List.of(Reducing.over(x, false, Reducing.MEAN, axes));
                    }
                    Array weights = given.second();
                    if (weights.rank() == 1 && axes.length == 1) {
                        long[] sizes = new long[x.rank()];
                        Arrays.fill(sizes, 1);
                        sizes[axes[0]] = weights.length();
                        weights = weights.reshape(sizes);
                    }
                    Array zeros = Tape.aside(() -> x.map(v -> 0));
                    Array sum = Reducing.over(Arithmetic.multiply(x, weights), false, Reducing.SUM, axes);
                    return List.of(Arithmetic.divide(
                            sum, Reducing.over(Arithmetic.add(zeros, weights), false, Reducing.SUM, axes)));
                });
    }

    private static Operation.Definition moments() {
        return new Operation.Definition(
                "Moments",
                "Mean and variance along axes.",
                ONE,
                new Kind.Example("axes=[1]", "(None, 3, 2)"),
                given -> {
                    Shape shape = given.first().shape();
                    Shape reduced = Shapes.reduced(
                            shape,
                            axes(given.with(), shape.rank()),
                            given.with().flag("keepdims", false));
                    return List.of(TensorSpec.of(reduced), TensorSpec.of(reduced));
                },
                given -> {
                    int[] axes = axes(given.with(), given.first().rank());
                    boolean keep = given.with().flag("keepdims", false);
                    return List.of(
                            Reducing.over(given.first(), keep, Reducing.MEAN, axes),
                            Reducing.over(given.first(), keep, Reducing.VARIANCE, axes));
                },
                with -> 2);
    }

    private static int[] axes(Parameters with, int rank) {
        return with.integers("axes").orElseThrow(() -> new Layer.Misfit("needs axes", "")).stream()
                .mapToInt(axis -> ReductionOperations.counted(axis, rank))
                .sorted()
                .toArray();
    }

    /** A norm of vectors; for matrices, only the Frobenius norm. */
    private static Reducing.Many length(Parameters with, int axes) {
        String frobenius = with.values()
                .find("ord")
                .filter(json -> json.isText())
                .map(json -> json.text())
                .filter(text -> !text.endsWith("Infinity"))
                .orElse("");
        boolean named = with.values().find("ord").isPresent();
        if (frobenius.equals("fro") || !named) {
            return length(2);
        }
        if (axes != 1 || !frobenius.isEmpty()) {
            throw new Layer.Misfit("knows the Frobenius norm of matrices only", "Set ord to \"fro\".");
        }
        double order = with.number("ord", 2);
        if (Double.isInfinite(order)) {
            Reducing.Many extreme = order > 0 ? Reducing.MAXIMUM : Reducing.MINIMUM;
            return ((Reducing.Many) values -> extreme.of(absolute(values))).with(values -> {
                double[] slopes = extreme.slopes().orElseThrow().apply(absolute(values));
                for (int i = 0; i < slopes.length; i++) {
                    slopes[i] *= Math.signum(values[i]);
                }
                return slopes;
            });
        }
        return order == 0
                ? values -> {
                    int count = 0;
                    for (double value : values) {
                        count += value != 0 ? 1 : 0;
                    }
                    return count;
                }
                : length(order);
    }

    /** {@link #power} as a reduction with derivatives. */
    static Reducing.Many length(double order) {
        return ((Reducing.Many) values -> power(values, order)).with(values -> {
            double length = power(values, order);
            return Arrays.stream(values)
                    .map(v -> length == 0
                            ? 0
                            : Math.signum(v) * Math.pow(Math.abs(v), order - 1) / Math.pow(length, order - 1))
                    .toArray();
        });
    }

    /** The sum of the {@code order}-th powers, and the root of it. */
    static double power(double[] values, double order) {
        double sum = 0;
        for (double value : values) {
            sum += Math.pow(Math.abs(value), order);
        }
        return Math.pow(sum, 1 / order);
    }

    private static double[] absolute(double[] values) {
        double[] all = new double[values.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = Math.abs(values[i]);
        }
        return all;
    }

    private static Operation.Definition norm() {
        return new Operation.Definition(
                "Norm",
                "The length of vectors.",
                ONE,
                ALONG,
                given -> {
                    Shape shape = given.first().shape();
                    int[] axes = ReductionOperations.axes(given.with(), shape.rank());
                    length(given.with(), axes.length);
                    return Shapes.floats(
                            Shapes.reduced(shape, axes, given.with().flag("keepdims", false)));
                },
                given -> {
                    int[] axes =
                            ReductionOperations.axes(given.with(), given.first().rank());
                    return List.of(Reducing.over(
                            given.first(),
                            given.with().flag("keepdims", false),
                            length(given.with(), axes.length),
                            axes));
                });
    }

    private static Operation.Definition trapezoid() {
        return new Operation.Definition(
                "Trapezoid",
                "The area below numbers at equal distances along an axis.",
                Parameter.values("y"),
                ALONG,
                given -> {
                    if (given.with().values().find("x").isPresent()) {
                        throw new Layer.Misfit("knows equal distances only", "Give dx instead of x.");
                    }
                    Shape shape = given.first().shape();
                    return Shapes.floats(Shapes.without(shape, along(given.with(), shape.rank())));
                },
                given -> {
                    Array y = given.first();
                    double distance = given.with().number("dx", 1);
                    Reducing.Many area = ((Reducing.Many) values -> distance
                                    * (Reducing.SUM.of(values) - (values[0] + values[values.length - 1]) / 2.0))
                            .with(values -> {
                                double[] slopes = new double[values.length];
                                Arrays.fill(slopes, distance);
                                slopes[0] -= distance / 2;
                                slopes[slopes.length - 1] -= distance / 2;
                                return slopes;
                            });
                    return List.of(Reducing.over(y, false, area, along(given.with(), y.rank())));
                });
    }

    private static int along(Parameters with, int rank) {
        return ReductionOperations.counted(with.integer("axis").orElse(-1), rank);
    }

    private static Operation.Definition trace() {
        return new Operation.Definition(
                "Trace",
                "The sum of a diagonal.",
                ONE,
                new Kind.Example("axis1=1, axis2=2", "(None, 3, 3)"),
                given -> List.of(given.first()
                        .with(ShapeOperations.withoutDiagonal(given.first().shape(), given.with()))),
                given -> {
                    Array diagonal = PlaceOperations.diagonal(given.first(), given.with());
                    return List.of(Reducing.over(diagonal, false, Reducing.SUM, diagonal.rank() - 1));
                });
    }

    /** Vectors along axes divided by their lengths, which are taken to be {@code least} or more. */
    static Array scaledToOne(Array x, double order, double least, int... axes) {
        Array lengths = Reducing.over(x, true, length(order), axes);
        return Arithmetic.divide(
                x, lengths.map(new Curve(length -> Math.max(length, least), length -> length > least ? 1 : 0)));
    }
}
