package org.netsplice.ops;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Rearranges the numbers of arrays. */
public final class Arranging {
    private Arranging() {}

    /** Permutes axes: axis {@code i} of the result is axis {@code order[i]} of {@code x}. */
    public static Array permute(Array x, int... order) {
        boolean same = true;
        for (int i = 0; i < order.length; i++) {
            same &= order[i] == i;
        }
        if (x.length() == 0) {
            return Array.zeros(Arrays.stream(order).mapToLong(x::size).toArray());
        }
        return same
                ? x
                : Tape.note(
                        "permute",
                        Array.wrap(x.unwrap().permute(order).dup('c')),
                        Tape.share(x, g -> permute(g, inverse(order))));
    }

    /** The order that undoes a permutation. */
    static int[] inverse(int... order) {
        int[] inverse = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
        }
        return inverse;
    }

    /** Moves axis 1 to the end: channels first to channels last. */
    public static Array channelsLast(Array x) {
        int[] order = new int[x.rank()];
        for (int i = 1; i < order.length - 1; i++) {
            order[i] = i + 1;
        }
        order[order.length - 1] = 1;
        return permute(x, order);
    }

    /** Moves the last axis to axis 1: channels last to channels first. */
    public static Array channelsFirst(Array x) {
        int[] order = new int[x.rank()];
        for (int i = 2; i < order.length; i++) {
            order[i] = i - 1;
        }
        order[1] = order.length - 1;
        return permute(x, order);
    }

    /** Concatenates along an axis, counted from 0; the other sizes must be equal. */
    public static Array concatenate(List<Array> arrays, int axis) {
        for (Array array : arrays) {
            for (int i = 0; i < array.rank(); i++) {
                if (i != axis && array.size(i) != arrays.get(0).size(i)) {
                    throw new IllegalArgumentException("concatenate: " + array + " at " + axis);
                }
            }
        }
        if (arrays.stream().anyMatch(array -> array.length() == 0)) {
            List<Array> full =
                    arrays.stream().filter(array -> array.length() > 0).toList();
            return full.isEmpty() ? empty(arrays, axis) : concatenate(full, axis);
        }
        Array.Form form = Array.form(arrays);
        INDArray[] parts =
                arrays.stream().map(array -> array.as(form).contiguous()).toArray(INDArray[]::new);
        Array whole = Array.wrap(parts.length == 1 ? parts[0] : Nd4j.concat(axis, parts));
        Tape.Share[] shares = new Tape.Share[parts.length];
        long start = 0;
        for (int i = 0; i < parts.length; i++) {
            long from = start;
            long to = from + arrays.get(i).size(axis);
            shares[i] = Tape.share(arrays.get(i), g -> part(g, axis, from, to));
            start = to;
        }
        return Tape.note("concatenate", whole, shares);
    }

    private static Array empty(List<Array> arrays, int axis) {
        long[] sizes = arrays.get(0).sizes().clone();
        sizes[axis] = arrays.stream().mapToLong(array -> array.size(axis)).sum();
        return Array.zeros(sizes);
    }

    /** Pads axis {@code i} with {@code before[i]} and {@code after[i]} cells of a value; neither may be negative. */
    public static Array pad(Array x, long[] before, long[] after, double value) {
        long[] sizes = x.sizes().clone();
        INDArrayIndex[] inner = new INDArrayIndex[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            Array.require(before[i] >= 0 && after[i] >= 0, "pad: negative padding");
            inner[i] = NDArrayIndex.interval(before[i], before[i] + sizes[i]);
            sizes[i] += before[i] + after[i];
        }
        INDArray out = Nd4j.valueArrayOf(sizes, value, x.unwrap().dataType());
        if (x.length() > 0) {
            out.put(inner, x.unwrap());
        }
        return Tape.note("pad", Array.wrap(out), Tape.share(x, g -> {
            long[] end = before.clone();
            for (int i = 0; i < end.length; i++) {
                end[i] += x.size(i);
            }
            return slice(g, before, end);
        }));
    }

    /** Repeats every cell along an axis. */
    public static Array repeat(Array x, int axis, int times) {
        long outer = Arrays.stream(x.sizes()).limit(axis + 1L).reduce(1, (a, b) -> a * b);
        long[] sizes = x.sizes().clone();
        sizes[axis] *= times;
        if (x.length() == 0 || times == 0) {
            return Array.zeros(sizes);
        }
        Array rows = x.reshape(outer, 1, x.length() / outer);
        INDArray out = Array.empty(x.form(), outer, times, x.length() / outer);
        long inner = x.length() / outer;
        Array repeated = Array.wrap(out.assign(rows.unwrap().broadcast(outer, times, inner)));
        return Tape.note(
                        "repeat",
                        repeated,
                        Tape.share(rows, g -> Reducing.sum(g.reshape(outer, times, inner), true, 1)))
                .reshape(sizes);
    }

    /** The cells from {@code from} (included) to {@code to} (excluded) of one axis. */
    public static Array part(Array x, int axis, long from, long to) {
        long[] start = new long[x.rank()];
        long[] end = x.sizes().clone();
        start[axis] = from;
        end[axis] = to;
        return from == 0 && to == x.size(axis) ? x : slice(x, start, end);
    }

    /** Inserts {@code step − 1} zeros between the cells of an axis. */
    public static Array spread(Array x, int axis, int step) {
        if (step == 1) {
            return x;
        }
        long outer = 1;
        for (int i = 0; i <= axis; i++) {
            outer *= x.size(i);
        }
        Array rows = x.reshape(outer, 1, x.length() / outer);
        long[] sizes = x.sizes().clone();
        sizes[axis] *= step;
        Array wide = pad(rows, new long[3], new long[] {0, step - 1, 0}, 0).reshape(sizes);
        return part(wide, axis, 0, (x.size(axis) - 1) * step + 1);
    }

    /** Reverses an axis. */
    public static Array reversed(Array x, int axis) {
        int[] order = new int[Math.toIntExact(x.size(axis))];
        for (int i = 0; i < order.length; i++) {
            order[i] = order.length - 1 - i;
        }
        return take(x, axis, order);
    }

    /** Takes the cells at these indices of an axis, in this order; indices may repeat. */
    public static Array take(Array x, int axis, int... places) {
        int inner = 1;
        for (int i = axis + 1; i < x.rank(); i++) {
            inner *= (int) x.size(i);
        }
        int size = (int) x.size(axis);
        int outer = size == 0 ? 0 : Math.toIntExact(x.length()) / inner / size;
        int[] from = new int[outer * places.length * inner];
        int at = 0;
        for (int row = 0; row < outer; row++) {
            for (int place : places) {
                Array.require(place >= 0 && place < size, "take: outside of " + x);
                for (int cell = 0; cell < inner; cell++) {
                    from[at++] = (row * size + place) * inner + cell;
                }
            }
        }
        long[] sizes = x.sizes().clone();
        sizes[axis] = places.length;
        return x.picked(from, sizes);
    }

    /** Where the number of a cell comes from: an index in row-major order, or a negative one for 0. */
    @FunctionalInterface
    public interface Source {
        /** The index for a cell of the result; the array is reused. */
        int of(int... cell);
    }

    /** An array of these sizes whose cells come from {@code x}. */
    public static Array picked(Array x, Source source, long... sizes) {
        int[] places = new int[Math.toIntExact(Arrays.stream(sizes).reduce(1, (a, b) -> a * b))];
        int[] cell = new int[sizes.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = source.of(cell);
            for (int axis = sizes.length - 1; axis >= 0 && ++cell[axis] == sizes[axis]; axis--) {
                cell[axis] = 0;
            }
        }
        return x.picked(places, sizes);
    }

    /** Zeros of these sizes, to which every number of {@code x} is added at its place in row-major order; none where that is negative. */
    public static Array summed(Array x, int[] places, long... sizes) {
        double[] from = x.doubles();
        double[] sums = new double[Math.toIntExact(Arrays.stream(sizes).reduce(1, (a, b) -> a * b))];
        for (int i = 0; i < places.length; i++) {
            if (places[i] >= 0) {
                sums[places[i]] += from[i];
            }
        }
        Array all =
                sums.length == 0 ? Array.zeros(sizes) : Array.of(sums, sizes).as(x.form());
        return Tape.note("sums at places", all, Tape.share(x, g -> g.picked(places, x.sizes())));
    }

    /** The index of a cell in row-major order. */
    public static int place(long[] sizes, int... cell) {
        int place = 0;
        for (int axis = 0; axis < sizes.length; axis++) {
            place = place * (int) sizes[axis] + cell[axis];
        }
        return place;
    }

    /** The cells from {@code from[i]} (included) to {@code to[i]} (excluded) of every axis. */
    public static Array slice(Array x, long[] from, long[] to) {
        INDArrayIndex[] inner = new INDArrayIndex[x.rank()];
        for (int i = 0; i < inner.length; i++) {
            Array.require(from[i] >= 0 && from[i] <= to[i] && to[i] <= x.size(i), "slice: outside of " + x);
            inner[i] = NDArrayIndex.interval(from[i], to[i]);
        }
        long[] sizes = new long[x.rank()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = to[i] - from[i];
        }
        if (Arrays.stream(sizes).anyMatch(size -> size == 0)) {
            return Array.zeros(sizes);
        }
        Array cut = Array.wrap(x.unwrap().get(inner).dup('c')).reshape(sizes);
        return Tape.note("slice", cut, Tape.share(x, g -> {
            long[] after = x.sizes().clone();
            for (int i = 0; i < after.length; i++) {
                after[i] -= to[i];
            }
            return pad(g, from, after, 0);
        }));
    }
}
