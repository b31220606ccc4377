package org.netsplice.diagram.arrange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.DoubleStream;
import org.netsplice.diagram.Areas;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene.Point;

/**
 * Finds ways for wires around boxes: the shortest path of right angles, where a bend counts as some length. It searches (A*) the lines
 * that pass every box at a small distance. Inside, coordinates are turned so that the network runs down.
 */
final class Detours {
    /** The distance of a path from the boxes it passes. */
    private static final double GAP = 7;
    /** The straight piece at each end of a path. */
    private static final double STUB = 12;
    /** The length a bend counts as. */
    private static final double BEND = 60;
    /** How far beside the straight way boxes are looked at. */
    private static final double REACH = 500;
    /** A search of more steps would hold up the picture. */
    private static final int MAX_STEPS = 100_000;

    private final Detail.Direction direction;
    private final Areas areas;

    Detours(List<Rect> boxes, Detail.Direction direction) {
        this.direction = direction;
        this.areas = new Areas(boxes.stream().map(this::turned).toList());
    }

    /** Whether a wire runs behind a box. */
    boolean isCrossed(List<Point> wire) {
        for (int i = 1; i < wire.size(); i++) {
            if (isBlocked(turned(wire.get(i - 1)), turned(wire.get(i)))) {
                return true;
            }
        }
        return false;
    }

    /** A path from the output at one point to the input at another; empty when there is none, as where boxes overlap. */
    Optional<List<Point>> path(Point from, Point to) {
        Point start = turned(from);
        Point end = turned(to);
        return search(start, end, false).map(this::back).map(this::withRoomForArrow);
    }

    /** Between boxes that nearly touch, the way runs nearer to the output than to the input, whose arrowhead needs the room. */
    private List<Point> withRoomForArrow(List<Point> path) {
        List<Point> roomy = Straightening.withRoomForArrow(path, direction);
        return isCrossed(roomy) ? path : roomy;
    }

    /** A path from the output at a point to the far border of the network; empty when there is none. */
    Optional<List<Point>> leaving(Point from, double border) {
        Point start = turned(from);
        return search(start, new Point(start.x(), turned(border)), true).map(this::back);
    }

    /** A path from the near border of the network to the input at a point; empty when there is none. */
    Optional<List<Point>> entering(double border, Point to) {
        Detours mirrored = new Detours(all(), opposite());
        return mirrored.leaving(to, border).map(path -> {
            List<Point> turned = new ArrayList<>(path);
            Collections.reverse(turned);
            return List.copyOf(turned);
        });
    }

    private List<Rect> all() {
        List<Rect> boxes = new ArrayList<>();
        for (int i = 0; i < areas.size(); i++) {
            Rect box = areas.get(i);
            Point a = back(new Point(box.x(), box.y()));
            Point b = back(new Point(box.right(), box.bottom()));
            boxes.add(between(a, b));
        }
        return boxes;
    }

    private Detail.Direction opposite() {
        return switch (direction) {
            case TB -> Detail.Direction.BT;
            case BT -> Detail.Direction.TB;
            case LR -> Detail.Direction.RL;
            case RL -> Detail.Direction.LR;
        };
    }

    private Point turned(Point point) {
        return switch (direction) {
            case TB -> point;
            case BT -> new Point(point.x(), -point.y());
            case LR -> new Point(point.y(), point.x());
            case RL -> new Point(point.y(), -point.x());
        };
    }

    private double turned(double border) {
        return direction == Detail.Direction.TB || direction == Detail.Direction.LR ? border : -border;
    }

    private Point back(Point point) {
        return switch (direction) {
            case TB -> point;
            case BT -> new Point(point.x(), -point.y());
            case LR -> new Point(point.y(), point.x());
            case RL -> new Point(-point.y(), point.x());
        };
    }

    private List<Point> back(List<Point> path) {
        return path.stream().map(this::back).toList();
    }

    private Rect turned(Rect box) {
        return between(turned(new Point(box.x(), box.y())), turned(new Point(box.right(), box.bottom())));
    }

    private static Rect between(Point a, Point b) {
        return new Rect(
                Math.min(a.x(), b.x()), Math.min(a.y(), b.y()), Math.abs(a.x() - b.x()), Math.abs(a.y() - b.y()));
    }

    /** Whether the straight piece between two points goes through the inside of a box. */
    private boolean isBlocked(Point a, Point b) {
        return isBlocked(a, b, -0.5);
    }

    /** Whether the straight piece between two points comes closer to a box than this. */
    private boolean isBlocked(Point a, Point b, double distance) {
        Rect around = between(a, b).grown(Math.max(0, distance) + 0.01);
        BitSet near = areas.in(around);
        for (int i = near.nextSetBit(0); i >= 0; i = near.nextSetBit(i + 1)) {
            if (crosses(a, b, areas.get(i).grown(distance))) {
                return true;
            }
        }
        return false;
    }

