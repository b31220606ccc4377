package org.netsplice.diagram.arrange;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Label;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene.Point;

/** A block in which some boxes grow or shrink around their middles, where there is room; nothing else moves and no new layout is needed. */
final class ResizedBlock {
    /** The most boxes of another size; with more a new layout is better. */
    private static final int MAX_CHANGED = 20;
    /** Space that is left around a box. */
    private static final double GAP = 6;

    private final Block block;
    private final Boxes boxes;
    private final Detail detail;
    private final List<Rect> areas;

    private ResizedBlock(Block block, Boxes boxes, Detail detail) {
        this.block = block;
        this.boxes = boxes;
        this.detail = detail;
        this.areas = new ArrayList<>(block.areas());
    }

    /** The block with boxes of the sizes of their labels; empty where something would be in the way. */
    static Optional<Block> of(Block block, Boxes boxes, Detail detail) {
        ResizedBlock resized = new ResizedBlock(block, boxes, detail);
        Set<Integer> changed = new HashSet<>();
        for (int i = 0; i < boxes.size(); i++) {
            Label label = boxes.label(i);
            Rect before = block.boxes().get(i).area();
            if (before.width() != label.width() || before.height() != label.height()) {
                changed.add(i);
                resized.areas.set(
                        i,
                        new Rect(
                                before.centerX() - label.width() / 2,
                                before.centerY() - label.height() / 2,
                                label.width(),
                                label.height()));
            }
        }
        boolean possible = changed.size() <= MAX_CHANGED && changed.stream().allMatch(resized::fits);
        return possible
                ? resized.rewired(changed).map(routes -> Block.of(block.area(), resized.areas, routes, block.frames()))
                : Optional.empty();
    }

    private boolean fits(int number) {
        Rect wide = areas.get(number).grown(GAP);
        Rect before = block.boxes().get(number).area();
        boolean framed = within(wide, block.area())
                && block.frames().values().stream()
                        .allMatch(frame -> within(before, frame) ? within(wide, frame) : !wide.meets(frame));
        return framed
                && IntStream.range(0, boxes.size())
                        .noneMatch(other -> other != number
                                && block.boxes().get(other).area().meets(wide))
                && IntStream.range(0, boxes.size())
                        .noneMatch(reader -> reader != number && isCrossed(reader, number, wide));
    }

    /** Whether a wire that reads any other box crosses an area. */
    private boolean isCrossed(int reader, int from, Rect area) {
        Routes routes = block.boxes().get(reader).routes();
        for (int input = 0; input < routes.inputs(); input++) {
            if (crosses(routes.to(input), area) && boxes.source(reader, input) != from) {
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

    /** The routes with their ends at the changed boxes; empty where an end cannot be moved. */
    private Optional<List<Routes>> rewired(Set<Integer> changed) {
        List<Routes> all = new ArrayList<>();
        for (int reader = 0; reader < boxes.size(); reader++) {
            Routes routes = block.boxes().get(reader).routes();
            for (int input = 0; input < routes.inputs(); input++) {
                boolean ends = changed.contains(reader) || changed.contains(boxes.source(reader, input));
                if (ends && routes.reaches(input)) {
                    Optional<List<Point>> wire = rewired(reader, input, routes.to(input));
                    if (wire.isEmpty()) {
                        return Optional.empty();
                    }
                    routes = routes.with(input, wire.get());
                }
            }
            all.add(routes);
        }
        return Optional.of(all);
    }

    private Optional<List<Point>> rewired(int reader, int input, List<Point> before) {
        List<Point> points = new ArrayList<>(before);
        Point start = boxes.start(reader, input, areas.get(boxes.source(reader, input)), detail.direction());
        Point end = boxes.end(reader, input, areas.get(reader), detail.direction());
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
