package org.netsplice.problem;

import java.util.stream.IntStream;

/**
 * Text from files made harmless to show. Names, types and cells may hold anything: commands to the terminal, characters that turn
 * the direction of what follows, halves of characters. Each such character is written as JSON writes it, {@code \}{@code u001b},
 * so that it is seen, and so that JSON stays the same JSON.
 */
public final class Printable {
    /** The longest name that is shown whole, in characters of UTF-16. */
    public static final int LONGEST_NAME = 200;

    private static final int LONGEST_SENTENCE = 4000;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int OBJECT_REPLACEMENT = 0xFFFC;

    private Printable() {}

    /** The text on one line, with everything that is not printable written as an escape; the text itself when all of it is. */
    public static String text(String text) {
        if (plain(text)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> append(safe, c));
        return safe.toString();
    }

    /** A name as {@link #text}, its middle left out when it is longer than {@link #LONGEST_NAME}. */
    public static String name(String text) {
        return shortened(text, LONGEST_NAME);
    }

    /** A sentence that may quote a file, as {@link #text}; a very long one loses its middle. */
    static String sentence(String text) {
        return shortened(text, LONGEST_SENTENCE);
    }

    /** The beginning and end are cut before they are escaped, so that a text of megabytes costs no more than a short one. */
    private static String shortened(String text, int most) {
        if (text.length() <= most) {
            return text(text);
        }
        int head = most / 2;
        int tail = text.length() - most / 2 + 1;
        head -= Character.isHighSurrogate(text.charAt(head - 1)) ? 1 : 0;
        tail += Character.isLowSurrogate(text.charAt(tail)) ? 1 : 0;
        return text(text.substring(0, head)) + "…" + text(text.substring(tail));
    }

    /** Whether a character can be shown as it is. */
    public static boolean shows(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            /* Joiners stand inside of words of some scripts, and Arabic signs of this category are seen. */
            case Character.FORMAT ->
                codePoint == ZERO_WIDTH_NON_JOINER
                        || codePoint == ZERO_WIDTH_JOINER
                        || (codePoint >= 0x600 && codePoint <= 0x605)
                        || codePoint == 0x6DD;
            default -> codePoint < OBJECT_REPLACEMENT || (codePoint & 0xFFFE) < OBJECT_REPLACEMENT;
        };
    }

    /** Appends a character, or its escape when it cannot be shown. */
    public static void append(StringBuilder out, int codePoint) {
        if (shows(codePoint)) {
            out.appendCodePoint(codePoint);
            return;
        }
        switch (codePoint) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                for (char half : Character.toChars(codePoint)) {
                    out.append("\\u");
                    for (int shift = 12; shift >= 0; shift -= 4) {
                        out.append(Character.forDigit(half >> shift & 15, 16));
                    }
                }
            }
        }
    }

    private static boolean plain(String text) {
        return IntStream.range(0, text.length()).allMatch(i -> text.charAt(i) >= ' ' && text.charAt(i) <= '~')
                || text.codePoints().allMatch(Printable::shows);
    }
}
