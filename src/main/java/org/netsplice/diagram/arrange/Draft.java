package org.netsplice.diagram.arrange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
import org.netsplice.graph.GroupId;
import org.netsplice.graph.NodeId;

/**
 * A block made at once from an earlier one, to be seen until the layout of a large network is ready. What was there stays in its
 * order; where a new box stands, everything behind it moves on. Boxes that grow, and wires that are new, may cross others.
 */
final class Draft {
    /** With more boxes that are new a draft would take long, with more that grow it would be in disorder. */
    private static final int MOST = 8;
    /** Space around a new box, across the direction of the network. */
    private static final double GAP = 14;

    private final Block before;
    private final Boxes old;
    private final Boxes boxes;
    private final Detail detail;
    private final boolean down;
    private final boolean forward;
    private final Rect[] areas;
    /** Of each box, of each input, as far as they are known. */
    private final List<List<List<Point>>> wires = new ArrayList<>();

    private final Map<GroupId, Rect> frames = new HashMap<>();
    private final List<Integer> added = new ArrayList<>();
    private final Set<NodeId> resized = new HashSet<>();
    private int grown;
    private Rect area;

    private Draft(Block before, Boxes old, Boxes boxes, Detail detail) {
        this.before = before;
        this.old = old;
        this.boxes = boxes;
        this.detail = detail;
        this.down = detail.direction().vertical();
        this.forward = detail.direction() == Detail.Direction.TB || detail.direction() == Detail.Direction.LR;
        this.areas = new Rect[boxes.size()];
        this.area = before.area();
    }

    /** A draft from a block with these {@code old} boxes; empty when too much is different. Frames are kept of these groups. */
    static Optional<Block> of(Block before, Boxes old, Boxes boxes, Set<GroupId> groups, Detail detail) {
        Draft draft = new Draft(before, old, boxes, detail);
        before.frames().forEach((id, frame) -> {
            if (groups.contains(id)) {
                draft.frames.put(id, frame);
            }
        });
        draft.takeBoxes();
        if (draft.added.size() > MOST || draft.grown > MOST) {
            return Optional.empty();
        }
        draft.takeWires();
        draft.added.forEach(draft::add);
        draft.route();
        return Optional.of(new Block(draft.area, List.of(draft.areas), draft.frames, draft.wires));
    }

    private void takeBoxes() {
        for (int i = 0; i < areas.length; i++) {
            Label label = boxes.label(i);
            int known = old.number(boxes.item(i).id());
            if (known < 0) {
                added.add(i);
                continue;
            }
            Rect was = before.boxes().get(known);
            areas[i] = was;
            if (was.width() != label.width() || was.height() != label.height()) {
                resized.add(boxes.item(i).id());
                areas[i] = around(was.centerX(), was.centerY(), label);
                grown += label.width() > was.width() || label.height() > was.height() ? 1 : 0;
            }
        }
    }

    private static Rect around(double x, double y, Label label) {
        return new Rect(x - label.width() / 2, y - label.height() / 2, label.width(), label.height());
    }

    private void takeWires() {
        for (int i = 0; i < areas.length; i++) {
            Item item = boxes.item(i);
            int known = old.number(item.id());
            List<List<Point>> own = new ArrayList<>();
            for (Item.Source source : item.reads()) {
                own.add(known < 0 || resized.contains(item.id()) ? List.of() : taken(known, source, own.size()));
            }
            wires.add(own);
        }
    }

    private List<Point> taken(int known, Item.Source source, int input) {
        List<Item.Source> reads = old.item(known).reads();
        boolean same = input < reads.size()
                && reads.get(input).item().equals(source.item())
                && reads.get(input).port().equals(source.port())
                && !resized.contains(source.item())
                && boxes.number(source.item()) >= 0;
        return same ? before.wires().get(known).get(input) : List.of();
    }

    /** Makes room for a box behind what it reads, or before what reads it, and puts it there. */
    private void add(int number) {
        List<Rect> sources = new ArrayList<>();
        boxes.item(number).reads().forEach(source -> {
            int from = boxes.number(source.item());
            if (from >= 0 && areas[from] != null) {
                sources.add(areas[from]);
            }
        });
        List<Rect> readers = readers(boxes.item(number).id());
        Label label = boxes.label(number);
        double size = (down ? label.height() : label.width()) + ElkLayout.BETWEEN_LAYERS;
        double split = split(sources, readers);
        shift(split, size);
        double start = split + (forward ? ElkLayout.BETWEEN_LAYERS : 0);
        double across = (sources.isEmpty() ? readers : sources)
                .stream()
                        .mapToDouble(one -> down ? one.centerX() : one.centerY())
                        .average()
                        .orElse(down ? area.centerX() : area.centerY());
        Rect place = down
                ? new Rect(across - label.width() / 2, start, label.width(), label.height())
                : new Rect(start, across - label.height() / 2, label.width(), label.height());
        areas[number] = free(place);
        Rect needed = areas[number].grown(Frames.MARGIN);
        area = new Rect(
                area.x(),
                area.y(),
                Math.max(area.width(), needed.right() - area.x()),
                Math.max(area.height(), needed.bottom() - area.y()));
    }

