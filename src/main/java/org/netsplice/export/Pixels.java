package org.netsplice.export;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.netsplice.container.AtomicFile;

/** Pictures made elsewhere, as PNG files. */
public final class Pixels {
    private Pixels() {}

    /**
     * Writes a PNG file.
     *
     * @param colours a colour for each pixel, row by row, as 0xAARRGGBB
     */
    public static void write(int width, int height, int[] colours, Path path) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, width, height, colours, 0, width);
        AtomicFile.write(path, out -> ImageIO.write(image, "png", out));
    }
}
