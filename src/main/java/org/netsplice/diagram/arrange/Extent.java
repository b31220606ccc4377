package org.netsplice.diagram.arrange;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.netsplice.diagram.Item;

/**
 * How much work a layered layout of boxes is, told from their wires before it begins. In each gap between two layers its time grows
 * with the square of the wires that pass, and more where it keeps the order of the model.
 *
 * @param boxes how many there are
 * @param widest the most wires that pass a gap
 * @param squares of the wires of all gaps, added up
 */
record Extent(int boxes, long widest, double squares) {
    private static final int MAX_BOXES = 50_000;
    private static final double MAX_SQUARES = 4e6;
    private static final int MAX_IN_ORDER = 100;

    /** The extent of boxes with the wires among them. */
    static Extent of(Boxes boxes) {
        return of(sources(boxes));
    }

    /** Whether boxes can stand as late as they can, before their first reader or in the last layer, for hardly more work. */
    static boolean allowsLate(Boxes boxes) {
        return allowsLate(sources(boxes));
    }

    /** Like {@link #allowsLate(Boxes)}, given the numbers of the boxes that each reads. */
    static boolean allowsLate(int[][] sources) {
        return late(sources).isLike(of(sources));
    }

    private static Extent late(int[][] sources) {
        int[][] readers = readers(sources);
        int[] fromEnd = depths(readers, sources);
        int last = Arrays.stream(fromEnd).max().orElse(0);
        return of(sources, Arrays.stream(fromEnd).map(depth -> last - depth).toArray());
    }

    private static int[][] sources(Boxes boxes) {
        int[][] sources = new int[boxes.size()][];
        for (int number = 0; number < boxes.size(); number++) {
            sources[number] = boxes.item(number).reads().stream()
                    .map(Item.Source::item)
                    .mapToInt(boxes::number)
                    .filter(source -> source >= 0)
                    .toArray();
        }
        return sources;
    }

    /** The extent of boxes, given the numbers of the boxes that each reads. */
    static Extent of(int[][] sources) {
        return of(sources, layers(sources));
    }

    private static Extent of(int[][] sources, int[] layers) {
        int[] passing = new int[sources.length + 1];
        for (int number = 0; number < sources.length; number++) {
            for (int source : sources[number]) {
                passing[layers[source]]++;
                passing[Math.max(layers[number], layers[source])]--;
            }
        }
        long widest = 0;
        double squares = 0;
        long present = 0;
        for (int change : passing) {
            present += change;
            widest = Math.max(widest, present);
            squares += (double) present * present;
        }
        return new Extent(sources.length, widest, squares);
    }

    /** Each box in the first layer behind all it reads; what reads nothing stands right before its first reader. */
    private static int[] layers(int[][] sources) {
        int[][] readers = readers(sources);
        int[] layers = depths(sources, readers);
        for (int number = 0; number < sources.length; number++) {
            if (sources[number].length == 0) {
                layers[number] = Math.max(
                        0,
                        Arrays.stream(readers[number])
                                        .map(reader -> layers[reader])
                                        .min()
                                        .orElse(1)
                                - 1);
            }
        }
        return layers;
    }

    /** The length of the longest way to each box from one that has none before it. */
    private static int[] depths(int[][] before, int[][] after) {
        int[] missing = new int[before.length];
        int[] depths = new int[before.length];
        Deque<Integer> ready = new ArrayDeque<>();
        for (int number = 0; number < before.length; number++) {
            missing[number] = before[number].length;
            if (missing[number] == 0) {
                ready.add(number);
            }
        }
        while (!ready.isEmpty()) {
            int number = ready.remove();
            for (int reader : after[number]) {
                depths[reader] = Math.max(depths[reader], depths[number] + 1);
                if (--missing[reader] == 0) {
                    ready.add(reader);
                }
            }
        }
        return depths;
    }

    private static int[][] readers(int[][] sources) {
        int[] counts = new int[sources.length];
        for (int[] own : sources) {
            for (int source : own) {
                counts[source]++;
            }
        }
        int[][] readers = new int[sources.length][];
        Arrays.setAll(readers, number -> new int[counts[number]]);
        for (int number = 0; number < sources.length; number++) {
            for (int source : sources[number]) {
                readers[source][--counts[source]] = number;
            }
        }
        return readers;
    }

    /** Whether a layered layout takes longer than anybody waits. */
    boolean isExcessive() {
        return boxes > MAX_BOXES || squares > MAX_SQUARES;
    }

    /** Whether the order of the model can be kept, which takes much longer where many wires pass. */
    boolean keepsOrder() {
        return widest <= MAX_IN_ORDER;
    }

    private boolean isLike(Extent other) {
        return widest <= 2 * other.widest + 8 && squares <= 2 * other.squares + 1000;
    }
}
