package org.netsplice.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.netsplice.ops.Array;

/**
 * Several arrays as one, because a vertex of DL4J has one output: their number, then for each its rank and sizes, then all numbers. Sizes
 * are written as two numbers below 1,048,576, which float32 holds exactly.
 */
final class Packed {
    private static final int BASE = 1 << 20;

    private Packed() {}

    static Array pack(List<Array> arrays) {
        List<Float> head = new ArrayList<>();
        head.add((float) arrays.size());
        long total = 0;
        for (Array array : arrays) {
            head.add((float) array.rank());
            for (long size : array.sizes()) {
                long high = size / BASE;
                long low = size % BASE;
                head.add((float) high);
                head.add((float) low);
            }
            total += array.length();
        }
        float[] all = new float[Math.toIntExact(head.size() + total)];
        for (int i = 0; i < head.size(); i++) {
            all[i] = head.get(i);
        }
        int at = head.size();
        for (Array array : arrays) {
            float[] values = array.values();
            System.arraycopy(values, 0, all, at, values.length);
            at += values.length;
        }
        return Array.of(all, 1, all.length);
    }

    static Array pick(Array packed, int index) {
        float[] all = packed.values();
        int count = (int) all[0];
        long[][] sizes = new long[count][];
        int at = 1;
        for (int i = 0; i < count; i++) {
            sizes[i] = new long[(int) all[at++]];
            for (int axis = 0; axis < sizes[i].length; axis++) {
                long high = (long) all[at];
                long low = (long) all[at + 1];
                sizes[i][axis] = high * BASE + low;
                at += 2;
            }
        }
        for (int i = 0; i < index; i++) {
            at += length(sizes[i]);
        }
        return Array.of(java.util.Arrays.copyOfRange(all, at, at + length(sizes[index])), sizes[index]);
    }

    private static int length(long[] sizes) {
        long product = 1;
        for (long size : sizes) {
            product *= size;
        }
        return Math.toIntExact(product);
    }
}
