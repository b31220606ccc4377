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
import org.netsplice.diagram.Scene.Point;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.NodeId;

/**
 * A block made quickly from an earlier one, to be shown until the layout of a large network is ready. Known boxes keep their
 * order, and everything behind a new box moves on to make room for it. Boxes that grow and wires that are new may cross others.
 */
final class Draft {
    /** The most boxes that are new, for each takes long, and the most that grow, for each may cover others. */
    private static final int MAX_CHANGED = 8;
    /** Space around a new box, across the direction of the network. */
    private static final double GAP = 14;

    private final Block before;
    private final Boxes old;
    private final Boxes boxes;
    private final Detail detail;
    private final boolean down;
    private final boolean forward;
    private final Rect[] areas;
    /** The routes of each box; those of wires to come are missing. */
    private final Routes[] routes;

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
        this.routes = new Routes[boxes.size()];
        this.area = before.area();
    }

    /** A draft from a block of {@code old} boxes, with the frames of these groups; empty when too much is different. */
    static Optional<Block> of(Block before, Boxes old, Boxes boxes, Set<GroupId> groups, Detail detail) {
        Draft draft = new Draft(before, old, boxes, detail);
        before.frames().forEach((id, frame) -> {
            if (groups.contains(id)) {
                draft.frames.put(id, frame);
            }
        });
        draft.takeBoxes();
        if (draft.added.size() > MAX_CHANGED || draft.grown > MAX_CHANGED) {
            return Optional.empty();
        }
        draft.takeWires();
        draft.added.forEach(draft::add);
        draft.route();
        return Optional.of(Block.of(draft.area, List.of(draft.areas), List.of(draft.routes), draft.frames));
    }

    private void takeBoxes() {
        for (int i = 0; i < areas.length; i++) {
            Label label = boxes.label(i);
            int known = old.number(boxes.item(i).id());
            if (known < 0) {
                added.add(i);
                continue;
            }
            Rect was = before.boxes().get(known).area();
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
            Routes unrouted = Routes.unrouted(boxes.inputs(i));
            routes[i] = known < 0 || resized.contains(item.id())
                    ? unrouted
                    : unrouted.each((input, none) -> taken(known, item.reads().get(input), input));
        }
    }

    private List<Point> taken(int known, Item.Source source, int input) {
        List<Item.Source> reads = old.item(known).reads();
        boolean same = input < reads.size()
                && reads.get(input).item().equals(source.item())
                && reads.get(input).port().equals(source.port())
                && !resized.contains(source.item())
                && boxes.number(source.item()) >= 0;
        return same ? before.boxes().get(known).routes().to(input) : List.of();
    }

    /** Makes room for a box behind its sources, or before its readers if it has no source, and puts it there. */
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

    /** The place, along the network, behind which everything moves on to make room. */
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
        for (int i = 0; i < areas.length; i++) {
            int reader = i;
            routes[i] = routes[i].each((input, points) -> points.isEmpty()
                    ? points
                    : shifted(points, split, by, moved[boxes.source(reader, input)], moved[reader]));
        }
        for (int i = 0; i < areas.length; i++) {
            areas[i] = moved[i] ? areas[i].moved(dx, dy) : areas[i];
        }
        frames.replaceAll((id, frame) -> start(frame) > split
                ? frame.moved(dx, dy)
                : end(frame) > split ? new Rect(frame.x(), frame.y(), frame.width() + dx, frame.height() + dy) : frame);
        area = new Rect(area.x(), area.y(), area.width() + dx, area.height() + dy);
    }

    /** A wire whose ends move with their boxes; the points between move if they lie behind the split. */
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

    /** The area itself, or the next one beside it that meets no other box. */
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

    /** Routes the wires that could not be taken from the earlier block. */
    private void route() {
        for (int i = 0; i < areas.length; i++) {
            int reader = i;
            routes[i] = routes[i].each((input, points) -> {
                int source = boxes.source(reader, input);
                return source < 0 || !points.isEmpty()
                        ? points
                        : Router.route(
                                boxes.start(reader, input, areas[source], detail.direction()),
                                boxes.end(reader, input, areas[reader], detail.direction()),
                                detail.direction());
            });
        }
    }
}
