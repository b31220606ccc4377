package org.netsplice.ops;

/** One of two numbers at every place. */
public final class Selecting {
    private Selecting() {}

    /** Row {@code i} of {@code yes} where {@code chosen[i]} is not 0, else of {@code no}; all with the batch on axis 0. */
    public static Array rows(Array chosen, Array yes, Array no) {
        Array.require(
                chosen.length() == yes.size(0) && yes.length() == no.length(),
                "rows: " + chosen + ", " + yes + ", " + no);
        float[] which = chosen.values();
        float[] values = yes.values();
        float[] others = no.values();
        int width = values.length / which.length;
        for (int row = 0; row < which.length; row++) {
            if (which[row] == 0) {
                System.arraycopy(others, row * width, values, row * width, width);
            }
        }
        return Array.of(values, yes.sizes());
    }

    /** {@code yes} where {@code condition} is not 0, else {@code no}; shapes broadcast as NumPy's do. */
    public static Array where(Array condition, Array yes, Array no) {
        long[] sizes = Broadcasting.sizes(Broadcasting.sizes(condition.sizes(), yes.sizes()), no.sizes());
        float[] which = Broadcasting.to(condition, sizes).values();
        float[] values = Broadcasting.to(yes, sizes).values();
        float[] others = Broadcasting.to(no, sizes).values();
        for (int i = 0; i < values.length; i++) {
            values[i] = which[i] != 0 ? values[i] : others[i];
        }
        return Array.of(values, sizes);
    }
}
