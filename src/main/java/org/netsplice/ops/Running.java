package org.netsplice.ops;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.UnaryOperator;

/** Sums, products and windows that run along an axis. */
public final class Running {
    private Running() {}

    /** The sums of every number and all before it along an axis. */
    public static Array sum(Array x, int axis) {
        return Tape.note(
                "running sum",
                running(x, axis, Double::sum, Long::sum),
                Tape.share(
                        x,
                        g -> Arranging.reversed(
                                running(Arranging.reversed(g, axis), axis, Double::sum, Long::sum), axis)));
    }

    /** The products of every number and all before it along an axis. */
    public static Array product(Array x, int axis) {
        Array products = running(x, axis, (a, b) -> a * b, (a, b) -> a * b);
        int[] swap = Reducing.swap(x, axis);
        return Tape.note("running product", products, Tape.share(x, g -> {
            Array moved = Arranging.permute(x, swap);
            Array back = productBack(moved, Arranging.permute(g, swap));
            return Arranging.permute(back, swap);
        }));
    }

    /** The gradient of running products along the last axis: for each number the products without it, from its own on. */
    private static Array productBack(Array x, Array gradient) {
        double[] values = x.doubles();
        double[] factors = gradient.doubles();
        double[] sums = new double[values.length];
        int length = (int) x.size(-1);
        double before = 1;
        for (int i = 0; i < values.length; i++) {
            before = i % length == 0 ? 1 : before;
            double others = before;
            int end = (i / length + 1) * length;
            for (int k = i; k < end; k++) {
                others *= k == i ? 1 : values[k];
                sums[i] += factors[k] * others;
            }
            before *= values[i];
        }
        return Array.like(x, sums, x.sizes());
    }

    /** Combines every number with the result before it along an axis; whole numbers by {@code whole}. */
    private static Array running(Array x, int axis, DoubleBinaryOperator real, LongBinaryOperator whole) {
        int[] swap = Reducing.swap(x, axis);
        Array moved = Arranging.permute(x, swap);
        int length = (int) x.size(axis);
        if (x.form() == Array.Form.WHOLE) {
            long[] values = moved.wholes();
            for (int i = 0; i < values.length; i++) {
                values[i] = i % length == 0 ? values[i] : whole.applyAsLong(values[i - 1], values[i]);
            }
            return Arranging.permute(Array.of(values, moved.sizes()), swap);
        }
        boolean narrow = x.form() == Array.Form.FLOAT;
        double[] values = moved.doubles();
        for (int i = 0; i < values.length; i++) {
            double combined = i % length == 0 ? values[i] : real.applyAsDouble(values[i - 1], values[i]);
            values[i] = narrow ? (float) combined : combined;
        }
        return Arranging.permute(Array.of(values, moved.sizes()).as(x.form()), swap);
    }

    /** One number for each window {@code from[i]} (included) to {@code to[i]} (excluded) along an axis. */
    public static Array windows(Array x, int axis, Reducing.Many many, int[] from, int[] to) {
        int[] swap = Reducing.swap(x, axis);
        Array moved = Arranging.permute(x, swap);
        double[] values = moved.doubles();
        int length = (int) x.size(axis);
        int lines = length == 0 ? 0 : values.length / length;
        double[] results = new double[Math.multiplyExact(lines, from.length)];
        for (int i = 0; i < results.length; i++) {
            int start = i / from.length * length;
            results[i] =
                    many.of(Arrays.copyOfRange(values, start + from[i % from.length], start + to[i % from.length]));
        }
        long[] sizes = moved.sizes().clone();
        sizes[sizes.length - 1] = from.length;
        Array reduced = Array.like(x, results, sizes);
        Optional<UnaryOperator<double[]>> slopes = many.slopes();
        Array noted = slopes.isPresent()
                ? Tape.note("windows", reduced, Tape.share(moved, g -> windowsBack(moved, g, slopes.get(), from, to)))
                : Tape.obstacle("windows without a derivative", reduced, moved);
        return Arranging.permute(noted, swap);
    }

    /** The gradient of what {@link #windows} reduced along the last axis. */
    private static Array windowsBack(Array x, Array gradient, UnaryOperator<double[]> slopes, int[] from, int[] to) {
        double[] values = x.doubles();
        double[] sums = new double[values.length];
        double[] factors = gradient.doubles();
        int length = (int) x.size(-1);
        for (int i = 0; i < factors.length; i++) {
            int start = i / from.length * length + from[i % from.length];
            int end = i / from.length * length + to[i % from.length];
            double[] own = slopes.apply(Arrays.copyOfRange(values, start, end));
            for (int k = start; k < end; k++) {
                sums[k] += own[k - start] * factors[i];
            }
        }
        return Array.like(x, sums, x.sizes());
    }
}
