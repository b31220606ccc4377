package org.netsplice.ops;

/** Selects between two arrays, element by element. */
public final class Selecting {
    private Selecting() {}

    /** Row {@code i} of {@code yes} where {@code chosen[i]} is not 0, otherwise of {@code no}; the batch is axis 0 of all. */
    public static Array rows(Array chosen, Array yes, Array no) {
        Array.require(
                chosen.length() == yes.size(0) && yes.length() == no.length(),
                "rows: " + chosen + ", " + yes + ", " + no);
        double[] which = chosen.doubles();
        int width = Math.toIntExact(yes.length()) / which.length;
        if (yes.form() == Array.Form.FLOAT && no.form() == Array.Form.FLOAT) {
            float[] rows = no.values();
            float[] others = yes.values();
            for (int row = 0; row < which.length; row++) {
                if (which[row] != 0) {
                    System.arraycopy(others, row * width, rows, row * width, width);
                }
            }
            return Tape.note(
                    "rows",
                    Array.of(rows, yes.sizes()),
                    Tape.share(yes, g -> rows(chosen, g, Array.zeros(g.sizes()))),
                    Tape.share(no, g -> rows(chosen, Array.zeros(g.sizes()), g)));
        }
        int[] places = new int[which.length * width];
        for (int i = 0; i < places.length; i++) {
            places[i] = which[i / width] != 0 ? i : places.length + i;
        }
        return both(yes, no).picked(places, yes.sizes());
    }

    /** {@code yes} where {@code condition} is not 0, otherwise {@code no}; shapes broadcast as in NumPy. */
    public static Array where(Array condition, Array yes, Array no) {
        long[] sizes = Broadcasting.sizes(Broadcasting.sizes(condition.sizes(), yes.sizes()), no.sizes());
        double[] which = Broadcasting.to(condition, sizes).doubles();
        int[] places = new int[which.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = which[i] != 0 ? i : places.length + i;
        }
        return both(Broadcasting.to(yes, sizes), Broadcasting.to(no, sizes)).picked(places, sizes);
    }

    private static Array both(Array one, Array two) {
        return Arranging.concatenate(java.util.List.of(one.reshape(one.length(), 1), two.reshape(two.length(), 1)), 0);
    }
}
