package org.netsplice.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.netsplice.ops.Array;

/**
 * Several arrays as one, because a vertex of DL4J has one output: their number, then for each its form, rank and sizes, then all numbers.
 * When all are float32 so is the whole, and sizes are written as two numbers below 1,048,576, which float32 holds exactly; else everything
 * is a whole number, and one with a fraction stands as the bits of its float64.
 */
final class Packed {
    private static final int BASE = 1 << 20;
    private static final List<Array.Form> FORMS = List.of(Array.Form.WHOLE, Array.Form.FLOAT, Array.Form.DOUBLE);

    private Packed() {}

    static Array pack(List<Array> arrays) {
        List<Long> head = new ArrayList<>();
        head.add((long) arrays.size());
        for (Array array : arrays) {
            head.add((long) FORMS.indexOf(array.form()));
            head.add((long) array.rank());
            for (long size : array.sizes()) {
                head.add(size / BASE);
                head.add(size % BASE);
            }
        }
        boolean narrow = arrays.stream().allMatch(array -> array.form() == Array.Form.FLOAT);
        return narrow ? floats(head, arrays) : wholes(head, arrays);
    }

    private static int total(List<Long> head, List<Array> arrays) {
        return Math.toIntExact(
                head.size() + arrays.stream().mapToLong(Array::length).sum());
    }

    private static Array floats(List<Long> head, List<Array> arrays) {
        float[] all = new float[total(head, arrays)];
        int at = 0;
        for (long number : head) {
            all[at++] = number;
        }
        for (Array array : arrays) {
            float[] values = array.values();
            System.arraycopy(values, 0, all, at, values.length);
            at += values.length;
        }
        return Array.of(all, 1, all.length);
    }

    private static Array wholes(List<Long> head, List<Array> arrays) {
        long[] all = new long[total(head, arrays)];
        int at = 0;
        for (long number : head) {
            all[at++] = number;
        }
        for (Array array : arrays) {
            long[] values = array.form() == Array.Form.WHOLE
                    ? array.wholes()
                    : Arrays.stream(array.doubles())
                            .mapToLong(Double::doubleToRawLongBits)
                            .toArray();
            System.arraycopy(values, 0, all, at, values.length);
            at += values.length;
        }
        return Array.of(all, 1, all.length);
    }

    static Array pick(Array packed, int index) {
        boolean narrow = packed.form() == Array.Form.FLOAT;
        float[] floats = narrow ? packed.values() : new float[0];
        long[] wholes = narrow ? new long[0] : packed.wholes();
        java.util.function.IntToLongFunction head = place -> narrow ? (long) floats[place] : wholes[place];
        int count = (int) head.applyAsLong(0);
        long[][] sizes = new long[count][];
        Array.Form[] forms = new Array.Form[count];
        int at = 1;
        for (int i = 0; i < count; i++) {
            forms[i] = FORMS.get((int) head.applyAsLong(at++));
            sizes[i] = new long[(int) head.applyAsLong(at++)];
            for (int axis = 0; axis < sizes[i].length; axis++) {
                long high = head.applyAsLong(at++);
                long low = head.applyAsLong(at++);
                sizes[i][axis] = high * BASE + low;
            }
        }
        for (int i = 0; i < index; i++) {
            at += length(sizes[i]);
        }
        int end = at + length(sizes[index]);
        if (narrow) {
            return Array.of(Arrays.copyOfRange(floats, at, end), sizes[index]);
        }
        long[] own = Arrays.copyOfRange(wholes, at, end);
        return forms[index] == Array.Form.WHOLE
                ? Array.of(own, sizes[index])
                : Array.of(
                                Arrays.stream(own)
                                        .mapToDouble(Double::longBitsToDouble)
                                        .toArray(),
                                sizes[index])
                        .as(forms[index]);
    }

    private static int length(long[] sizes) {
        long product = 1;
        for (long size : sizes) {
            product *= size;
        }
        return Math.toIntExact(product);
    }
}
