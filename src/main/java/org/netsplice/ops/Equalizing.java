package org.netsplice.ops;

/**
 * Equalizes histograms as {@code keras.layers.ContrastLimitedAdaptiveHistogramEqualization} 3.15 does: every
 * tile has a curve of its own, and every pixel mixes the curves of the four tiles around it.
 */
public final class Equalizing {
    private static final int LEVELS = 256;

    private final float[] pixels;
    private final int height;
    private final int width;
    private final int channels;
    private final int gridRows;
    private final int gridColumns;
    private final int tileRows;
    private final int tileColumns;
    private final double clipLimit;

    private Equalizing(Array images, int gridRows, int gridColumns, double clipLimit) {
        this.pixels = images.values();
        this.height = Math.toIntExact(images.size(1));
        this.width = Math.toIntExact(images.size(2));
        this.channels = Math.toIntExact(images.size(3));
        this.gridRows = gridRows;
        this.gridColumns = gridColumns;
        this.tileRows = (height + gridRows - 1) / gridRows;
        this.tileColumns = (width + gridColumns - 1) / gridColumns;
        this.clipLimit = clipLimit;
    }

    /**
     * Equalizes.
     *
     * @param images (batch, height, width, channels) with values from 0 to 255
     * @param gridRows tiles from top to bottom; the last ones may reach over the border, where the image is mirrored
     * @param gridColumns tiles from left to right
     * @param clipLimit how often a level may occur in a tile, as a multiple of the mean; 0 or less for no limit
     */
    public static Array adaptive(Array images, int gridRows, int gridColumns, double clipLimit) {
        Array result = new Equalizing(images, gridRows, gridColumns, clipLimit).result(images);
        return Tape.obstacle("histogram equalisation", result, images);
    }

    private Array result(Array images) {
        float[] result = new float[pixels.length];
        int size = height * width * channels;
        for (int start = 0; start < pixels.length; start += size) {
            for (int channel = 0; channel < channels; channel++) {
                equalize(start + channel, result);
            }
        }
        return Array.of(result, images.sizes());
    }

    private int level(int first, int row, int column) {
        int y = row < height ? row : 2 * height - 1 - row;
        int x = column < width ? column : 2 * width - 1 - column;
        float value = pixels[first + (y * width + x) * channels];
        return (int) Math.min(Math.max(value, 0), LEVELS - 1);
    }

    /** One channel of one image whose first pixel stands at {@code first}. */
    private void equalize(int first, float[] into) {
        float[][][] curves = new float[gridRows][gridColumns][];
        for (int row = 0; row < gridRows; row++) {
            for (int column = 0; column < gridColumns; column++) {
                curves[row][column] = curve(first, row * tileRows, column * tileColumns);
            }
        }
        for (int row = 0; row < height; row++) {
            float y = (row - tileRows / 2f) / tileRows;
            int above = (int) Math.floor(y);
            float[][] upper = curves[inside(above, gridRows)];
            float[][] lower = curves[inside(above + 1, gridRows)];
            for (int column = 0; column < width; column++) {
                float x = (column - tileColumns / 2f) / tileColumns;
                int before = (int) Math.floor(x);
                int left = inside(before, gridColumns);
                int right = inside(before + 1, gridColumns);
                int level = level(first, row, column);
                float top = mixed(upper[left][level], upper[right][level], x - before);
                float bottom = mixed(lower[left][level], lower[right][level], x - before);
                into[first + (row * width + column) * channels] = mixed(top, bottom, y - above);
            }
        }
    }

    private static int inside(int tile, int tiles) {
        return Math.min(Math.max(tile, 0), tiles - 1);
    }

    private static float mixed(float one, float other, float share) {
        return one * (1 - share) + other * share;
    }

    /** The curve of the tile that starts here: for every level, the share of pixels that are not brighter, scaled to 0…255. */
    private float[] curve(int first, int top, int left) {
        float[] counts = new float[LEVELS];
        for (int row = top; row < top + tileRows; row++) {
            for (int column = left; column < left + tileColumns; column++) {
                counts[level(first, row, column)]++;
            }
        }
        int area = tileRows * tileColumns;
        if (clipLimit > 0) {
            float limit = (float) (clipLimit * area / LEVELS);
            float excess = 0;
            for (float count : counts) {
                excess += count - Math.min(count, limit);
            }
            for (int level = 0; level < LEVELS; level++) {
                counts[level] = Math.min(counts[level], limit) + excess / LEVELS;
            }
        }
        for (int level = 1; level < LEVELS; level++) {
            counts[level] += counts[level - 1];
        }
        float least = counts[0];
        float rest = area - least == 0 ? 1 : area - least;
        for (int level = 0; level < LEVELS; level++) {
            counts[level] = Math.min(Math.max((counts[level] - least) * 255 / rest, 0), 255);
        }
        return counts;
    }
}
