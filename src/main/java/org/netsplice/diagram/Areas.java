package org.netsplice.diagram;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Many rectangles by where they are: those that meet an area are found without looking at all of them. They are sorted into the
 * cells of a grid; few stand in one cell, and those that lie in many cells are always looked at.
 */
public final class Areas {
    private static final double PER_CELL = 4;
    private static final int MOST_CELLS = 32;

    private final Rect[] areas;
    private final double left;
    private final double top;
    private final double side;
    private final int columns;
    private final int rows;
    /** Where in the list of items those of each cell begin; one more for where the last ones end. */
    private final int[] begins;

    private final int[] items;
    private final BitSet large = new BitSet();

    /** An index of rectangles, numbered in the order given. */
    public Areas(List<Rect> all) {
        areas = all.toArray(Rect[]::new);
        Rect whole = all.stream().reduce(Rect::with).orElse(new Rect(0, 0, 1, 1));
        left = whole.x();
        top = whole.y();
        double cells = Math.max(1, areas.length / PER_CELL);
        side = Math.max(1, Math.sqrt(whole.width() * whole.height() / cells));
        columns = (int) Math.max(1, Math.min(cells, Math.ceil(whole.width() / side)));
        rows = (int) Math.max(1, Math.min(cells, Math.ceil(whole.height() / side)));
        int[] counts = new int[columns * rows + 1];
        for (int i = 0; i < areas.length; i++) {
            Cells in = cells(areas[i]);
            large.set(i, in.count() > MOST_CELLS);
            if (!large.get(i)) {
                in.each(cell -> counts[cell + 1]++);
            }
        }
        Arrays.parallelPrefix(counts, Integer::sum);
        begins = counts;
        items = new int[begins[begins.length - 1]];
        int[] next = begins.clone();
        for (int i = 0; i < areas.length; i++) {
            int item = i;
            if (!large.get(i)) {
                cells(areas[i]).each(cell -> items[next[cell]++] = item);
            }
        }
    }

    /** The cells from one column and row to another, both included; numbered row by row. */
    private record Cells(int firstColumn, int lastColumn, int firstRow, int lastRow, int columns) {

        long count() {
            return (lastColumn - firstColumn + 1L) * (lastRow - firstRow + 1L);
        }

        void each(java.util.function.IntConsumer task) {
            for (int row = firstRow; row <= lastRow; row++) {
                for (int column = firstColumn; column <= lastColumn; column++) {
                    task.accept(row * columns + column);
                }
            }
        }
    }

    private Cells cells(Rect area) {
        return new Cells(
                within((area.x() - left) / side, columns),
                within((area.right() - left) / side, columns),
                within((area.y() - top) / side, rows),
                within((area.bottom() - top) / side, rows),
                columns);
    }

    private static int within(double place, int count) {
        return Math.max(0, Math.min(count - 1, (int) Math.floor(place)));
    }

    /** The number of rectangles. */
    public int size() {
        return areas.length;
    }

    /** The rectangle with a number. */
    public Rect get(int item) {
        return areas[item];
    }

    /** The numbers of those that meet an area. */
    public BitSet in(Rect area) {
        BitSet found = (BitSet) large.clone();
        cells(area).each(cell -> {
            for (int i = begins[cell]; i < begins[cell + 1]; i++) {
                found.set(items[i]);
            }
        });
        for (int item = found.nextSetBit(0); item >= 0; item = found.nextSetBit(item + 1)) {
            found.set(item, areas[item].meets(area));
        }
        return found;
    }
}
