package org.netsplice.ops;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Reductions of many numbers to one, and operations along an axis. */
public final class Reducing {
    /** Makes one number of the numbers along the reduced axes, in row-major order. */
    @FunctionalInterface
    public interface Many {
        /** The result for the values of one line, in row-major order of the reduced axes. */
        double of(double[] values);

        /** The derivatives of the result by each value; empty where it has none. */
        default Optional<UnaryOperator<double[]>> slopes() {
            return Optional.empty();
        }

        /** The same with derivatives. */
        default Many with(UnaryOperator<double[]> slopes) {
            Many plain = this;
            return new Many() {
                @Override
                public double of(double[] values) {
                    return plain.of(values);
                }

                @Override
                public Optional<UnaryOperator<double[]>> slopes() {
                    return Optional.of(slopes);
                }
            };
        }

        /** The same of the values that are not NaN. */
        default Many ofNumbers() {
            Many few = values -> of(numbers(values));
            return slopes().map(own -> few.with(values -> {
                        double[] slopes = own.apply(numbers(values));
                        double[] all = new double[values.length];
                        int at = 0;
                        for (int i = 0; i < all.length; i++) {
                            all[i] = Double.isNaN(values[i]) ? 0 : slopes[at++];
                        }
                        return all;
                    }))
                    .orElse(few);
        }
    }

    /** The sum. */
    public static final Many SUM = ((Many) values -> {
                double sum = 0;
                for (double value : values) {
                    sum += value;
                }
                return sum;
            })
            .with(Slopes::sum);

    /** The mean. */
    public static final Many MEAN = ((Many) values -> SUM.of(values) / values.length).with(Slopes::mean);

    /** The product. */
    public static final Many PRODUCT = ((Many) values -> {
                double product = 1;
                for (double value : values) {
                    product *= value;
                }
                return product;
            })
            .with(Slopes::product);

    /** The variance, divided by the number of values. */
    public static final Many VARIANCE = ((Many) values -> {
                double mean = MEAN.of(values);
                double sum = 0;
                for (double value : values) {
                    sum += (value - mean) * (value - mean);
                }
                return sum / values.length;
            })
            .with(Slopes::variance);

    /** The square root of {@link #VARIANCE}. */
    public static final Many DEVIATION = ((Many) values -> Math.sqrt(VARIANCE.of(values))).with(Slopes::deviation);

    /** The largest value; NaN when any value is NaN. */
    public static final Many MAXIMUM = ((Many) values -> {
                double largest = Double.NEGATIVE_INFINITY;
                for (double value : values) {
                    largest = Math.max(largest, value);
                }
                return largest;
            })
            .with(Slopes::maximum);

    /** The smallest value; NaN when any value is NaN. */
    public static final Many MINIMUM = ((Many) values -> {
                double smallest = Double.POSITIVE_INFINITY;
                for (double value : values) {
                    smallest = Math.min(smallest, value);
                }
                return smallest;
            })
            .with(Slopes::minimum);

    /** The largest less the smallest value. */
    public static final Many RANGE = ((Many) values -> MAXIMUM.of(values) - MINIMUM.of(values)).with(Slopes::range);

    /** {@code log(sum(exp(x)))}, shifted so that nothing overflows. */
    public static final Many LOG_SUM_EXP = ((Many) values -> {
                double largest = MAXIMUM.of(values);
                double sum = 0;
                for (double value : values) {
                    sum += Math.exp(value - largest);
                }
                return largest + Math.log(sum);
            })
            .with(Slopes::logSumExp);

    /** The middle value, or the mean of the two in the middle, as {@link #quantile} gives it. */
    public static final Many MEDIAN = quantile(0.5);

    /** The index of the first largest value. */
    public static final Many FIRST_LARGEST = values -> {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    };

