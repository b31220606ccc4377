package org.netsplice.diagram;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.diagram.Scene.Box;
import org.netsplice.diagram.Scene.Frame;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.diagram.Scene.Wire;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.NodeId;

/** Pictures on the way from one to another. */
public final class Interpolation {
    private Interpolation() {}

    /** A picture on the way from one to another, {@code part} from 0 to 1; what only one has is at its place in that one. */
    public static Scene between(Scene from, Scene to, double part) {
        List<Box> boxes = new ArrayList<>(to.boxes().size());
        for (Box box : to.boxes()) {
            Rect start = from.box(box.id()).orElse(box).area();
            Rect area = box.area()
                    .moved(
                            (1 - part) * (start.x() - box.area().x()),
                            (1 - part) * (start.y() - box.area().y()));
            boxes.add(new Box(box.id(), box.label(), area, box.inside(), box.inputs(), box.outlets(), box.folded()));
        }
        Scene moved = to.with(boxes, List.of(), List.of(), List.of());
        List<Wire> wires =
                to.wires().stream().map(wire -> stretched(wire, to, moved)).toList();
        Map<GroupId, Rect> frames = new HashMap<>();
        from.frames().forEach(frame -> frames.put(frame.id(), frame.area()));
        List<Frame> between = to.frames().stream()
                .map(frame -> between(frames.getOrDefault(frame.id(), frame.area()), frame, part))
                .toList();
        return to.with(boxes, wires, between, to.notes());
    }

    private static Frame between(Rect start, Frame to, double part) {
        double rest = 1 - part;
        Rect end = to.area();
        Rect between = new Rect(
                end.x() * part + start.x() * rest,
                end.y() * part + start.y() * rest,
                end.width() * part + start.width() * rest,
                end.height() * part + start.height() * rest);
        return new Frame(to.id(), to.title(), between, to.color(), to.depth());
    }

    /** A wire whose ends have moved with their boxes; what lies between moves by a share of both. */
    private static Wire stretched(Wire wire, Scene at, Scene moved) {
        Rect from = area(at, wire.from());
        Rect to = area(at, wire.to());
        Rect fromNow = area(moved, wire.from());
        Rect toNow = area(moved, wire.to());
        List<Point> points = new ArrayList<>();
        int last = wire.points().size() - 1;
        for (int i = 0; i <= last; i++) {
            double share = last == 0 ? 0 : (double) i / last;
            Point point = wire.points().get(i);
            points.add(new Point(
                    point.x() + (1 - share) * (fromNow.x() - from.x()) + share * (toNow.x() - to.x()),
                    point.y() + (1 - share) * (fromNow.y() - from.y()) + share * (toNow.y() - to.y())));
        }
        return new Wire(wire.from(), wire.port(), wire.to(), wire.input(), points);
    }

    private static Rect area(Scene scene, NodeId node) {
        return scene.box(node).orElseThrow().area();
    }
}
