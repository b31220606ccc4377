package org.netsplice.ops;

import java.util.Arrays;

/** Rows of a table by their numbers. Computed here and not in native code, which dies when a number is out of range. */
public final class Lookup {
    private Lookup() {}

    /** The numbers at the places given along an axis; other axes broadcast, and places outside are moved to the border. */
    public static Array along(Array x, Array places, int axis) {
        long[] open = x.sizes().clone();
        long[] wanted = places.sizes().clone();
        open[axis] = 1;
        wanted[axis] = 1;
        long[] sizes = Broadcasting.sizes(open, wanted);
        sizes[axis] = x.size(axis);
        float[] source = Broadcasting.to(x, sizes).values();
        int size = (int) x.size(axis);
        long[] result = sizes.clone();
        result[axis] = places.size(axis);
        float[] index = Broadcasting.to(places, result).values();
        int inner = 1;
        for (int i = axis + 1; i < result.length; i++) {
            inner *= (int) result[i];
        }
        int length = (int) result[axis];
        float[] found = new float[index.length];
        for (int i = 0; i < found.length; i++) {
            int place = (int) (index[i] < 0 ? index[i] + size : index[i]);
            int outer = i / inner / length;
            found[i] = source[(outer * size + Math.min(Math.max(place, 0), size - 1)) * inner + i % inner];
        }
        return Array.of(found, result);
    }

    /** A 1 at the place each number names and zeros elsewhere, along a new last axis; numbers outside give zeros only. */
    public static Array oneHot(Array x, int classes) {
        float[] wanted = x.values();
        float[] found = new float[Math.multiplyExact(wanted.length, classes)];
        for (int i = 0; i < wanted.length; i++) {
            int place = (int) wanted[i];
            if (place >= 0 && place < classes && wanted[i] > -1) {
                found[i * classes + place] = 1;
            }
        }
        long[] sizes = Arrays.copyOf(x.sizes(), x.rank() + 1);
        sizes[sizes.length - 1] = classes;
        return Array.of(found, sizes);
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
        float[] source = table.values();
        float[] wanted = indices.values();
        int width = (int) table.size(1);
        float[] found = new float[Math.multiplyExact(wanted.length, width)];
        for (int i = 0; i < wanted.length; i++) {
            int row = (int) wanted[i];
            if (!(wanted[i] > -1 && row < table.size(0))) {
                throw new IndexOutOfBoundsException(
                        "received " + wanted[i] + ", but the numbers from 0 to " + (table.size(0) - 1) + " are known");
            }
            System.arraycopy(source, row * width, found, i * width, width);
        }
        long[] sizes = Arrays.copyOf(indices.sizes(), indices.rank() + 1);
        sizes[sizes.length - 1] = width;
        return Array.of(found, sizes);
    }
}