    /** The index of the first smallest value. */
    public static final Many FIRST_SMALLEST = values -> {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] < values[best] ? i : best;
        }
        return best;
    };

    private Reducing() {}

    /**
     * The quantile, interpolated linearly between its neighbours; NaN when any value is NaN, or when there is none. Both
     * neighbours always enter the sum, as in Keras' TensorFlow backend, so that an infinite one with weight 0 gives NaN too.
     *
     * @param part from 0 to 1
     */
    public static double quantile(double[] values, double part) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        if (sorted.length == 0 || Double.isNaN(sorted[sorted.length - 1])) {
            return Double.NaN;
        }
        double at = (sorted.length - 1) * part;
        int below = Math.max((int) Math.ceil(at) - 1, 0);
        int above = Math.min(below + 1, sorted.length - 1);
        double weight = above - at;
        return sorted[above] * (1 - weight) + sorted[below] * weight;
    }

    /** {@link #quantile(double[], double)} as a reduction. */
    public static Many quantile(double part) {
        return ((Many) values -> quantile(values, part)).with(values -> Slopes.quantile(values, part));
    }

    /** The values that are not NaN. */
    public static double[] numbers(double[] values) {
        return Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    }

    /** Makes one whole number of the whole numbers along the reduced axes, exactly. */
    @FunctionalInterface
    public interface ManyWhole {
        /** The result for the values of one line, in row-major order of the reduced axes. */
        long of(long[] values);
    }

    /** Reduces axes, which disappear or stay with size 1. The axes are distinct and ascending. */
    public static Array over(Array x, boolean keep, Many many, int... axes) {
        Array result = computed(x, keep, many, axes);
        return many.slopes()
                .map(slopes -> Tape.note("reduction", result, Tape.share(x, g -> spread(x, g, slopes, axes))))
                .orElseGet(() -> Tape.obstacle("reduction without a derivative", result, x));
    }

    /** The gradient of what was reduced: that of each result times the derivatives. */
    private static Array spread(Array x, Array gradient, UnaryOperator<double[]> slopes, int... axes) {
        int[] order = lineOrder(x, axes);
        Array lines = Arranging.permute(x, order);
        double[] values = lines.doubles();
        double[] factors = gradient.doubles();
        int length = lineLength(x, axes);
        for (int i = 0; i < factors.length; i++) {
            double[] own = slopes.apply(Arrays.copyOfRange(values, i * length, (i + 1) * length));
            for (int k = 0; k < length; k++) {
                values[i * length + k] = own[k] * factors[i];
            }
        }
        return Arranging.permute(Array.like(x, values, lines.sizes()), Arranging.inverse(order));
    }

    private static Array computed(Array x, boolean keep, Many many, int... axes) {
        double[] values = x.length() == 0 ? new double[0] : lines(x, axes).doubles();
        int length = lineLength(x, axes);
        double[] results = new double[count(x, axes)];
        for (int i = 0; i < results.length; i++) {
            results[i] = many.of(Arrays.copyOfRange(values, i * length, (i + 1) * length));
        }
        return reduced(x, Array.of(results, results.length), keep, axes);
    }

    /** Like {@link #over(Array, boolean, Many, int...)}, with {@code whole} for whole numbers, which it keeps so. */
    public static Array over(Array x, boolean keep, Many many, ManyWhole whole, int... axes) {
        if (x.form() != Array.Form.WHOLE || x.length() == 0) {
            return over(x, keep, many, axes);
        }
        long[] values = lines(x, axes).wholes();
        int length = lineLength(x, axes);
        long[] results = new long[count(x, axes)];
        for (int i = 0; i < results.length; i++) {
            results[i] = whole.of(Arrays.copyOfRange(values, i * length, (i + 1) * length));
        }
        return reduced(x, Array.of(results, results.length), keep, axes);
    }

    /** The reduced axes moved to the end. */
    private static Array lines(Array x, int... axes) {
        return Arranging.permute(x, lineOrder(x, axes));
    }

    private static int[] lineOrder(Array x, int... axes) {
        return IntStream.concat(
                        IntStream.range(0, x.rank()).filter(axis -> Arrays.binarySearch(axes, axis) < 0),
                        Arrays.stream(axes))
                .toArray();
    }

    private static int lineLength(Array x, int... axes) {
        int length = 1;
        for (int axis : axes) {
            length *= (int) x.size(axis);
        }
        return length;
    }

    /** The number of results. */
    private static int count(Array x, int... axes) {
        return (int) Arrays.stream(sizes(x, false, axes)).reduce(1, (a, b) -> a * b);
    }

    private static Array reduced(Array x, Array results, boolean keep, int... axes) {
        long[] sizes = sizes(x, keep, axes);
        return results.as(x.form() == Array.Form.FLOAT ? Array.Form.FLOAT : results.form())
                .reshape(sizes.length == 0 ? new long[] {1} : sizes);
    }

    /** The mean over axes, which disappear or stay with size 1. */
    public static Array mean(Array x, boolean keep, int... axes) {
        double share = 1.0 / lineLength(x, axes);
        return Tape.note(
                "mean",
                shaped(x, x.real().unwrap().mean(axes), keep, axes),
                Tape.share(x, g -> Broadcasting.filled(g.reshape(sizes(x, true, axes)), share, x.sizes())));
    }

    /** The sum of fractional numbers over axes, which disappear or stay with size 1. */
    public static Array sum(Array x, boolean keep, int... axes) {
        return Tape.note(
                "sum",
                shaped(x, x.real().unwrap().sum(axes), keep, axes),
                Tape.share(x, g -> Broadcasting.filled(g.reshape(sizes(x, true, axes)), 1, x.sizes())));
    }

    /** The maximum over axes, which disappear or stay with size 1; NaN where any value is NaN, which native code overlooks. */
    public static Array maximum(Array x, boolean keep, int... axes) {
        if (Double.isNaN(x.unwrap().sumNumber().doubleValue())) {
            return over(x, keep, MAXIMUM, axes);
        }
        return Tape.note(
                "maximum",
                shaped(x, x.unwrap().max(axes), keep, axes),
                Tape.share(x, g -> spread(x, g, Slopes::maximum, axes)));
    }

    private static Array shaped(Array x, INDArray reduced, boolean keep, int... axes) {
        return Array.wrap(reduced).reshape(sizes(x, keep, axes));
    }

    private static long[] sizes(Array x, boolean keep, int... axes) {
        return IntStream.range(0, x.rank())
                .filter(axis -> keep || Arrays.stream(axes).noneMatch(one -> one == axis))
                .mapToLong(axis -> Arrays.stream(axes).anyMatch(one -> one == axis) ? 1 : x.size(axis))
                .toArray();
    }

    /** Sorts along an axis in ascending order; the sort is stable. */
    public static Array sorted(Array x, int axis) {
        int[] swap = swap(x, axis);
        Array moved = Arranging.permute(x, swap);
        return Arranging.permute(moved.picked(order(moved), moved.sizes()), swap);
    }

    /** The indices that sort an axis; the sort is stable. */
    public static Array sortedPlaces(Array x, int axis) {
        int[] swap = swap(x, axis);
        Array moved = Arranging.permute(x, swap);
        int length = (int) x.size(axis);
        long[] places =
                Arrays.stream(order(moved)).mapToLong(place -> place % length).toArray();
        return Tape.obstacle("places of sorted numbers", Arranging.permute(Array.of(places, moved.sizes()), swap), x);
    }

    /** The place of every number of the last axis when each line is sorted. */
    private static int[] order(Array x) {
        int length = (int) x.size(-1);
        boolean whole = x.form() == Array.Form.WHOLE;
        long[] wholes = whole ? x.wholes() : new long[0];
        double[] reals = whole ? new double[0] : x.doubles();
        Integer[] order =
                IntStream.range(0, Math.toIntExact(x.length())).boxed().toArray(Integer[]::new);
        Comparator<Integer> rising =
                whole ? Comparator.comparingLong(at -> wholes[at]) : Comparator.comparingDouble(at -> reals[at]);
        for (int at = 0; at < order.length; at += length) {
            Arrays.sort(order, at, at + length, rising);
        }
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    /** The order of axes that exchanges one with the last. */
    static int[] swap(Array x, int axis) {
        int[] swap = IntStream.range(0, x.rank()).toArray();
        swap[axis] = x.rank() - 1;
        swap[x.rank() - 1] = axis;
        return swap;
    }
}
