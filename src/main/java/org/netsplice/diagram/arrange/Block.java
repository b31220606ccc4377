package org.netsplice.diagram.arrange;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkNode;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Item;
import org.netsplice.diagram.Label;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.NodeId;

/**
 * A network laid out by itself: where its boxes, the frames inside it and its wires are, from its own upper left corner.
 */
record Block(Rect area, Map<NodeId, Rect> boxes, Map<GroupId, Rect> frames, Map<Reading, List<Point>> wires) {

    /** One input of a box. */
    record Reading(NodeId item, int input) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Reading same && input == same.input && item.equals(same.item);
        }

        @Override
        public int hashCode() {
            return 31 * item.hashCode() + input;
        }
    }

    /** The same elsewhere. */
    Block moved(double dx, double dy) {
        Map<NodeId, Rect> movedBoxes = new HashMap<>(2 * boxes.size());
        boxes.forEach((id, rect) -> movedBoxes.put(id, rect.moved(dx, dy)));
        Map<GroupId, Rect> movedFrames = new HashMap<>();
        frames.forEach((id, rect) -> movedFrames.put(id, rect.moved(dx, dy)));
        Map<Reading, List<Point>> movedWires = new HashMap<>(2 * wires.size());
        wires.forEach((reading, points) -> movedWires.put(reading, Composition.moved(points, dx, dy)));
        return new Block(area.moved(dx, dy), movedBoxes, movedFrames, movedWires);
    }

    /** Lays out the boxes of an outermost group. */
    static Block of(Graph graph, Group group, List<Item> items, Map<NodeId, Label> labels, Detail detail) {
        ElkLayout layout = new ElkLayout(
                detail, false, items.stream().allMatch(item -> item.around().equals(Optional.of(group.id()))));
        ElkLayout.pad(layout.root());
        Map<GroupId, ElkNode> groups = new HashMap<>(Map.of(group.id(), layout.root()));
        Map<NodeId, ElkNode> nodes = new LinkedHashMap<>();
        for (Item item : items) {
            ElkNode parent = groupNode(layout, graph, item.around().orElse(group.id()), groups);
            Label label = labels.get(item.id());
            nodes.put(item.id(), layout.node(parent, label.width(), label.height()));
        }
        Map<Reading, ElkEdge> edges = new LinkedHashMap<>();
        Map<NodeId, Item> byId = new HashMap<>();
        items.forEach(item -> byId.put(item.id(), item));
        for (Item item : items) {
            for (int input = 0; input < item.reads().size(); input++) {
                Item.Source source = item.reads().get(input);
                if (nodes.containsKey(source.item())) {
                    edges.put(new Reading(item.id(), input), edge(layout, nodes, byId, item, input, detail));
                }
            }
        }
        layout.run();
        Map<NodeId, Rect> boxes = new HashMap<>();
        nodes.forEach((id, node) -> boxes.put(id, layout.area(node)));
        Map<GroupId, Rect> frames = new HashMap<>();
        groups.forEach((id, node) -> {
            if (node != layout.root()) {
                frames.put(id, layout.area(node));
            }
        });
        Map<Reading, List<Point>> wires = new HashMap<>();
        edges.forEach((reading, edge) -> wires.put(reading, layout.points(edge)));
        Rect area = new Rect(0, 0, layout.root().getWidth(), layout.root().getHeight());
        return new Block(area, boxes, frames, wires);
    }

    /** The same without ELK, which fails on some graphs: boxes one after the other in the order given, wires beside them. */
    static Block stacked(Graph graph, Group group, List<Item> items, Map<NodeId, Label> labels, Detail detail) {
        Map<NodeId, Rect> boxes = new LinkedHashMap<>();
        double at = Frames.TITLE + Frames.MARGIN;
        double breadth = 0;
        for (Item item : items) {
            Label label = labels.get(item.id());
            boolean down = detail.direction().vertical();
            boxes.put(
                    item.id(),
                    new Rect(
                            down ? 2 * Frames.MARGIN : at,
                            down ? at : Frames.TITLE + 2 * Frames.MARGIN,
                            label.width(),
                            label.height()));
            at += (down ? label.height() : label.width()) + ElkLayout.BETWEEN_LAYERS;
            breadth = Math.max(breadth, down ? label.width() : label.height());
        }
        Map<GroupId, Rect> frames = new HashMap<>();
        for (Item item : items) {
            Optional<GroupId> around = item.around();
            while (around.isPresent() && !around.get().equals(group.id())) {
                frames.merge(around.get(), boxes.get(item.id()).grown(Frames.MARGIN), Rect::with);
                around = graph.groups().get(around.get()).parent();
            }
        }
        Map<Reading, List<Point>> wires = new HashMap<>();
        for (Item item : items) {
            for (int input = 0; input < item.reads().size(); input++) {
                Rect from = boxes.get(item.reads().get(input).item());
                if (from != null) {
                    Point start = Scene.outputAnchor(from, 0, 1, detail.direction());
                    Point end = Scene.inputAnchor(
                            boxes.get(item.id()), input, item.reads().size(), detail.direction());
                    wires.put(new Reading(item.id(), input), Router.route(start, end, detail.direction()));
                }
            }
        }
        double across = breadth + Frames.TITLE + 4 * Frames.MARGIN;
        Rect area = detail.direction().vertical() ? new Rect(0, 0, across, at) : new Rect(0, 0, at, across);
        return new Block(area, boxes, frames, wires);
    }

    private static ElkNode groupNode(ElkLayout layout, Graph graph, GroupId id, Map<GroupId, ElkNode> groups) {
        ElkNode known = groups.get(id);
        if (known != null) {
            return known;
        }
        Optional<GroupId> parent = graph.groups().get(id).parent();
        ElkNode around = parent.isPresent() ? groupNode(layout, graph, parent.get(), groups) : layout.root();
        ElkNode made = layout.group(around);
        groups.put(id, made);
        return made;
    }

    private static ElkEdge edge(
            ElkLayout layout,
            Map<NodeId, ElkNode> nodes,
            Map<NodeId, Item> sources,
            Item item,
            int input,
            Detail detail) {
        Item.Source source = item.reads().get(input);
        ElkNode from = nodes.get(source.item());
        ElkNode to = nodes.get(item.id());
        Rect fromArea = new Rect(0, 0, from.getWidth(), from.getHeight());
        Rect toArea = new Rect(0, 0, to.getWidth(), to.getHeight());
        Point start = Composition.outlet(sources.get(source.item()), source.port(), fromArea, detail.direction());
        Point end = Scene.inputAnchor(toArea, input, item.reads().size(), detail.direction());
        return layout.edge(layout.port(from, start, true), layout.port(to, end, false));
    }
}
