package org.netsplice.ops;

import java.util.Arrays;

/** Looks up rows and cells by index. Computed in Java, because native code crashes on an index out of range. */
public final class Lookup {
    private Lookup() {}

    /** Takes numbers by their indices along an axis; the other axes broadcast, negative indices count from the end, and indices outside are clamped. */
    public static Array along(Array x, Array places, int axis) {
        long[] open = x.sizes().clone();
        long[] wanted = places.sizes().clone();
        open[axis] = 1;
        wanted[axis] = 1;
        long[] sizes = Broadcasting.sizes(open, wanted);
        sizes[axis] = x.size(axis);
        Array source = Broadcasting.to(x, sizes);
        int size = (int) x.size(axis);
        long[] result = sizes.clone();
        result[axis] = places.size(axis);
        long[] index = Broadcasting.to(places, result).wholes();
        int inner = 1;
        for (int i = axis + 1; i < result.length; i++) {
            inner *= (int) result[i];
        }
        int length = (int) result[axis];
        int[] from = new int[index.length];
        for (int i = 0; i < from.length; i++) {
            long place = index[i] < 0 ? index[i] + size : index[i];
            int outer = i / inner / length;
            from[i] = (outer * size + (int) Math.min(Math.max(place, 0), size - 1)) * inner + i % inner;
        }
        return source.picked(from, result);
    }

    /** One-hot encoding along a new last axis; numbers outside the range give zeros only. */
    public static Array oneHot(Array x, int classes) {
        double[] wanted = x.doubles();
        float[] found = new float[Math.multiplyExact(wanted.length, classes)];
        for (int i = 0; i < wanted.length; i++) {
            int place = (int) wanted[i];
            if (place >= 0 && place < classes && wanted[i] > -1) {
                found[i * classes + place] = 1;
            }
        }
        long[] sizes = Arrays.copyOf(x.sizes(), x.rank() + 1);
        sizes[sizes.length - 1] = classes;
        return Tape.obstacle("one-hot encoding", Array.of(found, sizes), x);
    }

    /**
     * The rows of a table.
     *
     * @param table (rows, width)
     * @param indices any shape; fractions are cut off
     * @return the shape of {@code indices} with {@code width} behind
     * @throws IndexOutOfBoundsException when a number is negative or not below the number of rows
     */
    public static Array rows(Array table, Array indices) {
        int[] rows = rowNumbers(table.size(0), indices);
        long[] sizes = Arrays.copyOf(indices.sizes(), indices.rank() + 1);
        sizes[sizes.length - 1] = table.size(1);
        return Tape.note(
                "rows of a table",
                found(table, rows, sizes),
                Tape.share(table, g -> sums(table, g, rows)),
                new Tape.Share(indices, null));
    }

    /** The gradient of a table: the sums of those of the rows taken from it. */
    private static Array sums(Array table, Array gradient, int... rows) {
        int width = (int) table.size(1);
        double[] from = gradient.doubles();
        double[] sums = new double[Math.toIntExact(table.length())];
        for (int i = 0; i < from.length; i++) {
            sums[rows[i / width] * width + i % width] += from[i];
        }
        return Array.like(table, sums, table.sizes());
    }

    private static Array found(Array table, int[] rows, long... sizes) {
        int width = (int) table.size(1);
        int length = Math.multiplyExact(rows.length, width);
        if (table.form() == Array.Form.FLOAT) {
            float[] source = table.values();
            float[] found = new float[length];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(source, rows[i] * width, found, i * width, width);
            }
            return Array.of(found, sizes);
        }
        int[] places = new int[length];
        for (int i = 0; i < places.length; i++) {
            places[i] = rows[i / width] * width + i % width;
        }
        return table.picked(places, sizes);
    }

    private static int[] rowNumbers(long count, Array indices) {
        boolean whole = indices.form() == Array.Form.WHOLE;
        long[] wholes = indices.wholes();
        double[] given = whole ? new double[0] : indices.doubles();
        int[] rows = new int[wholes.length];
        for (int i = 0; i < rows.length; i++) {
            boolean known = whole ? wholes[i] >= 0 : given[i] > -1;
            if (!known || wholes[i] >= count) {
                Object received = whole ? (Object) wholes[i] : (Object) (float) given[i];
                throw new IndexOutOfBoundsException(
                        "received " + received + ", but the numbers from 0 to " + (count - 1) + " are known");
            }
            rows[i] = (int) wholes[i];
        }
        return rows;
    }
}
