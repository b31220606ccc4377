package org.netsplice.inside;

import java.util.Collection;
import java.util.Optional;
import org.netsplice.export.Raster;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/** Pictures of numbers: what a layer gives for one row, and where in a picture a network looks. */
public final class ValuePicture {
    /** The most channels of a picture. */
    private static final int CHANNELS = 4;
    /** Points of the colour map viridis, at equal distances, from dark to light: 0xRRGGBB. */
    private static final int[] VIRIDIS = {
        0x440154, 0x482878, 0x3E4A89, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6DCD59, 0xB4DE2C, 0xFDE725
    };

    private ValuePicture() {}

    /**
     * The colour of a share of the range of numbers.
     *
     * @param share from 0 (dark) to 1 (light); grey for what is not a number
     */
    public static int color(double share) {
        if (Double.isNaN(share)) {
            return 0xFF808080;
        }
        double at = Math.min(1, Math.max(0, share)) * (VIRIDIS.length - 1);
        int low = Math.min((int) at, VIRIDIS.length - 2);
        return mixed(VIRIDIS[low], VIRIDIS[low + 1], at - low);
    }

    private static int mixed(int one, int other, double share) {
        int color = 0xFF;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = (one >> shift) & 0xFF;
            int to = (other >> shift) & 0xFF;
            color = (color << 8) | (int) Math.round(from + (to - from) * share);
        }
        return color;
    }

    /**
     * One row of a layer's values as pixels: all its maps, see {@link Maps}.
     *
     * @param values what the layer gives, rows first
     * @param row counted from 0
     * @param channelsFirst whether pictures have their channels before rows and columns
     */
    public static Raster of(Tensor values, int row, boolean channelsFirst) {
        return Maps.of(values, row, channelsFirst).all();
    }

    /** A picture whose pixels became squares, so that it is at least {@code least} pixels wide. */
    public static Raster enlarged(Raster picture, int least) {
        int factor = Math.max(1, (least + picture.width() - 1) / picture.width());
        int width = picture.width() * factor;
        int[] pixels = new int[width * picture.height() * factor];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = picture.pixels()[i / width / factor * picture.width() + i % width / factor];
        }
        return new Raster(width, picture.height() * factor, pixels);
    }

    /**
     * A picture in grey or colour with a map over it: dark where the map is 0, in the colours of the picture where it is 1.
     *
     * @param pictures what an input takes, rows first; 1, 3 or 4 channels
     * @param maps shape (rows, height, width), from 0 to 1; stretched over the picture
     * @param least the smallest width in pixels; small pictures are enlarged by whole factors
     */
    public static Raster under(Tensor pictures, boolean channelsFirst, Tensor maps, int row, int least) {
        long[] sizes = pictures.shape().sizes();
        int height = (int) sizes[channelsFirst ? 2 : 1];
        int width = (int) sizes[channelsFirst ? 3 : 2];
        int channels = (int) sizes[channelsFirst ? 1 : 3];
        int channelStep = channelsFirst ? height * width : 1;
        int pixelStep = channelsFirst ? 1 : channels;
        int from = row * height * width * channels;
        Range range = Range.of(pictures, from, 1, 0, height * width * channels, 1);
        int factor = Math.max(1, (least + width - 1) / width);
        int[] pixels = new int[width * factor * height * factor];
        for (int y = 0; y < height * factor; y++) {
            for (int x = 0; x < width * factor; x++) {
                int at = from + (y / factor * width + x / factor) * pixelStep;
                double light =
                        0.15 + 0.85 * stretched(maps, row, (y + 0.5) / (height * factor), (x + 0.5) / (width * factor));
                int color = 0xFF;
                for (int channel = 0; channel < 3; channel++) {
                    int own = channels < 3 ? 0 : channel;
                    double share = range.share(pictures.numberAt(at + own * channelStep));
                    color = (color << 8) | (int) Math.round(255 * light * (Double.isNaN(share) ? 0 : share));
                }
                pixels[y * width * factor + x] = color;
            }
        }
        return new Raster(width * factor, height * factor, pixels);
    }

    /** Whether a tensor is what an input of pictures takes: rows of at most four channels, in either order of axes. */
    public static boolean isPictures(Tensor input) {
        Shape shape = input.shape();
        return shape.rank() == 4 && (shape.size(3) <= CHANNELS || shape.size(1) <= CHANNELS);
    }

    /** A map that is 1 everywhere, so that a picture is seen as it is. */
    public static Tensor whole() {
        return Tensor.of(Shape.of(1, 1, 1), 1);
    }

    /**
     * Like {@link #under}, with the first input that takes pictures of at most four channels; empty where none does.
     *
     * @param inputs what the inputs take, rows first
     */
    public static Optional<Raster> over(Collection<Tensor> inputs, Tensor maps, int row, int least) {
        for (Tensor input : inputs) {
            if (isPictures(input)) {
                return Optional.of(under(input, input.shape().size(3) > CHANNELS, maps, row, least));
            }
        }
        return Optional.empty();
    }

    /** The value of a map at shares of its height and width, between the middles of its pixels by straight lines. */
    private static double stretched(Tensor maps, int row, double down, double right) {
        int height = (int) maps.shape().size(1);
        int width = (int) maps.shape().size(2);
        double y = Math.min(height - 1, Math.max(0, down * height - 0.5));
        double x = Math.min(width - 1, Math.max(0, right * width - 0.5));
        int top = (int) y;
        int left = (int) x;
        int bottom = Math.min(height - 1, top + 1);
        int end = Math.min(width - 1, left + 1);
        int from = row * height * width;
        double above =
                between(maps.numberAt(from + top * width + left), maps.numberAt(from + top * width + end), x - left);
        double below = between(
                maps.numberAt(from + bottom * width + left), maps.numberAt(from + bottom * width + end), x - left);
        return between(above, below, y - top);
    }

    private static double between(double one, double other, double share) {
        return one + (other - one) * share;
    }

    /** The smallest and the largest finite number. */
    record Range(double least, double most) {
        static Range of(Tensor values, int from, int lines, int lineStep, int count, int step) {
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            for (int line = 0; line < lines; line++) {
                for (int i = 0; i < count && from + line * lineStep + i * step < values.length(); i++) {
                    double value = values.numberAt(from + line * lineStep + i * step);
                    if (Double.isFinite(value)) {
                        least = Math.min(least, value);
                        most = Math.max(most, value);
                    }
                }
            }
            return new Range(least, most);
        }

        double share(double value) {
            return most > least ? (value - least) / (most - least) : Double.isFinite(value) ? 0.5 : Double.NaN;
        }
    }
}
