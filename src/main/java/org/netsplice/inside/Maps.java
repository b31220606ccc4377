package org.netsplice.inside;

import java.util.Arrays;
import java.util.OptionalInt;
import org.netsplice.export.Raster;
import org.netsplice.graph.Tensor;

/**
 * One row of a layer's values as maps of numbers: a picture has a map for each channel, steps by features or attention are one map (the
 * first axis downwards), a line of numbers is one map that is broken into lines. More axes are read as maps of the last two.
 */
public final class Maps {
    /** The most maps that are shown side by side. */
    static final int MAX_SHOWN = 256;

    private static final int GAP = 1;
    /** How many times as wide as high a line of numbers becomes. */
    private static final double WIDER = 4;

    private final Tensor own;
    private final int count;
    private final int height;
    private final int width;
    private final Steps steps;

    /** How far the numbers of neighbouring maps, rows and columns are from each other. */
    private record Steps(int map, int row, int column) {
        static Steps ofLast(int height, int width) {
            return new Steps(height * width, width, 1);
        }
    }

    private Maps(Tensor own, int count, int height, int width, Steps steps) {
        this.own = own;
        this.count = count;
        this.height = height;
        this.width = width;
        this.steps = steps;
    }

    /**
     * The maps of a row.
     *
     * @param values what the layer gives, rows first
     * @param row counted from 0
     * @param channelsFirst whether pictures have their channels before rows and columns
     */
    public static Maps of(Tensor values, int row, boolean channelsFirst) {
        Tensor own = values.rows(row, row + 1);
        long[] sizes = own.shape().sizes();
        int rank = sizes.length;
        if (rank < 3) {
            int numbers = rank < 2 ? 1 : (int) sizes[1];
            int wide = Math.max(1, Math.min(numbers, (int) Math.ceil(Math.sqrt(numbers * WIDER))));
            return new Maps(own, 1, Math.max(1, (numbers + wide - 1) / wide), wide, new Steps(0, wide, 1));
        }
        if (rank == 4 && !channelsFirst) {
            int channels = (int) sizes[3];
            Steps steps = new Steps(1, (int) sizes[2] * channels, channels);
            return new Maps(own, channels, (int) sizes[1], (int) sizes[2], steps);
        }
        int high = (int) sizes[rank - 2];
        int wide = (int) sizes[rank - 1];
        int maps = high * wide == 0 ? 0 : own.length() / (high * wide);
        return new Maps(own, maps, high, wide, Steps.ofLast(high, wide));
    }

    /** The number of maps. */
    public int count() {
        return count;
    }

    /** How many maps {@link #all} shows. */
    public int shown() {
        return Math.min(count, MAX_SHOWN);
    }

    /** The rows of a map. */
    public int height() {
        return height;
    }

    /** The columns of a map. */
    public int width() {
        return width;
    }

    private int columns() {
        return Math.max(1, (int) Math.ceil(Math.sqrt(shown())));
    }

    /** The first maps side by side in a square, a pixel for each number, each map over its own range. */
    public Raster all() {
        int columns = columns();
        int lines = Math.max(1, (shown() + columns - 1) / columns);
        int wide = Math.max(1, columns * (width + GAP) - GAP);
        int high = Math.max(1, lines * (height + GAP) - GAP);
        int[] pixels = new int[wide * high];
        for (int map = 0; map < shown(); map++) {
            paint(map, pixels, map / columns * (height + GAP) * wide + map % columns * (width + GAP), wide);
        }
        return new Raster(wide, high, pixels);
    }

    /** One map, counted from 0, a pixel for each number. */
    public Raster one(int map) {
        int[] pixels = new int[Math.max(1, width * height)];
        Arrays.fill(pixels, 0);
        paint(map, pixels, 0, width);
        return new Raster(Math.max(1, width), Math.max(1, height), pixels);
    }

    /** The map at a pixel of {@link #all}, with the gaps to its right and below it; empty where there is none. */
    public OptionalInt at(int x, int y) {
        int column = x / (width + GAP);
        int map = y / (height + GAP) * columns() + column;
        boolean inside = x >= 0 && y >= 0 && column < columns() && map < shown();
        return inside ? OptionalInt.of(map) : OptionalInt.empty();
    }

    private void paint(int map, int[] pixels, int from, int line) {
        int first = map * steps.map();
        ValuePicture.Range range = ValuePicture.Range.of(own, first, height, steps.row(), width, steps.column());
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = first + y * steps.row() + x * steps.column();
                if (at < own.length()) {
                    pixels[from + y * line + x] = ValuePicture.color(range.share(own.numberAt(at)));
                }
            }
        }
    }
}
