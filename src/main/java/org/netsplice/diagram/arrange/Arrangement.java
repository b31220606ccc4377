package org.netsplice.diagram.arrange;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Detail.Direction;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.graph.GroupId;

/** Where the boxes and frames of a scene are and how its wires run, while it is being made. */
final class Arrangement {
    private final Boxes boxes;
    private final Detail detail;
    private final Rect[] areas;
    private final Routes[] routes;
    private final Map<GroupId, Rect> frames = new TreeMap<>();

    /** Boxes without places, and wires without routes. */
    Arrangement(Boxes boxes, Detail detail) {
        this.boxes = boxes;
        this.detail = detail;
        areas = new Rect[boxes.size()];
        routes = new Routes[boxes.size()];
        for (int number = 0; number < routes.length; number++) {
            routes[number] = Routes.unrouted(boxes.inputs(number));
        }
    }

    Boxes boxes() {
        return boxes;
    }

    Detail detail() {
        return detail;
    }

    Direction direction() {
        return detail.direction();
    }

    Rect area(int number) {
        return areas[number];
    }

    /** The areas of all boxes, in their order. */
    Rect[] areas() {
        return areas.clone();
    }

    Routes routes(int number) {
        return routes[number];
    }

    /** The frames around groups; they are changed here. */
    Map<GroupId, Rect> frames() {
        return frames;
    }

    void put(int number, Rect area) {
        areas[number] = area;
    }

    void put(int number, Laid laid) {
        areas[number] = laid.area();
        routes[number] = laid.routes();
    }

    void route(int number, int input, List<Point> points) {
        routes[number] = routes[number].with(input, points);
    }

    /** Where the wire to an input begins. */
    Point start(int number, int input) {
        return boxes.start(number, input, areas[boxes.source(number, input)], direction());
    }

    /** Where the wire to an input ends. */
    Point end(int number, int input) {
        return boxes.end(number, input, areas[number], direction());
    }
}
