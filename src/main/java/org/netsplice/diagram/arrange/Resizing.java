package org.netsplice.diagram.arrange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Item;
import org.netsplice.diagram.Label;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.graph.NodeId;

/** A block whose boxes grow or shrink around their middles, where there is room for that. Nothing else moves, and no new layout is needed. */
final class Resizing {
    /** With more boxes of another size a new layout is better. */
    private static final int MOST = 20;
    /** Space that is left around a box. */
    private static final double GAP = 6;

    private final Block block;
    private final Map<NodeId, Item> items = new HashMap<>();
    private final Detail detail;
    private final Map<NodeId, Rect> boxes;
    private final Map<Block.Reading, List<Point>> wires;

    private Resizing(Block block, List<Item> items, Detail detail) {
        this.block = block;
        this.detail = detail;
        this.boxes = new HashMap<>(block.boxes());
        this.wires = new HashMap<>(block.wires());
        items.forEach(item -> this.items.put(item.id(), item));
    }

    /** The block with boxes of the sizes of their labels; empty where something would be in the way. */
    static Optional<Block> of(Block block, List<Item> items, Map<NodeId, Label> labels, Detail detail) {
        Resizing resizing = new Resizing(block, items, detail);
        Map<NodeId, Rect> changed = new HashMap<>();
        for (Item item : items) {
            Label label = labels.get(item.id());
            Rect before = block.boxes().get(item.id());
            if (before.width() != label.width() || before.height() != label.height()) {
                changed.put(
                        item.id(),
                        new Rect(
                                before.centerX() - label.width() / 2,
                                before.centerY() - label.height() / 2,
                                label.width(),
                                label.height()));
            }
        }
        boolean possible = changed.size() <= MOST
                && changed.entrySet().stream().allMatch(one -> resizing.fits(one.getKey(), one.getValue()));
        resizing.boxes.putAll(changed);
        return possible && resizing.rewire(changed.keySet())
                ? Optional.of(new Block(block.area(), resizing.boxes, block.frames(), resizing.wires))
                : Optional.empty();
    }

    private boolean fits(NodeId id, Rect area) {
        Rect wide = area.grown(GAP);
        Rect before = block.boxes().get(id);
        boolean framed = within(wide, block.area())
                && block.frames().values().stream()
                        .allMatch(frame -> within(before, frame) ? within(wide, frame) : !wide.meets(frame));
        return framed
                && block.boxes().entrySet().stream()
                        .noneMatch(other ->
                                !other.getKey().equals(id) && other.getValue().meets(wide))
                && block.wires().entrySet().stream()
                        .noneMatch(wire -> !touches(wire.getKey(), id) && crosses(wire.getValue(), wide));
    }

    private static boolean within(Rect inner, Rect outer) {
        return outer.contains(inner.x(), inner.y()) && outer.contains(inner.right(), inner.bottom());
    }

    private Item.Source source(Block.Reading reading) {
        return items.get(reading.item()).reads().get(reading.input());
    }

    private boolean touches(Block.Reading reading, NodeId id) {
        return reading.item().equals(id) || source(reading).item().equals(id);
    }

    private static boolean crosses(List<Point> wire, Rect area) {
        for (int i = 1; i < wire.size(); i++) {
            Point a = wire.get(i - 1);
            Point b = wire.get(i);
            Rect around = new Rect(
                    Math.min(a.x(), b.x()),
                    Math.min(a.y(), b.y()),
                    Math.abs(a.x() - b.x()) + 0.01,
                    Math.abs(a.y() - b.y()) + 0.01);
            if (around.meets(area)) {
                return true;
            }
        }
        return false;
    }

    /** Lets wires end where the ports of changed boxes are now; whether that could be done. */
    private boolean rewire(Set<NodeId> changed) {
        for (Map.Entry<Block.Reading, List<Point>> wire : block.wires().entrySet()) {
            Item.Source source = source(wire.getKey());
            Item reader = items.get(wire.getKey().item());
            if (!changed.contains(source.item()) && !changed.contains(reader.id())) {
                continue;
            }
            List<Point> points = new ArrayList<>(wire.getValue());
            Point start = Composition.outlet(
                    items.get(source.item()), source.port(), boxes.get(source.item()), detail.direction());
            Point end = Scene.inputAnchor(
                    boxes.get(reader.id()),
                    wire.getKey().input(),
                    reader.reads().size(),
                    detail.direction());
            int last = points.size() - 1;
            if (!bend(points, 0, 1, start) || !bend(points, last, last - 1, end)) {
                return false;
            }
            wires.put(wire.getKey(), List.copyOf(points));
        }
        return true;
    }

    /** Moves the end of a wire; the first bend goes along, so that right angles stay. */
    private boolean bend(List<Point> points, int end, int next, Point to) {
        boolean down = detail.direction().vertical();
        Point from = points.get(end);
        double across = down ? to.x() - from.x() : to.y() - from.y();
        points.set(end, to);
        if (Math.abs(across) < 0.01) {
            return true;
        }
        if (points.size() < 4) {
            return false;
        }
        Point bend = points.get(next);
        points.set(next, down ? new Point(bend.x() + across, bend.y()) : new Point(bend.x(), bend.y() + across));
        return true;
    }
}
