package org.netsplice.gui.result;

import javafx.scene.image.ImageView;
import javafx.scene.image.PixelWriter;
import javafx.scene.image.WritableImage;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.predict.Inputs;

/** A row of data as the picture that a network sees. */
public final class Thumbnail {
    private static final int LARGEST = 256;

    private Thumbnail() {}

    /** Whether rows of a tensor are pictures: shape (rows, height, width, 1 or 3), at least 4 × 4. */
    public static boolean shows(Tensor tensor) {
        Shape shape = tensor.shape();
        return Inputs.takesPictures(shape) && shape.size(1) >= 4 && shape.size(2) >= 4;
    }

    /**
     * A row of such a tensor. Values between 0 and 1, or 0 and 255, are shown as they are; others are stretched from the least to the
     * largest of the row. Of large pictures some pixels are left out.
     *
     * @param height of the view, in pixels
     */
    public static ImageView of(Tensor tensor, int row, double height) {
        int high = (int) tensor.shape().size(1);
        int wide = (int) tensor.shape().size(2);
        int channels = (int) tensor.shape().last();
        int step = Math.max(1, (Math.max(high, wide) + LARGEST - 1) / LARGEST);
        int start = row * high * wide * channels;
        Range range = Range.of(tensor, start, high * wide * channels);
        WritableImage image = new WritableImage((wide + step - 1) / step, (high + step - 1) / step);
        PixelWriter pixels = image.getPixelWriter();
        for (int y = 0; y < high; y += step) {
            for (int x = 0; x < wide; x += step) {
                int at = start + (y * wide + x) * channels;
                int red = range.level(tensor.at(at));
                int green = channels == 1 ? red : range.level(tensor.at(at + 1));
                int blue = channels == 1 ? red : range.level(tensor.at(at + 2));
                pixels.setArgb(x / step, y / step, 0xff000000 | red << 16 | green << 8 | blue);
            }
        }
        ImageView view = new ImageView(image);
        view.setPreserveRatio(true);
        view.setSmooth(high > height);
        view.setFitHeight(height);
        view.setFitWidth(2 * height);
        return view;
    }

    /** The values that are shown as black and as white. */
    private record Range(float black, float white) {
        static Range of(Tensor tensor, int start, int count) {
            float least = Float.POSITIVE_INFINITY;
            float most = Float.NEGATIVE_INFINITY;
            for (int i = start; i < start + count; i++) {
                float value = tensor.at(i);
                least = Float.isFinite(value) ? Math.min(least, value) : least;
                most = Float.isFinite(value) ? Math.max(most, value) : most;
            }
            if (least >= 0 && most <= 1) {
                return new Range(0, 1);
            }
            return least >= 0 && most <= 255 ? new Range(0, 255) : new Range(least, most);
        }

        int level(float value) {
            float share = (value - black) / Math.max(white - black, Float.MIN_NORMAL);
            return Float.isNaN(share) ? 0 : Math.round(255 * Math.max(0, Math.min(1, share)));
        }
    }
}
