package org.netsplice.diagram.arrange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.eclipse.elk.alg.layered.options.LayerConstraint;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.options.Alignment;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkNode;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Item;
import org.netsplice.diagram.Label;
import org.netsplice.diagram.Labels;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.edit.Figure;
import org.netsplice.edit.Placement;
import org.netsplice.edit.Spot;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;

/** Puts laid-out networks and free layers together into one scene. */
final class Composition {
    private final Graph graph;
    private final List<Item> items;
    private final Map<NodeId, Label> labels;
    private final Detail detail;
    private final BiFunction<GroupId, Rect, Block> placed;
    private final Map<NodeId, Rect> boxes;
    private final Map<GroupId, Rect> frames = new TreeMap<>();
    private final Map<Block.Reading, List<Point>> wires;
    private final Map<NodeId, GroupId> blockOf;
    private final Map<NodeId, Item> byId;

    /** {@code placed} gives the block of a group at a place of the scene. */
    Composition(
            Graph graph,
            List<Item> items,
            Map<NodeId, Label> labels,
            Detail detail,
            BiFunction<GroupId, Rect, Block> placed) {
        this.placed = placed;
        this.graph = graph;
        this.items = items;
        this.labels = labels;
        this.detail = detail;
        int room = 2 * items.size();
        boxes = new HashMap<>(room);
        wires = new HashMap<>(room);
        blockOf = new HashMap<>(room);
        byId = new HashMap<>(room);
        items.forEach(item -> byId.put(item.id(), item));
    }

    /** Precondition: every item is in a block or free. Postcondition: every item has a box and every reading a wire. */
    void place(Map<GroupId, Block> blocks, List<Item> free) {
        ElkLayout layout = new ElkLayout(detail, blocks.size() + free.size() <= 500, true);
        Map<NodeId, ElkNode> loose = new LinkedHashMap<>();
        Map<GroupId, ElkNode> rigid = new LinkedHashMap<>();
        blocks.forEach((id, block) -> {
            rigid.put(
                    id,
                    layout.node(
                            layout.root(), block.area().width(), block.area().height()));
            block.boxes().keySet().forEach(node -> blockOf.put(node, id));
        });
        free.forEach(item -> loose.put(
                item.id(),
                layout.node(
                        layout.root(),
                        labels.get(item.id()).width(),
                        labels.get(item.id()).height())));
        Map<Block.Reading, ElkEdge> edges = new LinkedHashMap<>();
        java.util.HashSet<GroupId> fed = new java.util.HashSet<>();
        for (Item item : items) {
            for (int input = 0; input < item.reads().size(); input++) {
                NodeId source = item.reads().get(input).item();
                GroupId to = blockOf.get(item.id());
                if (to == null || !to.equals(blockOf.get(source))) {
                    edges.put(new Block.Reading(item.id(), input), edge(layout, blocks, rigid, loose, item, input));
                    fed.add(to);
                }
            }
        }
        rigid.forEach((id, node) -> {
            node.setProperty(CoreOptions.ALIGNMENT, detail.direction().vertical() ? Alignment.TOP : Alignment.LEFT);
            if (!fed.contains(id)) {
                node.setProperty(LayeredOptions.LAYERING_LAYER_CONSTRAINT, LayerConstraint.FIRST);
            }
        });
        layout.run();
        blocks.keySet().forEach(id -> adopt(id, layout.area(rigid.get(id))));
        loose.forEach((id, node) -> boxes.put(id, layout.area(node)));
        edges.forEach((reading, edge) -> wires.put(reading, joined(reading, layout.points(edge))));
    }

    private ElkEdge edge(
            ElkLayout layout,
            Map<GroupId, Block> blocks,
            Map<GroupId, ElkNode> rigid,
            Map<NodeId, ElkNode> loose,
            Item item,
            int input) {
        Item.Source source = item.reads().get(input);
        Point start = start(source, inBlock(blocks, source.item()));
        Point end = Scene.inputAnchor(
                inBlock(blocks, item.id()), input, item.reads().size(), detail.direction());
        GroupId from = blockOf.get(source.item());
        GroupId to = blockOf.get(item.id());
        return layout.edge(
                layout.port(
                        from == null ? loose.get(source.item()) : rigid.get(from),
                        from == null ? start : border(start, blocks.get(from).area(), true),
                        true),
                layout.port(
                        to == null ? loose.get(item.id()) : rigid.get(to),
                        to == null ? end : border(end, blocks.get(to).area(), false),
                        false));
    }

