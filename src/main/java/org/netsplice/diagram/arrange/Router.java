package org.netsplice.diagram.arrange;

import java.util.ArrayList;
import java.util.List;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Scene.Point;

/** Simple paths for wires that the layout did not draw, because one of their ends was put somewhere by hand. */
final class Router {
    private static final double STUB = 16;
    /** The least length of the last piece, which holds the arrowhead. */
    private static final double ARROW = 10;
    /** Ends that are no further apart, across the network, are joined by a straight line. */
    private static final double MAX_SLANT = 1;

    private Router() {}

    /** An orthogonal path that leaves and arrives in the direction of the network. */
    static List<Point> route(Point from, Point to, Detail.Direction direction) {
        boolean forward = direction == Detail.Direction.TB || direction == Detail.Direction.LR;
        double sign = forward ? 1 : -1;
        return direction.vertical()
                ? vertical(from, to, sign)
                : vertical(swap(from), swap(to), sign).stream()
                        .map(Router::swap)
                        .toList();
    }

    /** A path that leaves and arrives as {@link #route}, and runs along the network at a place across it. */
    static List<Point> beside(Point from, Point to, double lane, Detail.Direction direction) {
        double sign = direction == Detail.Direction.TB || direction == Detail.Direction.LR ? 1 : -1;
        Point start = direction.vertical() ? from : swap(from);
        Point end = direction.vertical() ? to : swap(to);
        double out = start.y() + sign * STUB;
        double in = end.y() - sign * STUB;
        List<Point> path = List.of(
                start,
                new Point(start.x(), out),
                new Point(lane, out),
                new Point(lane, in),
                new Point(end.x(), in),
                end);
        return direction.vertical() ? path : path.stream().map(Router::swap).toList();
    }

    private static Point swap(Point point) {
        return new Point(point.y(), point.x());
    }

    private static List<Point> vertical(Point from, Point to, double sign) {
        List<Point> points = new ArrayList<>();
        points.add(from);
        double apart = (to.y() - from.y()) * sign;
        boolean straight = Math.abs(from.x() - to.x()) <= MAX_SLANT;
        if (apart >= (straight ? ARROW : 2 * ARROW)) {
            if (!straight) {
                double middle = to.y() - sign * Math.min(STUB, apart / 2);
                points.add(new Point(from.x(), middle));
                points.add(new Point(to.x(), middle));
            }
        } else {
            double beside = (from.x() + to.x()) / 2;
            if (Math.abs(from.x() - to.x()) < 2 * STUB) {
                beside = Math.max(from.x(), to.x()) + 8 * STUB;
            }
            points.add(new Point(from.x(), from.y() + sign * STUB));
            points.add(new Point(beside, from.y() + sign * STUB));
            points.add(new Point(beside, to.y() - sign * STUB));
            points.add(new Point(to.x(), to.y() - sign * STUB));
        }
        points.add(to);
        return points;
    }
}
