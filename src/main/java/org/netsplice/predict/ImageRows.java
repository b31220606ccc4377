package org.netsplice.predict;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.netsplice.container.Guard;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/** Pictures, one file or a folder of them, as data of shape (pictures, height, width, channels). */
final class ImageRows implements RowSource {
    private final String file;
    private final List<Path> files;
    private final Shape shape;
    private final ImageReading reading;
    private final Progress progress;
    private BufferedImage first;
    private int at;

    /**
     * The pictures of a file or a folder, in the order of their names.
     *
     * @param wanted what the network takes; where it takes any size, the first picture says it
     */
    ImageRows(Path path, Shape wanted, ImageReading reading, Progress progress) {
        this.file = String.valueOf(path.getFileName());
        this.reading = reading;
        this.progress = progress;
        if (!Inputs.takesPictures(wanted)) {
            throw refused(
                    file,
                    "is a picture, but the input has the shape " + wanted,
                    "Pictures fit inputs of shape (None, height, width, 1 or 3); choose a .npy or .csv file.");
        }
        this.files = Inputs.pictures(path);
        if (files.isEmpty()) {
            throw refused(file, "holds no pictures", "Choose a folder with PNG, JPEG, WebP, BMP or TIFF files.");
        }
        this.first = PictureFile.read(files.get(0));
        this.shape = Shape.of(
                files.size(),
                wanted.size(1) == Shape.UNKNOWN ? first.getHeight() : wanted.size(1),
                wanted.size(2) == Shape.UNKNOWN ? first.getWidth() : wanted.size(2),
                wanted.last());
    }

    static boolean recognises(Path path) {
        return Files.isDirectory(path) || PictureFile.recognises(path);
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public Tensor next(int most) {
        int count = Math.min(most, files.size() - at);
        long height = shape.size(1);
        long width = shape.size(2);
        int channels = (int) shape.last();
        requireRoom(file, count, height, width, channels);
        int length = (int) (height * width) * channels;
        float[] values = new float[length * count];
        for (int i = 0; i < count; i++, at++) {
            Path path = files.get(at);
            progress.at(done(), "Reading " + path.getFileName());
            BufferedImage picture = first == null ? PictureFile.read(path) : first;
            first = null;
            fill(sized(picture, (int) width, (int) height), channels, values, i * length, reading);
        }
        return Tensor.owning(DType.FLOAT32, shape.withBatch(count), values);
    }

    @Override
    public double done() {
        return (double) at / files.size();
    }

    @Override
    public void close() {}

    private static void requireRoom(String file, int files, long height, long width, int channels) {
        String size = height + " × " + width;
        if (height == 0 || width == 0) {
            throw refused(file, "cannot be resized to " + size + " pixels", "Check the sizes of the input.");
        }
        double numbers = (double) files * height * width * channels;
        if (numbers > Inputs.LARGEST_ARRAY) {
            throw refused(
                    file,
                    "would be " + files + (files == 1 ? " picture of " : " pictures of ") + size + " pixels and "
                            + channels + " channels, more numbers than one array can hold",
                    "Choose fewer pictures, or a network with a smaller input.");
        }
        Inputs.requireMemory(
                new Where.InFile(file, ""),
                "reading it",
                numbers * Float.BYTES + (double) height * width * Integer.BYTES,
                "Choose fewer pictures.");
    }

    static List<Path> pictures(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.isRegularFile(file) && recognises(file))
                    .sorted()
                    .toList();
        } catch (IOException problem) {
            throw Guard.unreadable(folder.toString(), problem);
        }
    }

    private static BufferedImage sized(BufferedImage image, int width, int height) {
        if (image.getWidth() == width && image.getHeight() == height) {
            return image;
        }
        int type = image.getRaster().getNumBands() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
        BufferedImage sized = new BufferedImage(width, height, type);
        Graphics2D graphics = sized.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return sized;
    }

    /** Grey pictures are read sample by sample, because their conversion to RGB would bend the values. */
    private static void fill(BufferedImage image, int channels, float[] values, int start, ImageReading reading) {
        Raster raster = image.getRaster();
        boolean grey = raster.getNumBands() <= 2
                && image.getColorModel().getColorSpace().getNumComponents() == 1;
        double full = (1L << image.getColorModel().getComponentSize(0)) - 1;
        int at = start;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = grey ? 0 : image.getRGB(x, y);
                double sample = grey ? raster.getSampleDouble(x, y, 0) * 255 / full : 0;
                double r = grey ? sample : rgb >> 16 & 255;
                double g = grey ? sample : rgb >> 8 & 255;
                double b = grey ? sample : rgb & 255;
                if (channels == 1) {
                    values[at++] = value(grey ? sample : 0.299 * r + 0.587 * g + 0.114 * b, reading);
                } else {
                    values[at++] = value(r, reading);
                    values[at++] = value(g, reading);
                    values[at++] = value(b, reading);
                }
            }
        }
    }

    private static float value(double sample, ImageReading reading) {
        return (float) (sample * reading.scale() + reading.offset());
    }

    private static ModelException.CannotPredict refused(String file, String what, String remedy) {
        return new ModelException.CannotPredict(Problem.error(new Where.InFile(file, ""), what, remedy));
    }
}
