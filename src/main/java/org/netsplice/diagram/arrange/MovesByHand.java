package org.netsplice.diagram.arrange;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.diagram.Item;
import org.netsplice.diagram.Rect;
import org.netsplice.edit.Placement;
import org.netsplice.edit.Spot;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.NodeId;

/** Moves boxes to where the user put them: free layers follow what they read, frames grow around their members. */
final class MovesByHand {
    private static final Spot NONE = new Spot(0, 0);

    private final Graph graph;
    private final Arrangement arrangement;
    private final Boxes boxes;
    /** How far each box is moved; boxes that stay are absent. */
    private final Map<NodeId, Spot> shifts = new HashMap<>();

    private MovesByHand(Graph graph, Arrangement arrangement) {
        this.graph = graph;
        this.arrangement = arrangement;
        this.boxes = arrangement.boxes();
    }

    /** Moves the boxes of an arrangement. Only boxes with these numbers are free to follow others. */
    static void apply(Graph graph, Placement placement, List<Integer> free, Arrangement arrangement) {
        if (!placement.spots().isEmpty() || !placement.boxes().isEmpty()) {
            new MovesByHand(graph, arrangement).move(placement, free);
        }
    }

    private void move(Placement placement, List<Integer> free) {
        for (int number = 0; number < boxes.size(); number++) {
            Item item = boxes.item(number);
            Spot put = item.group().isPresent()
                    ? placement.boxes().get(item.group().get().id())
                    : placement.spots().get(item.id());
            if (put != null) {
                Rect area = arrangement.area(number);
                shifts.put(item.id(), new Spot(put.x() - area.x(), put.y() - area.y()));
            }
        }
        if (shifts.isEmpty()) {
            return;
        }
        for (int number : free) {
            if (!shifts.containsKey(boxes.item(number).id())) {
                follow(boxes.item(number));
            }
        }
        shifts.forEach((id, shift) -> {
            int number = boxes.number(id);
            arrangement.put(number, arrangement.area(number).moved(shift.x(), shift.y()));
        });
        List<Group> outermost = arrangement.frames().keySet().stream()
                .map(graph.groups()::get)
                .filter(group -> group.parent().isEmpty())
                .toList();
        outermost.forEach(this::refit);
        reroute();
        leadAroundBoxes();
    }

    private void follow(Item item) {
        List<Spot> sources = item.reads().stream()
                .map(source -> shifts.getOrDefault(source.item(), NONE))
                .toList();
        double dx = sources.stream().mapToDouble(Spot::x).average().orElse(0);
        double dy = sources.stream().mapToDouble(Spot::y).max().orElse(0);
        if (dx != 0 || dy != 0) {
            shifts.put(item.id(), new Spot(dx, Math.max(0, dy)));
        }
    }

    /** Fits a frame, and first the frames inside it, to its members. */
    private Rect refit(Group group) {
        Map<GroupId, Rect> frames = arrangement.frames();
        List<NodeId> inside = graph.nodesIn(group.id()).stream()
                .map(node -> node.id())
                .filter(id -> boxes.number(id) >= 0)
                .toList();
        long different = inside.stream().map(shifts::get).distinct().count();
        Rect before = frames.get(group.id());
        Rect after = null;
        for (Group child : graph.childrenOf(group.id())) {
            if (frames.containsKey(child.id())) {
                Rect area = refit(child).grown(Frames.MARGIN);
                after = after == null ? area : after.with(area);
            }
        }
        if (before != null && different == 1) {
            Spot shift = shifts.get(inside.get(0));
            after = shift == null ? before : before.moved(shift.x(), shift.y());
        } else {
            for (NodeId id : inside) {
                Rect area = arrangement.area(boxes.number(id));
                Rect wide = new Rect(
                        area.x() - Frames.MARGIN,
                        area.y() - Frames.MARGIN - Frames.TITLE,
                        area.width() + 2 * Frames.MARGIN,
                        area.height() + 2 * Frames.MARGIN + Frames.TITLE);
                after = after == null ? wide : after.with(wide);
            }
        }
        frames.put(group.id(), after);
        return after;
    }

    /** Routes wires whose ends moved apart, and moves wires whose ends moved together. */
    private void reroute() {
        for (int number = 0; number < boxes.size(); number++) {
            Item item = boxes.item(number);
            Spot to = shifts.getOrDefault(item.id(), NONE);
            for (int input = 0; input < item.reads().size(); input++) {
                Spot from = shifts.getOrDefault(item.reads().get(input).item(), NONE);
                if (!from.equals(to)) {
                    arrangement.route(
                            number,
                            input,
                            Router.route(
                                    arrangement.start(number, input),
                                    arrangement.end(number, input),
                                    arrangement.direction()));
                } else if (!to.equals(NONE)) {
                    arrangement.route(
                            number,
                            input,
                            Routes.moved(arrangement.routes(number).to(input), to.x(), to.y()));
                }
            }
        }
    }

    /** Gives wires that cross a box another way. */
    private void leadAroundBoxes() {
        Detours around = new Detours(List.of(arrangement.areas()), arrangement.direction());
        for (int number = 0; number < boxes.size(); number++) {
            for (int input = 0; input < boxes.inputs(number); input++) {
                if (around.isCrossed(arrangement.routes(number).to(input))) {
                    int reader = number;
                    int wire = input;
                    around.path(arrangement.start(number, input), arrangement.end(number, input))
                            .ifPresent(path -> arrangement.route(reader, wire, path));
                }
            }
        }
    }
}
