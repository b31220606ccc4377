package org.netsplice.predict;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import javax.imageio.stream.ImageInputStream;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** One picture in a file. Its size is checked before its pixels are decoded, and the decoded picture stands upright. */
final class PictureFile {
    private static final long MAX_PIXELS = 100_000_000;
    private static final List<String> EXTENSIONS = List.of(".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff");
    private static final Set<String> ORIENTED = Set.of("jpeg", "tiff");

    private PictureFile() {}

    /** Whether a name ends as those of pictures do. */
    static boolean recognises(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        return EXTENSIONS.stream().anyMatch(name::endsWith);
    }

    /**
     * Decodes the picture and turns it as its camera says.
     *
     * @throws ModelException.CannotPredict when the file holds no picture of a known format, is damaged, or is too large
     */
    static BufferedImage read(Path path) {
        String file = String.valueOf(path.getFileName());
        try (ImageInputStream stream = ImageIO.createImageInputStream(path.toFile())) {
            Iterator<ImageReader> readers = stream == null ? null : ImageIO.getImageReaders(stream);
            if (readers == null || !readers.hasNext()) {
                throw refused(file, "is not a picture that can be read", "Save it as PNG or JPEG.");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream, false, true);
                requireRoom(file, reader);
                BufferedImage stored = reader.read(0);
                return ORIENTED.contains(reader.getFormatName().toLowerCase(Locale.ROOT))
                        ? upright(stored, orientation(reader, stream))
                        : stored;
            } finally {
                reader.dispose();
            }
        } catch (ModelException problem) {
            throw problem;
        } catch (IOException | RuntimeException problem) {
            throw new ModelException.CannotPredict(
                    Problem.error(
                            new Where.InFile(file, ""),
                            "cannot be read as a picture: " + problem.getMessage(),
                            "Save it again as PNG or JPEG."),
                    problem);
        }
    }

    private static void requireRoom(String file, ImageReader reader) throws IOException {
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MAX_PIXELS) {
            throw refused(file, "has " + pixels + " pixels, more than " + MAX_PIXELS, "Make it smaller.");
        }
        Inputs.requireMemory(
                new Where.InFile(file, ""),
                "has " + pixels + " pixels, which",
                (double) pixels * bytes(reader),
                "Make it smaller.");
    }

    /** The most bytes a decoded pixel takes. */
    private static long bytes(ImageReader reader) throws IOException {
        Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
        if (!types.hasNext()) {
            return Integer.BYTES;
        }
        SampleModel samples = types.next().getSampleModel();
        return Math.max(
                Integer.BYTES,
                (long) samples.getNumBands() * DataBuffer.getDataTypeSize(samples.getDataType()) / Byte.SIZE);
    }

    /** How the camera was held, in ImageIO's words; "Normal" where the file does not say or its metadata is damaged. */
    private static String orientation(ImageReader reader, ImageInputStream stream) {
        try {
            stream.seek(0);
            reader.setInput(stream, true, false);
            IIOMetadata metadata = reader.getImageMetadata(0);
            Element tree = (Element) metadata.getAsTree(IIOMetadataFormatImpl.standardMetadataFormatName);
            NodeList found = tree.getElementsByTagName("ImageOrientation");
            return found.getLength() == 0 ? "Normal" : ((Element) found.item(0)).getAttribute("value");
        } catch (IOException | RuntimeException damaged) {
            return "Normal";
        }
    }

    /** Turns a stored picture; the words are those that TwelveMonkeys has for the EXIF orientations 2 to 8. */
    private static BufferedImage upright(BufferedImage stored, String orientation) {
        return switch (orientation) {
            case "FlipH" -> turned(stored, false, true, false);
            case "Rotate180" -> turned(stored, false, true, true);
            case "FlipV" -> turned(stored, false, false, true);
            case "FlipVRotate90" -> turned(stored, true, false, false);
            case "Rotate270" -> turned(stored, true, true, false);
            case "FlipHRotate90" -> turned(stored, true, true, true);
            case "Rotate90" -> turned(stored, true, false, true);
            default -> stored;
        };
    }

    /** Swaps rows and columns if asked to, then mirrors the result from left to right and from top to bottom if asked to. */
    private static BufferedImage turned(BufferedImage stored, boolean swap, boolean leftRight, boolean topBottom) {
        Raster from = stored.getRaster();
        int width = swap ? stored.getHeight() : stored.getWidth();
        int height = swap ? stored.getWidth() : stored.getHeight();
        WritableRaster to = from.createCompatibleWritableRaster(width, height);
        Object pixel = null;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int column = leftRight ? width - 1 - x : x;
                int row = topBottom ? height - 1 - y : y;
                pixel = from.getDataElements(swap ? row : column, swap ? column : row, pixel);
                to.setDataElements(x, y, pixel);
            }
        }
        return new BufferedImage(stored.getColorModel(), to, stored.isAlphaPremultiplied(), null);
    }

    private static ModelException.CannotPredict refused(String file, String what, String remedy) {
        return new ModelException.CannotPredict(Problem.error(new Where.InFile(file, ""), what, remedy));
    }
}
