package org.netsplice.diagram.arrange;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.netsplice.diagram.Scene.Point;

/**
 * The wires that end at a box.
 *
 * @param wires the points of the wire to each input, from the port that is read to the box; no points where the wire is not routed
 */
record Routes(List<List<Point>> wires) {
    Routes {
        wires = List.copyOf(wires);
    }

    /** How the wire to an input is changed. */
    interface Change {
        List<Point> apply(int input, List<Point> points);
    }

    /** Inputs whose wires are not routed yet. */
    static Routes unrouted(int inputs) {
        return new Routes(Collections.nCopies(inputs, List.of()));
    }

    int inputs() {
        return wires.size();
    }

    List<Point> to(int input) {
        return wires.get(input);
    }

    boolean reaches(int input) {
        return !wires.get(input).isEmpty();
    }

    Routes with(int input, List<Point> points) {
        List<List<Point>> changed = new ArrayList<>(wires);
        changed.set(input, points);
        return new Routes(changed);
    }

    /** All wires, each changed. */
    Routes each(Change change) {
        List<List<Point>> changed = new ArrayList<>(wires.size());
        for (int input = 0; input < wires.size(); input++) {
            changed.add(change.apply(input, wires.get(input)));
        }
        return new Routes(changed);
    }

    Routes moved(double dx, double dy) {
        return each((input, points) -> moved(points, dx, dy));
    }

    /** The points, each moved. */
    static List<Point> moved(List<Point> points, double dx, double dy) {
        return points.stream()
                .map(point -> new Point(point.x() + dx, point.y() + dy))
                .collect(Collectors.toUnmodifiableList());
    }
}