    private Rect inBlock(Map<GroupId, Block> blocks, NodeId id) {
        GroupId group = blockOf.get(id);
        Label label = labels.get(id);
        return group == null
                ? new Rect(0, 0, label.width(), label.height())
                : blocks.get(group).boxes().get(id);
    }

    private Point start(Item.Source source, Rect area) {
        return outlet(byId.get(source.item()), source.port(), area, detail.direction());
    }

    /** Where a port of a box is. */
    static Point outlet(Item item, Port port, Rect area, Detail.Direction direction) {
        int place = Math.max(0, item.outlets().indexOf(port));
        return Scene.outputAnchor(area, place, Math.max(1, item.outlets().size()), direction);
    }

    /** The point of a block's border that a wire passes on its straight way out or in. */
    private Point border(Point inside, Rect area, boolean leaving) {
        boolean far =
                leaving == (detail.direction() == Detail.Direction.TB || detail.direction() == Detail.Direction.LR);
        return detail.direction().vertical()
                ? new Point(inside.x(), far ? area.height() : 0)
                : new Point(far ? area.width() : 0, inside.y());
    }

    private void adopt(GroupId id, Rect place) {
        Block block = placed.apply(id, place);
        boxes.putAll(block.boxes());
        frames.putAll(block.frames());
        frames.put(id, place);
        wires.putAll(block.wires());
    }

    static List<Point> moved(List<Point> points, double dx, double dy) {
        return points.stream()
                .map(point -> new Point(point.x() + dx, point.y() + dy))
                .collect(Collectors.toUnmodifiableList());
    }

    /** The path between blocks with its ends drawn on to the boxes. */
    private List<Point> joined(Block.Reading reading, List<Point> between) {
        Item item = byId.get(reading.item());
        List<Point> points = new ArrayList<>();
        Point start = start(
                item.reads().get(reading.input()),
                boxes.get(item.reads().get(reading.input()).item()));
        Point end = Scene.inputAnchor(
                boxes.get(item.id()), reading.input(), item.reads().size(), detail.direction());
        points.add(start);
        for (Point point : between) {
            Point last = points.get(points.size() - 1);
            if (Math.hypot(point.x() - last.x(), point.y() - last.y()) > 0.01) {
                points.add(point);
            }
        }
        Point last = points.get(points.size() - 1);
        if (Math.hypot(end.x() - last.x(), end.y() - last.y()) > 0.01) {
            points.add(end);
        }
        return points;
    }

    /** Moves what the user placed; free layers follow what they read, frames grow around their members. */
    void moveByHand(Placement placement, Set<GroupId> blocks) {
        Map<NodeId, Spot> shifts = new HashMap<>();
        for (Item item : items) {
            Rect area = boxes.get(item.id());
            Spot put = item.group().isPresent()
                    ? placement.boxes().get(item.group().get().id())
                    : placement.spots().get(item.id());
            if (put != null) {
                shifts.put(item.id(), new Spot(put.x() - area.x(), put.y() - area.y()));
            }
        }
        if (shifts.isEmpty()) {
            return;
        }
        for (Item item : items) {
            if (!shifts.containsKey(item.id()) && !blockOf.containsKey(item.id())) {
                follow(item, shifts);
            }
        }
        shifts.forEach((id, shift) -> boxes.computeIfPresent(id, (key, area) -> area.moved(shift.x(), shift.y())));
        moveFrames(blocks, shifts);
        rewire(shifts);
    }