    /** Clips the piece to the rectangle (Liang and Barsky) and tells whether something is left. */
    private static boolean crosses(Point a, Point b, Rect box) {
        double[] way = {a.x() - b.x(), b.x() - a.x(), a.y() - b.y(), b.y() - a.y()};
        double[] room = {a.x() - box.x(), box.right() - a.x(), a.y() - box.y(), box.bottom() - a.y()};
        double first = 0;
        double last = 1;
        for (int side = 0; side < 4; side++) {
            if (way[side] == 0) {
                if (room[side] <= 0) {
                    return false;
                }
            } else if (way[side] < 0) {
                first = Math.max(first, room[side] / way[side]);
            } else {
                last = Math.min(last, room[side] / way[side]);
            }
        }
        return first < last;
    }

    /** A crossing of two lines that was reached, and how: along the network or across it. */
    private record Step(int column, int row, boolean along, double cost, double estimate, Step before) {}

    /** The shortest path to a point, or to any point of the line across through it; close to boxes only where there is no other. */
    private Optional<List<Point>> search(Point start, Point end, boolean anywhere) {
        return search(start, end, anywhere, GAP - 1).or(() -> search(start, end, anywhere, -0.5));
    }

    private Optional<List<Point>> search(Point start, Point end, boolean anywhere, double distance) {
        Point first = new Point(start.x(), start.y() + STUB);
        Point goal = new Point(end.x(), end.y() - STUB);
        BitSet near = areas.in(between(first, goal).grown(REACH));
        double[] xs = lines(
                near.stream()
                        .mapToObj(areas::get)
                        .flatMapToDouble(box -> DoubleStream.of(box.x() - GAP, box.right() + GAP)),
                first.x(),
                goal.x());
        double[] ys = lines(
                near.stream()
                        .mapToObj(areas::get)
                        .flatMapToDouble(box -> DoubleStream.of(box.y() - GAP, box.bottom() + GAP)),
                first.y(),
                goal.y());
        PriorityQueue<Step> open = new PriorityQueue<>((one, two) -> Double.compare(one.estimate(), two.estimate()));
        Map<Long, Double> best = new HashMap<>();
        open.add(new Step(Arrays.binarySearch(xs, first.x()), Arrays.binarySearch(ys, first.y()), true, 0, 0, null));
        for (int steps = 0; !open.isEmpty() && steps < MAX_STEPS; steps++) {
            Step step = open.poll();
            if (ys[step.row()] == goal.y() && (anywhere || xs[step.column()] == goal.x())) {
                return Optional.of(points(start, step, xs, ys, anywhere ? new Point(xs[step.column()], end.y()) : end));
            }
            for (int side = 0; side < 4; side++) {
                boolean along = side < 2;
                int by = side % 2 == 0 ? 1 : -1;
                int column = along ? step.column() : step.column() + by;
                int row = along ? step.row() + by : step.row();
                if (column < 0 || row < 0 || column >= xs.length || row >= ys.length) {
                    continue;
                }
                Point from = new Point(xs[step.column()], ys[step.row()]);
                Point to = new Point(xs[column], ys[row]);
                double length = Math.abs(to.x() - from.x()) + Math.abs(to.y() - from.y());
                double cost = step.cost() + length + (along == step.along() ? 0 : BEND);
                long key = ((long) column * ys.length + row) * 2 + (along ? 1 : 0);
                if (cost < best.getOrDefault(key, Double.POSITIVE_INFINITY) && !isBlocked(from, to, distance)) {
                    best.put(key, cost);
                    double rest = Math.abs(goal.y() - to.y()) + (anywhere ? 0 : Math.abs(goal.x() - to.x()));
                    open.add(new Step(column, row, along, cost, cost + rest, step));
                }
            }
        }
        return Optional.empty();
    }

    private static double[] lines(DoubleStream beside, double one, double other) {
        return DoubleStream.concat(beside, DoubleStream.of(one, other))
                .sorted()
                .distinct()
                .toArray();
    }

    /** The corners of a path from the first to the last point. */
    private static List<Point> points(Point start, Step last, double[] xs, double[] ys, Point end) {
        List<Point> points = new ArrayList<>();
        points.add(end);
        for (Step step = last; step != null; step = step.before()) {
            points.add(new Point(xs[step.column()], ys[step.row()]));
        }
        points.add(start);
        Collections.reverse(points);
        List<Point> corners = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            boolean corner =
                    i == 0 || i == points.size() - 1 || !straight(points.get(i - 1), points.get(i), points.get(i + 1));
            if (corner) {
                corners.add(points.get(i));
            }
        }
        return corners;
    }

    private static boolean straight(Point a, Point b, Point c) {
        return (a.x() == b.x() && b.x() == c.x()) || (a.y() == b.y() && b.y() == c.y());
    }
}
