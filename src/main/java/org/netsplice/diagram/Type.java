package org.netsplice.diagram;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.io.InputStream;

/** The bundled typeface, DejaVu Sans: measured without a display, so that every surface has the same geometry. */
public final class Type {
    /** The family name in SVG and on screen. */
    public static final String FAMILY = "DejaVu Sans";
    /** Where the regular face is among the resources. */
    public static final String REGULAR = "/assets/fonts/DejaVuSans.ttf";
    /** Where the bold face is among the resources. */
    public static final String BOLD = "/assets/fonts/DejaVuSans-Bold.ttf";

    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);
    private static final Font PLAIN_FACE = load(REGULAR);
    private static final Font BOLD_FACE = load(BOLD);

    private Type() {}

    private static Font load(String resource) {
        try (InputStream stream = Type.class.getResourceAsStream(resource)) {
            return Font.createFont(Font.TRUETYPE_FONT, stream);
        } catch (IOException | FontFormatException problem) {
            throw new IllegalStateException("the bundled font " + resource + " cannot be read", problem);
        }
    }

    /** The face at a size in points. */
    public static Font face(boolean bold, double size) {
        return (bold ? BOLD_FACE : PLAIN_FACE).deriveFont((float) size);
    }

    /** The width of a text in points. */
    public static double width(String text, boolean bold, double size) {
        return text.isEmpty()
                ? 0
                : (bold ? BOLD_FACE : PLAIN_FACE)
                        .deriveFont((float) size)
                        .getStringBounds(text, CONTEXT)
                        .getWidth();
    }

    /** The text, shortened with an ellipsis so that it is no wider than {@code most}. */
    public static String fitted(String text, boolean bold, double size, double most) {
        if (width(text, bold, size) <= most) {
            return text;
        }
        int low = 0;
        int high = text.length();
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (width(text.substring(0, middle) + "…", bold, size) <= most) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return text.substring(0, low) + "…";
    }
}
