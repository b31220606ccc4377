package org.netsplice.export;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.nio.file.Path;
import java.util.Locale;
import org.netsplice.container.AtomicFile;
import org.netsplice.diagram.Rect;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * Pixels, row by row from the top: 0xAARRGGBB, not multiplied with the alpha.
 *
 * @param pixels {@code width · height} of them
 */
public record Raster(int width, int height, int[] pixels) {
    /** The most pixels that are held in memory at once. */
    private static final long MAX_PIXELS = 64_000_000;

    /** Writes the pixels as a PNG file. */
    public void write(Path path) {
        AtomicFile.write(path, out -> PngFile.write(this, out));
    }

    /** A whole picture in its own size; refuses one that takes too much memory. */
    public static Raster of(Picture picture) {
        Picture.Size size = picture.size("");
        if ((long) size.width() * size.height() > MAX_PIXELS) {
            throw new ModelException.CannotExport(Problem.error(
                    Where.NOWHERE,
                    String.format(
                            Locale.ROOT,
                            "the picture would have %d × %d pixels; at most %d can be copied",
                            size.width(),
                            size.height(),
                            MAX_PIXELS),
                    "Choose fewer dots per inch or a smaller width, or save the picture to a file."));
        }
        return rows(picture, picture.scale(), size.width(), 0, size.height());
    }

    /** A whole picture that fits in a number of pixels; not enlarged beyond {@code most} pixels for each point. */
    public static Raster within(Picture picture, int width, int height, double most) {
        Rect page = picture.page();
        double scale = Math.min(most, Math.min(width / page.width(), height / page.height()));
        int wide = Math.max(1, Math.min(width, (int) Math.ceil(page.width() * scale)));
        int high = Math.max(1, Math.min(height, (int) Math.ceil(page.height() * scale)));
        return rows(picture, scale, wide, 0, high);
    }

    /** Some rows of a picture that is {@code width} pixels wide. */
    static Raster rows(Picture picture, double scale, int width, int first, int count) {
        BufferedImage image = new BufferedImage(width, count, BufferedImage.TYPE_INT_ARGB);
        Rect page = picture.page();
        Graphics2D graphics = image.createGraphics();
        try {
            Java2DSurface surface = new Java2DSurface(graphics);
            surface.save(-page.x() * scale, -page.y() * scale - first, scale);
            picture.background().ifPresent(color -> surface.fill(page.grown(2 / scale), 0, color));
            picture.paint(surface, new Rect(page.x(), page.y() + first / scale, page.width(), count / scale));
            surface.restore();
        } finally {
            graphics.dispose();
        }
        return new Raster(width, count, ((DataBufferInt) image.getRaster().getDataBuffer()).getData());
    }
}
