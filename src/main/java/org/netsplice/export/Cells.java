package org.netsplice.export;

/** Text measured in cells of a terminal: East Asian characters and pictographs take two, combining marks none. */
final class Cells {
    private Cells() {}

    /** The number of cells a text takes. */
    static int width(String text) {
        return text.codePoints().map(Cells::width).sum();
    }

    /** The text cut to a number of cells, with … as the last character where something was cut. */
    static String cut(String text, int most) {
        if (width(text) <= most) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int filled = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            filled += width(c);
            if (filled > most - 1) {
                break;
            }
            kept.appendCodePoint(c);
        }
        return kept + "…";
    }

    private static int width(int c) {
        if (c < 0x300) {
            return 1;
        }
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = Character.isIdeographic(c)
                || (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0x303E)
                || (c >= 0x3041 && c <= 0xA4CF)
                || (c >= 0xA960 && c <= 0xA97C)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF01 && c <= 0xFF60)
                || (c >= 0xFFE0 && c <= 0xFFE6)
                || (c >= 0x1F300 && c <= 0x1F64F)
                || (c >= 0x1F680 && c <= 0x1F6FF)
                || (c >= 0x1F900 && c <= 0x1FAFF);
        return wide ? 2 : 1;
    }
}
