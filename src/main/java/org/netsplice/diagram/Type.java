package org.netsplice.diagram;

import java.awt.geom.AffineTransform;
import java.awt.geom.GeneralPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * The bundled typeface, DejaVu Sans, read from its file: measured and outlined without any toolkit, display or system font, so that
 * every surface has the same geometry everywhere. Widths are sums of advance widths, without kerning, as JavaFX has them.
 */
public final class Type {
    /** The family name in SVG and on screen. */
    public static final String FAMILY = "DejaVu Sans";
    /** Where the regular face is among the resources. */
    public static final String REGULAR = "/assets/fonts/DejaVuSans.ttf";
    /** Where the bold face is among the resources. */
    public static final String BOLD = "/assets/fonts/DejaVuSans-Bold.ttf";

    private static final Face PLAIN_FACE = new Face(REGULAR);
    private static final Face BOLD_FACE = new Face(BOLD);

    private Type() {}

    /** Characters up to this one are measured beforehand. */
    private static final int FEW = 256;
    /** Stands for a character that cannot be drawn. */
    private static final int REPLACEMENT = 0xFFFD;

    /** One face: its glyphs in units of the em. */
    private static final class Face {
        private final TrueTypeFont font;
        private final CmapLookup characters;
        private final double em;
        private final double[] usual = new double[FEW];
        private final Map<Integer, Double> widths = new ConcurrentHashMap<>();
        private final Map<Integer, GeneralPath> outlines = new ConcurrentHashMap<>();

        Face(String resource) {
            try (InputStream stream = Type.class.getResourceAsStream(resource)) {
                font = new TTFParser().parse(new RandomAccessReadBuffer(stream.readAllBytes()));
                characters = font.getUnicodeCmapLookup();
                em = font.getUnitsPerEm();
            } catch (IOException problem) {
                throw new UncheckedIOException("the bundled font " + resource + " cannot be read", problem);
            }
            for (int character = 0; character < FEW; character++) {
                usual[character] = rare(character);
            }
        }

        double width(int character) {
            return character < FEW ? usual[character] : rare(character);
        }

        private double rare(int character) {
            return widths.computeIfAbsent(character, c -> {
                try {
                    return font.getAdvanceWidth(characters.getGlyphId(c)) / em;
                } catch (IOException problem) {
                    throw new UncheckedIOException(problem);
                }
            });
        }

        GeneralPath outline(int character) {
            return outlines.computeIfAbsent(character, c -> {
                try {
                    synchronized (font) {
                        GlyphData glyph = font.getGlyph().getGlyph(characters.getGlyphId(c));
                        return glyph == null ? new GeneralPath() : glyph.getPath();
                    }
                } catch (IOException problem) {
                    throw new UncheckedIOException(problem);
                }
            });
        }
    }

    private static Face face(boolean bold) {
        return bold ? BOLD_FACE : PLAIN_FACE;
    }

    /** The width of a text in points. */
    public static double width(String text, boolean bold, double size) {
        Face face = face(bold);
        double sum = 0;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            sum += face.width(character);
            i += Character.charCount(character);
        }
        return size * sum;
    }

    /** The filled outline of a text whose baseline begins at the origin; y grows downwards. */
    public static GeneralPath outline(String text, boolean bold, double size) {
        Face face = face(bold);
        GeneralPath whole = new GeneralPath();
        double x = 0;
        for (int character : text.codePoints().toArray()) {
            AffineTransform place = new AffineTransform(size / face.em, 0, 0, -size / face.em, x, 0);
            whole.append(face.outline(character).getPathIterator(place), false);
            x += size * face.width(character);
        }
        return whole;
    }

    /** The text with a replacement character for each that the typeface does not have. */
    public static String drawable(String text, boolean bold) {
        Face face = face(bold);
        StringBuilder drawn = new StringBuilder();
        text.codePoints().forEach(c -> drawn.appendCodePoint(face.characters.getGlyphId(c) == 0 ? REPLACEMENT : c));
        return drawn.toString();
    }

    /** The text, shortened with an ellipsis so that it is no wider than {@code most}. */
    public static String fitted(String text, boolean bold, double size, double most) {
        if (width(text, bold, size) <= most) {
            return text;
        }
        int[] characters = text.codePoints().toArray();
        int low = 0;
        int high = characters.length;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (width(new String(characters, 0, middle) + "…", bold, size) <= most) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return new String(characters, 0, low) + "…";
    }
}
