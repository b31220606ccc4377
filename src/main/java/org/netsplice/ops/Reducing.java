package org.netsplice.ops;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Many numbers to one. */
public final class Reducing {
    /** Makes one number of the numbers along the reduced axes, in row-major order. */
    @FunctionalInterface
    public interface Many {
        double of(float[] values);
    }

    /** The sum. */
    public static final Many SUM = values -> {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    };

    /** The mean. */
    public static final Many MEAN = values -> SUM.of(values) / values.length;

    /** The product. */
    public static final Many PRODUCT = values -> {
        double product = 1;
        for (float value : values) {
            product *= value;
        }
        return product;
    };

    /** The variance, divided by the number of values. */
    public static final Many VARIANCE = values -> {
        double mean = MEAN.of(values);
        double sum = 0;
        for (float value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum / values.length;
    };

    /** The largest value; not a number when any is not. */
    public static final Many MAXIMUM = values -> {
        float largest = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    };

    /** The smallest value; not a number when any is not. */
    public static final Many MINIMUM = values -> {
        float smallest = Float.POSITIVE_INFINITY;
        for (float value : values) {
            smallest = Math.min(smallest, value);
        }
        return smallest;
    };

    /** {@code log(sum(exp(x)))}, shifted so that nothing overflows. */
    public static final Many LOG_SUM_EXP = values -> {
        double largest = MAXIMUM.of(values);
        double sum = 0;
        for (float value : values) {
            sum += Math.exp(value - largest);
        }
        return largest + Math.log(sum);
    };

    /** The middle value, or the mean of the two in the middle. */
    public static final Many MEDIAN = values -> {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + (double) sorted[middle]) / 2;
    };

    /** Where the largest value stands first. */
    public static final Many FIRST_LARGEST = values -> {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    };

    /** Where the smallest value stands first. */
    public static final Many FIRST_SMALLEST = values -> {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] < values[best] ? i : best;
        }
        return best;
    };

    private Reducing() {}

    /** The values that are numbers. */
    public static float[] numbers(float[] values) {
        float[] kept = new float[values.length];
        int count = 0;
        for (float value : values) {
            if (!Float.isNaN(value)) {
                kept[count++] = value;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    /** One number for all numbers along axes, which disappear, or stay with size 1. The axes are distinct and ascending. */
    public static Array over(Array x, boolean keep, Many many, int... axes) {
        int[] order = IntStream.concat(
                        IntStream.range(0, x.rank()).filter(axis -> Arrays.binarySearch(axes, axis) < 0),
                        Arrays.stream(axes))
                .toArray();
        float[] values =
                x.length() == 0 ? new float[0] : Arranging.permute(x, order).values();
        int length = 1;
        for (int axis : axes) {
            length *= (int) x.size(axis);
        }
        float[] results =
                new float[(int) java.util.Arrays.stream(sizes(x, keep, axes)).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < results.length; i++) {
            results[i] = (float) many.of(Arrays.copyOfRange(values, i * length, (i + 1) * length));
        }
        long[] sizes = sizes(x, keep, axes);
        return Array.of(results, sizes.length == 0 ? new long[] {1} : sizes);
    }

    /** The mean over axes, which disappear, or stay with size 1. */
    public static Array mean(Array x, boolean keep, int... axes) {
        return shaped(x, x.unwrap().mean(axes), keep, axes);
    }

    /** The maximum over axes, which disappear, or stay with size 1. */
    public static Array maximum(Array x, boolean keep, int... axes) {
        return shaped(x, x.unwrap().max(axes), keep, axes);
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

    /** Every number combined with the result before it along an axis, as in a cumulative sum. */
    public static Array running(Array x, int axis, DoubleBinaryOperator combine) {
        return alongAxis(x, axis, line -> {
            for (int i = 1; i < line.length; i++) {
                line[i] = (float) combine.applyAsDouble(line[i - 1], line[i]);
            }
            return line;
        });
    }

    /** Numbers along an axis in ascending order, or the places they come from; equal ones keep their order. */
    public static Array sorted(Array x, int axis, boolean places) {
        return alongAxis(x, axis, line -> {
            Integer[] order = IntStream.range(0, line.length).boxed().toArray(Integer[]::new);
            Arrays.sort(order, Comparator.comparing(i -> line[i]));
            float[] sorted = new float[line.length];
            for (int i = 0; i < sorted.length; i++) {
                sorted[i] = places ? order[i] : line[order[i]];
            }
            return sorted;
        });
    }

    /** One number for each window {@code from[i]} (included) to {@code to[i]} (excluded) along an axis. */
    public static Array windows(Array x, int axis, Many many, int[] from, int[] to) {
        return alongAxis(x, axis, from.length, line -> {
            float[] results = new float[from.length];
            for (int i = 0; i < results.length; i++) {
                results[i] = (float) many.of(Arrays.copyOfRange(line, from[i], to[i]));
            }
            return results;
        });
    }

    private interface Line {
        float[] apply(float[] line);
    }

    private static Array alongAxis(Array x, int axis, Line function) {
        return alongAxis(x, axis, (int) x.size(axis), function);
    }

    /** Lines of {@code size} numbers made of those along an axis. */
    private static Array alongAxis(Array x, int axis, int size, Line function) {
        int[] swap = IntStream.range(0, x.rank()).toArray();
        swap[axis] = x.rank() - 1;
        swap[x.rank() - 1] = axis;
        Array moved = Arranging.permute(x, swap);
        float[] values = moved.values();
        int length = (int) x.size(axis);
        int lines = length == 0 ? 0 : values.length / length;
        float[] results = new float[Math.multiplyExact(lines, size)];
        for (int i = 0; i < lines; i++) {
            float[] line = function.apply(Arrays.copyOfRange(values, i * length, (i + 1) * length));
            System.arraycopy(line, 0, results, i * size, size);
        }
        long[] sizes = moved.sizes().clone();
        sizes[sizes.length - 1] = size;
        return Arranging.permute(Array.of(results, sizes), swap);
    }
}
