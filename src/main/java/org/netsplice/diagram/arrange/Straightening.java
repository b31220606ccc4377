package org.netsplice.diagram.arrange;

import java.util.ArrayList;
import java.util.List;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Detail.Direction;
import org.netsplice.diagram.Scene.Point;

/** Takes out the jogs of a pixel or two that ELK leaves where it moves ports a little; they would turn arrowheads. */
final class Straightening {
    /** The largest jog that is taken out. */
    private static final double MAX_JOG = 2;

    /** How much a wire of two points may move across the network for each pixel along it. */
    private static final double MAX_SLANT = 0.04;

    /** The shortest last piece of a wire, which holds its arrowhead. */
    private static final double ARROW = 8;

    private final Direction direction;
    private final List<Point> points;

    private Straightening(List<Point> points, Direction direction) {
        this.direction = direction;
        this.points = new ArrayList<>(points);
    }

    /** A wire through these points from a port to an input; paths of right angles keep them. */
    static List<Point> of(List<Point> points, Point start, Point end, Detail detail) {
        Straightening made = new Straightening(points, detail.direction());
        boolean curved = detail.splines() == Detail.Splines.SPLINE || detail.splines() == Detail.Splines.POLYLINE;
        made.begin(start, !curved);
        made.finish(end, !curved);
        if (!curved) {
            made.straighten();
            made.leaveRoomForArrow();
        }
        return List.copyOf(made.points);
    }

    /** The same path of right angles with its last bend far enough from the end for an arrowhead, where there is room. */
    static List<Point> withRoomForArrow(List<Point> path, Direction direction) {
        Straightening made = new Straightening(path, direction);
        made.leaveRoomForArrow();
        return List.copyOf(made.points);
    }

    private void begin(Point start, boolean run) {
        if (points.isEmpty() || !isNear(points.get(0), start)) {
            points.add(0, start);
        } else {
            if (run) {
                moved(0, 1, across(start));
            }
            points.set(0, start);
        }
    }

    private void finish(Point end, boolean run) {
        int last = points.size() - 1;
        if (last == 0 || !isNear(points.get(last), end)) {
            points.add(end);
        } else {
            if (run) {
                moved(last, -1, across(end));
            }
            points.set(last, end);
        }
    }

    private static boolean isNear(Point one, Point other) {
        return Math.hypot(one.x() - other.x(), one.y() - other.y()) <= MAX_JOG;
    }

    private void straighten() {
        Point start = points.get(0);
        if (points.stream().allMatch(point -> Math.abs(across(point) - across(start)) <= MAX_JOG)) {
            points.subList(1, points.size() - 1).clear();
            bendInTheMiddle();
            return;
        }
        for (int i = 0; i + 1 < points.size(); i++) {
            double jog = Math.abs(across(points.get(i + 1)) - across(points.get(i)));
            if (jog > 0 && jog <= MAX_JOG && !moved(i + 1, 1, across(points.get(i)))) {
                moved(i, -1, across(points.get(i + 1)));
            }
        }
        for (int i = points.size() - 2; i > 0; i--) {
            if (isStraight(points.get(i - 1), points.get(i), points.get(i + 1))) {
                points.remove(i);
            }
        }
    }

    /** Gives a wire of two points that would slant visibly two bends halfway, where both halves can hold an arrowhead. */
    private void bendInTheMiddle() {
        Point start = points.get(0);
        Point end = points.get(1);
        double length = Math.abs(along(end) - along(start));
        double slant = Math.abs(across(end) - across(start));
        if (slant > MAX_SLANT * length && length >= 2 * ARROW) {
            double middle = (along(start) + along(end)) / 2;
            points.addAll(1, List.of(at(middle, across(start)), at(middle, across(end))));
        }
    }

    /** Moves the last bend towards the start where the piece behind it is shorter than an arrowhead. */
    private void leaveRoomForArrow() {
        int last = points.size() - 1;
        if (last < 3) {
            return;
        }
        Point end = points.get(last);
        Point bend = points.get(last - 1);
        Point before = points.get(last - 2);
        double piece = along(end) - along(bend);
        double free = along(before) - along(points.get(last - 3));
        double missing = ARROW - Math.abs(piece);
        boolean crosses = along(bend) == along(before) && across(bend) == across(end);
        boolean room = piece * free < 0 || Math.abs(free) > missing;
        if (crosses && missing > 0 && room) {
            double moved = along(bend) - Math.signum(piece) * missing;
            points.set(last - 1, at(moved, across(bend)));
            points.set(last - 2, at(moved, across(before)));
        }
    }

    /** Moves the points that run along the network from one on; returns whether it could, which it cannot at the ends. */
    private boolean moved(int from, int step, double to) {
        double before = across(points.get(from));
        int until = from;
        while (until >= 0 && until < points.size() && across(points.get(until)) == before) {
            until += step;
        }
        if (until < 0 || until == points.size()) {
            return false;
        }
        for (int i = from; i != until; i += step) {
            Point point = points.get(i);
            points.set(i, direction.vertical() ? new Point(to, point.y()) : new Point(point.x(), to));
        }
        return true;
    }

    private double across(Point point) {
        return direction.vertical() ? point.x() : point.y();
    }

    private double along(Point point) {
        return direction.vertical() ? point.y() : point.x();
    }

    private Point at(double along, double across) {
        return direction.vertical() ? new Point(across, along) : new Point(along, across);
    }

    private static boolean isStraight(Point before, Point point, Point after) {
        return (before.x() == point.x() && point.x() == after.x())
                || (before.y() == point.y() && point.y() == after.y())
                || before.equals(point);
    }
}
