package org.netsplice.ops;

import java.util.Arrays;

/** Rows of a table by their numbers. Computed here and not in native code, which dies when a number is out of range. */
public final class Lookup {
    private Lookup() {}

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
