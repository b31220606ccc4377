package org.netsplice.train;

import java.util.Locale;

/** Numbers for people. */
final class Tidy {
    private Tidy() {}

    /** At most five digits that matter, without zeros at the end, such as {@code 0.001} or {@code 12.3}. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return String.valueOf(value);
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-4 || size >= 1e7)) {
            return String.format(Locale.ROOT, "%.3e", value);
        }
        java.math.BigDecimal rounded = new java.math.BigDecimal(value, new java.math.MathContext(5));
        String text = rounded.stripTrailingZeros().toPlainString();
        return value == 0 ? "0" : text;
    }
}