    private List<Rect> readers(NodeId source) {
        List<Rect> found = new ArrayList<>();
        for (int i = 0; i < areas.length; i++) {
            if (areas[i] != null
                    && boxes.item(i).reads().stream()
                            .anyMatch(read -> read.item().equals(source))) {
                found.add(areas[i]);
            }
        }
        return found;
    }

    private double start(Rect box) {
        return down ? box.y() : box.x();
    }

    private double end(Rect box) {
        return down ? box.bottom() : box.right();
    }

    private double middle(Rect box) {
        return down ? box.centerY() : box.centerX();
    }

    /** Where room is made: what lies behind this place, further down or right, moves on. */
    private double split(List<Rect> sources, List<Rect> readers) {
        double gap = ElkLayout.BETWEEN_LAYERS;
        double last = end(area) - Frames.MARGIN - gap;
        if (sources.isEmpty() && readers.isEmpty()) {
            return last;
        }
        if (forward) {
            return sources.isEmpty()
                    ? readers.stream().mapToDouble(this::start).min().orElse(last) - gap
                    : sources.stream().mapToDouble(this::end).max().orElse(last);
        }
        return sources.isEmpty()
                ? readers.stream().mapToDouble(this::end).max().orElse(last) + gap
                : sources.stream().mapToDouble(this::start).min().orElse(last);
    }

    private void shift(double split, double by) {
        double dx = down ? 0 : by;
        double dy = down ? by : 0;
        boolean[] moved = new boolean[areas.length];
        for (int i = 0; i < areas.length; i++) {
            moved[i] = areas[i] != null && middle(areas[i]) > split;
        }
        for (int reader = 0; reader < areas.length; reader++) {
            List<List<Point>> own = wires.get(reader);
            for (int input = 0; input < own.size(); input++) {
                if (!own.get(input).isEmpty()) {
                    int source =
                            boxes.number(boxes.item(reader).reads().get(input).item());
                    own.set(input, shifted(own.get(input), split, by, moved[source], moved[reader]));
                }
            }
        }
        for (int i = 0; i < areas.length; i++) {
            areas[i] = moved[i] ? areas[i].moved(dx, dy) : areas[i];
        }
        frames.replaceAll((id, frame) -> start(frame) > split
                ? frame.moved(dx, dy)
                : end(frame) > split ? new Rect(frame.x(), frame.y(), frame.width() + dx, frame.height() + dy) : frame);
        area = new Rect(area.x(), area.y(), area.width() + dx, area.height() + dy);
    }

    /** A wire whose ends move with their boxes, and what is between them with the place where it is. */
    private List<Point> shifted(List<Point> wire, double split, double by, boolean first, boolean last) {
        List<Point> points = new ArrayList<>(wire.size());
        for (int i = 0; i < wire.size(); i++) {
            Point point = wire.get(i);
            boolean behind = i == 0 ? first : i == wire.size() - 1 ? last : (down ? point.y() : point.x()) > split;
            double way = behind ? by : 0;
            points.add(down ? new Point(point.x(), point.y() + way) : new Point(point.x() + way, point.y()));
        }
        return points;
    }

    /** The place itself or the next one beside it where no other box is. */
    private Rect free(Rect place) {
        Rect free = place;
        for (int i = 0; i < areas.length; i++) {
            if (areas[i] != null && areas[i].meets(free.grown(GAP / 2))) {
                free = down
                        ? free.moved(areas[i].right() + GAP - free.x(), 0)
                        : free.moved(0, areas[i].bottom() + GAP - free.y());
                i = -1;
            }
        }
        return free;
    }

    /** Draws the wires that are not known. */
    private void route() {
        for (int reader = 0; reader < areas.length; reader++) {
            List<Item.Source> reads = boxes.item(reader).reads();
            for (int input = 0; input < reads.size(); input++) {
                int source = boxes.number(reads.get(input).item());
                if (source >= 0 && wires.get(reader).get(input).isEmpty()) {
                    Point start = Composition.outlet(
                            boxes.item(source), reads.get(input).port(), areas[source], detail.direction());
                    Point end = Scene.inputAnchor(areas[reader], input, reads.size(), detail.direction());
                    wires.get(reader).set(input, Router.route(start, end, detail.direction()));
                }
            }
        }
    }
}
