package org.netsplice.predict;

import java.util.Locale;

/** Numbers with as many digits as matter to a reader: four significant ones, and never a zero with a sign. */
public final class Digits {
    /** From here on the digits of a number in single precision are used up, and zeros would pretend to know more. */
    private static final double LARGE = 1e7;

    private static final double SMALL = 1e-4;

    private Digits() {}

    /** The number in a text such as {@code 0.9731}, {@code 2.4e-7}, {@code 1234} or {@code not a number}. */
    public static String of(double value) {
        if (Double.isNaN(value)) {
            return "not a number";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "infinite" : "-infinite";
        }
        double size = Math.abs(value);
        if (size == 0) {
            return "0";
        }
        if (size < SMALL || size >= LARGE) {
            return scientific(value);
        }
        int whole = (int) Math.floor(Math.log10(size)) + 1;
        return shorter(String.format(Locale.ROOT, "%." + Math.max(0, 4 - whole) + "f", value));
    }

    private static String scientific(double value) {
        String[] parts = String.format(Locale.ROOT, "%.3e", value).split("e");
        return shorter(parts[0]) + "e" + Integer.parseInt(parts[1].replace("+", ""));
    }

    /** Without zeros at the end of a fraction. */
    private static String shorter(String text) {
        return text.indexOf('.') < 0 ? text : text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
