package org.netsplice.ops;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.stream.IntStream;
import org.nd4j.linalg.factory.Nd4j;

/** NumPy's broadcasting: axes are matched from the last, missing ones have size 1, and a size of 1 stretches. */
public final class Broadcasting {
    private Broadcasting() {}

    /** The sizes to which two arrays broadcast. */
    public static long[] sizes(long[] one, long[] two) {
        long[] sizes = new long[Math.max(one.length, two.length)];
        for (int back = 1; back <= sizes.length; back++) {
            long a = back <= one.length ? one[one.length - back] : 1;
            long b = back <= two.length ? two[two.length - back] : 1;
            Array.require(
                    a == b || a == 1 || b == 1,
                    Arrays.toString(one) + " and " + Arrays.toString(two) + " do not broadcast");
            sizes[sizes.length - back] = a == 1 ? b : a;
        }
        return sizes;
    }

    /** Broadcasts an array to sizes. */
    public static Array to(Array x, long... sizes) {
        if (Arrays.equals(x.sizes(), sizes)) {
            return x;
        }
        return Tape.note("broadcast", spread(x, sizes), Tape.share(x, g -> summed(g, x.sizes())));
    }

    private static Array spread(Array x, long... sizes) {
        long[] strides = strides(x.sizes(), sizes);
        int[] places = new int[Math.toIntExact(Arrays.stream(sizes).reduce(1, (a, b) -> a * b))];
        long[] place = new long[sizes.length];
        long from = 0;
        for (int i = 0; i < places.length; i++) {
            places[i] = Math.toIntExact(from);
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                from += strides[axis];
                if (++place[axis] < sizes[axis]) {
                    break;
                }
                from -= place[axis] * strides[axis];
                place[axis] = 0;
            }
        }
        return x.picked(places, sizes);
    }

    /** The gradient for an array of these sizes from that of what it was broadcast to: the sum over the stretched axes. */
    static Array summed(Array gradient, long... sizes) {
        int more = gradient.rank() - sizes.length;
        int[] stretched = IntStream.range(0, gradient.rank())
                .filter(axis -> gradient.size(axis) > 1 && (axis < more || sizes[axis - more] == 1))
                .toArray();
        return stretched.length == 0
                ? gradient.reshape(sizes)
                : Array.wrap(gradient.unwrap().sum(true, stretched)).reshape(sizes);
    }

    /** An array multiplied by a number and broadcast to sizes, in native code. */
    static Array filled(Array x, double factor, long... sizes) {
        return Arithmetic.multiply(
                x, Array.wrap(Nd4j.valueArrayOf(sizes, factor, x.unwrap().dataType())));
    }

    private static long[] strides(long[] from, long[] to) {
        Array.require(from.length <= to.length, Arrays.toString(from) + " to " + Arrays.toString(to));
        long[] strides = new long[to.length];
        long stride = 1;
        for (int back = 1; back <= from.length; back++) {
            long size = from[from.length - back];
            Array.require(size == 1 || size == to[to.length - back], "broadcast to " + Arrays.toString(to));
            strides[to.length - back] = size == 1 ? 0 : stride;
            stride *= size;
        }
        return strides;
    }

    /** A function of two numbers and its derivatives by the first and by the second. */
    public record Surface(DoubleBinaryOperator value, DoubleBinaryOperator first, DoubleBinaryOperator second) {}

    /** Applies a function with derivatives element by element, in double precision; whole numbers give float64. */
    public static Array map(Array one, Array two, Surface surface) {
        return Tape.note(
                "function of two numbers",
                mapped(one, two, surface.value()),
                Tape.share(one, g -> summed(Arithmetic.multiply(g, mapped(one, two, surface.first())), one.sizes())),
                Tape.share(two, g -> summed(Arithmetic.multiply(g, mapped(one, two, surface.second())), two.sizes())));
    }

    /** Applies a function of two numbers element by element, in double precision; whole numbers give float64. No gradient passes. */
    public static Array map(Array one, Array two, DoubleBinaryOperator function) {
        return Tape.obstacle("function of two numbers without a derivative", mapped(one, two, function), one, two);
    }

    private static Array mapped(Array one, Array two, DoubleBinaryOperator function) {
        long[] sizes = sizes(one.sizes(), two.sizes());
        if (one.form().with(two.form()) == Array.Form.FLOAT) {
            float[] a = to(one, sizes).values();
            float[] b = to(two, sizes).values();
            for (int i = 0; i < a.length; i++) {
                a[i] = (float) function.applyAsDouble(a[i], b[i]);
            }
            return Array.of(a, sizes);
        }
        double[] a = to(one, sizes).doubles();
        double[] b = to(two, sizes).doubles();
        for (int i = 0; i < a.length; i++) {
            a[i] = function.applyAsDouble(a[i], b[i]);
        }
        return Array.of(a, sizes);
    }

    /** Applies a function of two numbers element by element: {@code whole} where both are whole numbers, which stay whole. */
    public static Array map(Array one, Array two, DoubleBinaryOperator real, LongBinaryOperator whole) {
        if (one.form() != Array.Form.WHOLE || two.form() != Array.Form.WHOLE) {
            return map(one, two, real);
        }
        long[] sizes = sizes(one.sizes(), two.sizes());
        long[] a = to(one, sizes).wholes();
        long[] b = to(two, sizes).wholes();
        for (int i = 0; i < a.length; i++) {
            a[i] = whole.applyAsLong(a[i], b[i]);
        }
        return Tape.obstacle("function of whole numbers", Array.of(a, sizes), one, two);
    }
}
