package org.netsplice.editor.gesture;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene.Point;

/**
 * How dragged boxes snap into line with others: at their left edges, middles or right edges, and at their upper edges, middles or lower
 * edges.
 *
 * @param dx how much further to move right, in points
 * @param dy how much further to move down, in points
 * @param guides the lines shared with other boxes, each drawn through both boxes
 */
record Snap(double dx, double dy, List<List<Point>> guides) {
    /** Boxes further away do not attract. */
    private static final double FAR = 600;

    /** Where wires leave: middles come before edges. */
    private static final int MIDDLE = 1;

    private static final double SAME = 0.01;
    private static final double BEYOND = 8;

    /** Places nearer than {@code reach} snap. */
    static Snap of(Rect moved, List<Rect> others, double reach) {
        List<Rect> near =
                others.stream().filter(other -> other.meets(moved.grown(FAR))).toList();
        double dx = nearest(near, moved, true, reach);
        double dy = nearest(near, moved, false, reach);
        Rect placed = moved.moved(dx, dy);
        List<List<Point>> guides = new ArrayList<>();
        guides(placed, near, true, guides);
        guides(placed, near, false, guides);
        return new Snap(dx, dy, guides);
    }

    private static double[] lines(Rect area, boolean across) {
        return across
                ? new double[] {area.x(), area.centerX(), area.right()}
                : new double[] {area.y(), area.centerY(), area.bottom()};
    }

    private static double nearest(List<Rect> others, Rect moved, boolean across, double reach) {
        return nearest(others, moved, across, reach, MIDDLE, MIDDLE)
                .orElseGet(() -> nearest(others, moved, across, reach, 0, 2).orElse(0));
    }

    private static OptionalDouble nearest(
            List<Rect> others, Rect moved, boolean across, double reach, int from, int to) {
        double best = reach;
        OptionalDouble shift = OptionalDouble.empty();
        double[] own = lines(moved, across);
        for (Rect other : others) {
            double[] theirs = lines(other, across);
            for (int i = from; i <= to; i++) {
                double distance = theirs[i] - own[i];
                if (Math.abs(distance) < best) {
                    best = Math.abs(distance);
                    shift = OptionalDouble.of(distance);
                }
            }
        }
        return shift;
    }

    /** A guide for each of the three places that other boxes share, drawn across all of these boxes. */
    private static void guides(Rect placed, List<Rect> others, boolean across, List<List<Point>> into) {
        double[] own = lines(placed, across);
        for (int i = 0; i < own.length; i++) {
            double from = across ? placed.y() : placed.x();
            double to = across ? placed.bottom() : placed.right();
            boolean shared = false;
            for (Rect other : others) {
                if (Math.abs(lines(other, across)[i] - own[i]) < SAME) {
                    shared = true;
                    from = Math.min(from, across ? other.y() : other.x());
                    to = Math.max(to, across ? other.bottom() : other.right());
                }
            }
            if (shared) {
                into.add(
                        across
                                ? List.of(new Point(own[i], from - BEYOND), new Point(own[i], to + BEYOND))
                                : List.of(new Point(from - BEYOND, own[i]), new Point(to + BEYOND, own[i])));
            }
        }
    }
}
