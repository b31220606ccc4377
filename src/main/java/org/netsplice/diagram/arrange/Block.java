package org.netsplice.diagram.arrange;

import java.util.ArrayList;
import java.util.HashMap;
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
import org.netsplice.work.Progress;

/**
 * A network laid out by itself, from its own upper left corner.
 *
 * @param boxes where each of its boxes is, in their order
 * @param frames where the frames inside it are
 * @param wires of each box, of each of its inputs, the points of the wire; none where the input reads another network
 */
record Block(Rect area, List<Rect> boxes, Map<GroupId, Rect> frames, List<List<List<Point>>> wires) {

    private static final double LANE = 5;
    private static final int LANES = 12;

    Block {
        boxes = List.copyOf(boxes);
        wires = List.copyOf(wires);
    }

    /** The same elsewhere. */
    Block moved(double dx, double dy) {
        Map<GroupId, Rect> movedFrames = new HashMap<>();
        frames.forEach((id, rect) -> movedFrames.put(id, rect.moved(dx, dy)));
        return new Block(
                area.moved(dx, dy),
                boxes.stream().map(rect -> rect.moved(dx, dy)).toList(),
                movedFrames,
                wires.stream()
                        .map(own -> own.stream()
                                .map(points -> Composition.moved(points, dx, dy))
                                .toList())
                        .toList());
    }

    /** Lays out the boxes of an outermost group; simply one after the other where more wires pass than can be laid out. */
    static Block of(Graph graph, Group group, Boxes boxes, Detail detail, Progress progress) {
        Extent extent = Extent.of(boxes);
        if (extent.isExcessive()) {
            return stacked(graph, group, boxes, detail);
        }
        boolean flat = boxes.items().stream().allMatch(item -> item.around().equals(Optional.of(group.id())));
        ElkLayout layout = new ElkLayout(detail, false, flat && extent.keepsOrder());
        ElkLayout.pad(layout.root());
        Map<GroupId, ElkNode> groups = new HashMap<>(Map.of(group.id(), layout.root()));
        List<ElkNode> nodes = new ArrayList<>();
        for (int i = 0; i < boxes.size(); i++) {
            ElkNode parent = groupNode(layout, graph, boxes.item(i).around().orElse(group.id()), groups);
            Label label = boxes.label(i);
            nodes.add(layout.node(parent, label.width(), label.height()));
        }
        List<List<Optional<ElkEdge>>> edges = new ArrayList<>();
        for (Item item : boxes.items()) {
            edges.add(edges(layout, nodes, boxes, item, detail));
        }
        layout.run(progress);
        Map<GroupId, Rect> frames = new HashMap<>();
        groups.forEach((id, node) -> {
            if (node != layout.root()) {
                frames.put(id, layout.area(node));
            }
        });
        List<List<List<Point>>> wires = new ArrayList<>();
        for (List<Optional<ElkEdge>> own : edges) {
            wires.add(own.stream()
                    .map(edge -> edge.map(layout::points).orElse(List.of()))
                    .toList());
        }
        Rect area = new Rect(0, 0, layout.root().getWidth(), layout.root().getHeight());
        return new Block(area, nodes.stream().map(layout::area).toList(), frames, wires);
    }

    /** The same without ELK, which fails on some graphs and takes too long for others: boxes one after the other in the order given, wires beside them. */
    static Block stacked(Graph graph, Group group, Boxes boxes, Detail detail) {
        List<Rect> areas = new ArrayList<>();
        double at = Frames.TITLE + Frames.MARGIN;
        double breadth = 0;
        for (int i = 0; i < boxes.size(); i++) {
            Label label = boxes.label(i);
            boolean down = detail.direction().vertical();
            areas.add(new Rect(
                    down ? 2 * Frames.MARGIN : at,
                    down ? at : Frames.TITLE + 2 * Frames.MARGIN,
                    label.width(),
                    label.height()));
            at += (down ? label.height() : label.width()) + ElkLayout.BETWEEN_LAYERS;
            breadth = Math.max(breadth, down ? label.width() : label.height());
        }
        Map<GroupId, Rect> frames = new HashMap<>();
        List<List<List<Point>>> wires = new ArrayList<>();
        for (int i = 0; i < boxes.size(); i++) {
            Optional<GroupId> around = boxes.item(i).around();
            while (around.isPresent() && !around.get().equals(group.id())) {
                frames.merge(around.get(), areas.get(i).grown(Frames.MARGIN), Rect::with);
                around = graph.groups().get(around.get()).parent();
            }
            wires.add(routed(boxes, i, areas, breadth, detail.direction()));
        }
        double across = breadth + Frames.TITLE + 4 * Frames.MARGIN + LANE * (LANES + 1);
        Rect area = detail.direction().vertical() ? new Rect(0, 0, across, at) : new Rect(0, 0, at, across);
        return new Block(area, areas, frames, wires);
    }

    /** Wires between neighbours are straight; all others leave and arrive between two boxes and run beside all, some apart. */
    private static List<List<Point>> routed(
            Boxes boxes, int number, List<Rect> areas, double breadth, Detail.Direction direction) {
        Item item = boxes.item(number);
        int next = direction == Detail.Direction.TB || direction == Detail.Direction.LR ? 1 : -1;
        List<List<Point>> wires = new ArrayList<>();
        for (int input = 0; input < item.reads().size(); input++) {
            int source = boxes.number(item.reads().get(input).item());
            if (source < 0) {
                wires.add(List.of());
                continue;
            }
            Point start = Scene.outputAnchor(areas.get(source), 0, 1, direction);
            Point end = Scene.inputAnchor(areas.get(number), input, item.reads().size(), direction);
            Rect first = areas.get(0);
            double lane = (direction.vertical() ? first.x() : first.y()) + breadth + LANE * (1 + source % LANES);
            wires.add(
                    number - source == next
                            ? Router.route(start, end, direction)
                            : Router.beside(start, end, lane, direction));
        }
        return List.copyOf(wires);
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

    /** The edges to a box, one for each of its inputs; none where it reads another network. */
    private static List<Optional<ElkEdge>> edges(
            ElkLayout layout, List<ElkNode> nodes, Boxes boxes, Item item, Detail detail) {
        ElkNode to = nodes.get(boxes.number(item.id()));
        List<Optional<ElkEdge>> edges = new ArrayList<>();
        for (int input = 0; input < item.reads().size(); input++) {
            Item.Source source = item.reads().get(input);
            int number = boxes.number(source.item());
            if (number < 0) {
                edges.add(Optional.empty());
                continue;
            }
            ElkNode from = nodes.get(number);
            Point start = Composition.outlet(boxes.item(number), source.port(), size(from), detail.direction());
            Point end = Scene.inputAnchor(size(to), input, item.reads().size(), detail.direction());
            edges.add(Optional.of(layout.edge(layout.port(from, start, true), layout.port(to, end, false))));
        }
        return edges;
    }

    private static Rect size(ElkNode node) {
        return new Rect(0, 0, node.getWidth(), node.getHeight());
    }
}
