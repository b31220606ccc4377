package org.netsplice.gui.canvas;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

/**
 * A sheet seen larger or smaller than it was painted. Pixels are interpolated between their four neighbours, first between two rows
 * and then between two columns; the software renderer needs four times as long for that.
 */
final class ScaledPicture extends ImageView {
    private static final int ODD = 0x00FF00FF;
    private static final int EVEN = 0xFF00FF00;
    /** The number of parts into which rows of pixels are split for several processors. */
    private static final int BANDS = 16;

    private State state;
    private PixelBuffer<IntBuffer> buffer;
    private int width;
    private int height;
    private int[] columns = new int[0];
    private int[] parts = new int[0];
    /** The first column that is seen, and how many are. */
    private long left;

    private int wide;

    ScaledPicture() {
        setManaged(false);
        setSmooth(false);
    }

    /** How a sheet is seen: enlarged by a factor, its origin at a place, in pixels of the screen; ground where nothing was painted. */
    record Look(double factor, double x, double y, int ground) {}

    /** What the picture was made of; {@code painted} counts the tiles that were ever painted. */
    private record State(Sheet sheet, int painted, Look look, double width, double height) {}

    /** Shows a sheet in an area of this size, in the units of the scene graph. */
    void show(Sheet sheet, Look look, double areaWidth, double areaHeight) {
        State wanted = new State(sheet, sheet.painted(), look, areaWidth, areaHeight);
        if (wanted.equals(state)) {
            return;
        }
        state = wanted;
        resize(areaWidth, areaHeight, sheet.density());
        columns(look);
        Grid grid = grid(sheet, look);
        int[] pixels = buffer.getBuffer().array();
        IntStream.range(0, BANDS)
                .parallel()
                .forEach(
                        band -> new Band(grid, look).paint(pixels, height * band / BANDS, height * (band + 1) / BANDS));
        buffer.updateBuffer(all -> null);
    }

    /** The pixels of the tiles that are seen, by row and column. */
    private record Grid(int size, long firstRow, long firstColumn, List<List<Optional<int[]>>> tiles) {}

    private Grid grid(Sheet sheet, Look look) {
        int size = sheet.pixelsOfSide();
        long firstColumn = Math.floorDiv(left, size);
        long lastColumn = Math.floorDiv(left + wide, size);
        long firstRow = Math.floorDiv(row(look, 0), size);
        long lastRow = Math.floorDiv(row(look, height) + 1, size);
        List<List<Optional<int[]>>> tiles = new ArrayList<>();
        for (long row = firstRow; row <= lastRow; row++) {
            List<Optional<int[]>> line = new ArrayList<>();
            for (long column = firstColumn; column <= lastColumn; column++) {
                line.add(sheet.pixels((int) column, (int) row));
            }
            tiles.add(line);
        }
        return new Grid(size, firstRow, firstColumn, tiles);
    }

    /** Where the middle of a pixel's row lies in the sheet, in rows whose middles are whole numbers. */
    private static double place(Look look, int y) {
        return (y + 0.5 - look.y()) / look.factor() - 0.5;
    }

    private static long row(Look look, int y) {
        return (long) Math.floor(place(look, y));
    }

    private void resize(double areaWidth, double areaHeight, double density) {
        int wantedWidth = (int) Math.max(1, Math.ceil(areaWidth * density));
        int wantedHeight = (int) Math.max(1, Math.ceil(areaHeight * density));
        if (buffer == null || wantedWidth != width || wantedHeight != height) {
            width = wantedWidth;
            height = wantedHeight;
            buffer = new PixelBuffer<>(
                    width, height, IntBuffer.allocate(width * height), PixelFormat.getIntArgbPreInstance());
            setImage(new WritableImage(buffer));
            columns = new int[width];
            parts = new int[width];
        }
        setFitWidth(width / density);
        setFitHeight(height / density);
    }

    /** Finds the left neighbour of each column and how far it is right of that, in parts of 256. */
    private void columns(Look look) {
        left = (long) Math.floor((0.5 - look.x()) / look.factor() - 0.5);
        for (int x = 0; x < width; x++) {
            double place = (x + 0.5 - look.x()) / look.factor() - 0.5;
            long column = (long) Math.floor(place);
            columns[x] = (int) (column - left);
            parts[x] = (int) ((place - column) * 256);
        }
        wide = columns[width - 1] + 2;
    }

    /** Two of the four bytes of a pixel are multiplied at once. */
    private static int between(int first, int second, int part) {
        int rest = 256 - part;
        int odd = ((first & ODD) * rest + (second & ODD) * part) >>> 8 & ODD;
        int even = ((first >>> 8 & ODD) * rest + (second >>> 8 & ODD) * part) & EVEN;
        return odd | even;
    }

    /** Makes rows of pixels; each band has its own. */
    private final class Band {
        private final Grid grid;
        private final Look look;
        private int[] above = new int[wide];
        private int[] below = new int[wide];
        private final int[] mixed = new int[wide];
        private long rowAbove = Long.MIN_VALUE;
        private long rowBelow = Long.MIN_VALUE;

        private Band(Grid grid, Look look) {
            this.grid = grid;
            this.look = look;
        }

        private void paint(int[] pixels, int from, int to) {
            for (int y = from; y < to; y++) {
                long row = row(look, y);
                rows(row);
                mix((int) ((place(look, y) - row) * 256));
                line(pixels, y * width);
            }
        }

        /** Fetches a row of the sheet and the one below it. */
        private void rows(long row) {
            if (rowBelow == row) {
                int[] kept = above;
                above = below;
                below = kept;
                rowAbove = rowBelow;
                rowBelow = Long.MIN_VALUE;
            }
            if (rowAbove != row) {
                fetch(row, above);
                rowAbove = row;
            }
            if (rowBelow != row + 1) {
                fetch(row + 1, below);
                rowBelow = row + 1;
            }
        }

        private void fetch(long row, int[] into) {
            int size = grid.size();
            List<Optional<int[]>> line = grid.tiles().get((int) (Math.floorDiv(row, size) - grid.firstRow()));
            int within = Math.floorMod(row, size);
            int x = 0;
            while (x < wide) {
                int from = Math.floorMod(left + x, size);
                int count = Math.min(size - from, wide - x);
                Optional<int[]> pixels = line.get((int) (Math.floorDiv(left + x, size) - grid.firstColumn()));
                if (pixels.isPresent()) {
                    System.arraycopy(pixels.get(), within * size + from, into, x, count);
                } else {
                    Arrays.fill(into, x, x + count, look.ground());
                }
                x += count;
            }
        }

        private void mix(int part) {
            int[] first = above;
            int[] second = below;
            int[] into = mixed;
            for (int i = 0; i < into.length; i++) {
                into[i] = between(first[i], second[i], part);
            }
        }

        private void line(int[] pixels, int start) {
            int[] from = mixed;
            int[] places = columns;
            int[] shares = parts;
            for (int x = 0; x < places.length; x++) {
                int column = places[x];
                pixels[start + x] = between(from[column], from[column + 1], shares[x]);
            }
        }
    }
}