    private static void follow(Item item, Map<NodeId, Spot> shifts) {
        List<Spot> sources = item.reads().stream()
                .map(source -> shifts.getOrDefault(source.item(), new Spot(0, 0)))
                .toList();
        double dx = sources.stream().mapToDouble(Spot::x).average().orElse(0);
        double dy = sources.stream().mapToDouble(Spot::y).max().orElse(0);
        if (dx != 0 || dy != 0) {
            shifts.put(item.id(), new Spot(dx, Math.max(0, dy)));
        }
    }

    private void moveFrames(Set<GroupId> blocks, Map<NodeId, Spot> shifts) {
        for (GroupId id : blocks) {
            refit(graph.groups().get(id), shifts);
        }
    }

    /** The new rectangle of a frame, from the inside to the outside. */
    private Rect refit(Group group, Map<NodeId, Spot> shifts) {
        List<NodeId> inside = graph.nodesIn(group.id()).stream()
                .map(node -> node.id())
                .filter(boxes::containsKey)
                .toList();
        long different = inside.stream().map(shifts::get).distinct().count();
        Rect before = frames.get(group.id());
        Rect after = null;
        for (Group child : graph.childrenOf(group.id())) {
            if (frames.containsKey(child.id())) {
                Rect area = refit(child, shifts).grown(Frames.MARGIN);
                after = after == null ? area : after.with(area);
            }
        }
        if (before != null && different == 1) {
            Spot shift = shifts.get(inside.get(0));
            after = shift == null ? before : before.moved(shift.x(), shift.y());
        } else {
            for (NodeId id : inside) {
                Rect area = boxes.get(id);
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

    private void rewire(Map<NodeId, Spot> shifts) {
        for (Item item : items) {
            for (int input = 0; input < item.reads().size(); input++) {
                Item.Source source = item.reads().get(input);
                Spot from = shifts.getOrDefault(source.item(), new Spot(0, 0));
                Spot to = shifts.getOrDefault(item.id(), new Spot(0, 0));
                Block.Reading reading = new Block.Reading(item.id(), input);
                if (from.equals(to)) {
                    wires.computeIfPresent(reading, (key, points) -> moved(points, to.x(), to.y()));
                } else {
                    Point start = start(source, boxes.get(source.item()));
                    Point end = Scene.inputAnchor(
                            boxes.get(item.id()), input, item.reads().size(), detail.direction());
                    wires.put(reading, Router.route(start, end, detail.direction()));
                }
            }
        }
    }

    Scene scene(Figure figure) {
        List<Scene.Box> placed = new ArrayList<>();
        List<Scene.Wire> drawn = new ArrayList<>();
        for (Item item : items) {
            placed.add(new Scene.Box(
                    item.id(),
                    labels.get(item.id()),
                    boxes.get(item.id()),
                    item.inside(),
                    item.reads().size(),
                    item.outlets(),
                    item.group().map(Group::id)));
            for (int input = 0; input < item.reads().size(); input++) {
                Item.Source source = item.reads().get(input);
                List<Point> points = wires.get(new Block.Reading(item.id(), input));
                drawn.add(new Scene.Wire(source.port().node(), source.port(), source.reader(), source.input(), points));
            }
        }
        return new Scene(
                placed, drawn, drawnFrames(figure), Labels.notes(detail.figure() ? figure : Figure.EMPTY), detail);
    }

    private List<Scene.Frame> drawnFrames(Figure figure) {
        List<Scene.Frame> drawn = new ArrayList<>();
        List<GroupId> networks = frames.keySet().stream()
                .filter(id -> graph.groups().get(id).parent().isEmpty())
                .toList();
        frames.forEach((id, area) -> {
            Group group = graph.groups().get(id);
            int depth = 0;
            Group outer = group;
            while (outer.parent().isPresent()) {
                outer = graph.groups().get(outer.parent().get());
                depth++;
            }
            int color = figure.colors().getOrDefault(outer.id(), networks.indexOf(outer.id()));
            drawn.add(new Scene.Frame(id, group.name(), area, color, depth));
        });
        drawn.sort(java.util.Comparator.comparingInt(Scene.Frame::depth));
        return drawn;
    }
}
