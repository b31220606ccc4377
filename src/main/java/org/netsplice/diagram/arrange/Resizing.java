package org.netsplice.diagram.arrange;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
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
    private final Boxes boxes;
    private final Detail detail;
    private final List<Rect> areas;

    private Resizing(Block block, Boxes boxes, Detail detail) {
        this.block = block;
        this.boxes = boxes;
        this.detail = detail;
        this.areas = new ArrayList<>(block.boxes());
    }

    /** The block with boxes of the sizes of their labels; empty where something would be in the way. */
    static Optional<Block> of(Block block, Boxes boxes, Detail detail) {
        Resizing resizing = new Resizing(block, boxes, detail);
        Set<Integer> changed = new HashSet<>();
        for (int i = 0; i < boxes.size(); i++) {
            Label label = boxes.label(i);
            Rect before = block.boxes().get(i);
            if (before.width() != label.width() || before.height() != label.height()) {
                changed.add(i);
                resizing.areas.set(
                        i,
                        new Rect(
                                before.centerX() - label.width() / 2,
                                before.centerY() - label.height() / 2,
                                label.width(),
                                label.height()));
            }
        }
        boolean possible = changed.size() <= MOST && changed.stream().allMatch(resizing::fits);
        return possible
                ? resizing.rewired(changed).map(wires -> new Block(block.area(), resizing.areas, block.frames(), wires))
                : Optional.empty();
    }

    private boolean fits(int number) {
        Rect wide = areas.get(number).grown(GAP);
        Rect before = block.boxes().get(number);
        boolean framed = within(wide, block.area())
                && block.frames().values().stream()
                        .allMatch(frame -> within(before, frame) ? within(wide, frame) : !wide.meets(frame));
        return framed
                && IntStream.range(0, boxes.size())
                        .noneMatch(other ->
                                other != number && block.boxes().get(other).meets(wide))
                && IntStream.range(0, boxes.size())
                        .noneMatch(reader -> reader != number && isCrossed(reader, number, wide));
    }

    /** Whether a wire to a box that does not come from another one crosses an area. */
    private boolean isCrossed(int reader, int from, Rect area) {
        List<List<Point>> wires = block.wires().get(reader);
        for (int input = 0; input < wires.size(); input++) {
            if (crosses(wires.get(input), area)
                    && !boxes.item(reader)
                            .reads()
                            .get(input)
                            .item()
                            .equals(boxes.item(from).id())) {
                return true;
            }
        }
        return false;
    }

    private static boolean within(Rect inner, Rect outer) {
        return outer.contains(inner.x(), inner.y()) && outer.contains(inner.right(), inner.bottom());
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

    /** The wires, which end where the ports of changed boxes are now; empty where that cannot be done. */
    private Optional<List<List<List<Point>>>> rewired(Set<Integer> changed) {
        Set<NodeId> sources = new HashSet<>();
        changed.forEach(number -> sources.add(boxes.item(number).id()));
        List<List<List<Point>>> wires = new ArrayList<>(block.wires());
        for (int reader = 0; reader < boxes.size(); reader++) {
            List<Item.Source> reads = boxes.item(reader).reads();
            for (int input = 0; input < reads.size(); input++) {
                boolean ends = changed.contains(reader)
                        || sources.contains(reads.get(input).item());
                if (ends && !wires.get(reader).get(input).isEmpty()) {
                    Optional<List<Point>> wire = rewired(reader, input);
                    if (wire.isEmpty()) {
                        return Optional.empty();
                    }
                    List<List<Point>> own = new ArrayList<>(wires.get(reader));
                    own.set(input, wire.get());
                    wires.set(reader, List.copyOf(own));
                }
            }
        }
        return Optional.of(wires);
    }

    private Optional<List<Point>> rewired(int reader, int input) {
        List<Point> points = new ArrayList<>(block.wires().get(reader).get(input));
        List<Item.Source> reads = boxes.item(reader).reads();
        int source = boxes.number(reads.get(input).item());
        Point start =
                Composition.outlet(boxes.item(source), reads.get(input).port(), areas.get(source), detail.direction());
        Point end = Scene.inputAnchor(areas.get(reader), input, reads.size(), detail.direction());
        int last = points.size() - 1;
        return bend(points, 0, 1, start) && bend(points, last, last - 1, end)
                ? Optional.of(List.copyOf(points))
                : Optional.empty();
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
