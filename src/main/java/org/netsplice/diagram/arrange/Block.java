package org.netsplice.diagram.arrange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkNode;
import org.netsplice.diagram.Detail;
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
 * @param boxes its boxes in their order; a wire that comes from another network is not routed
 * @param frames the frames inside it
 */
record Block(Rect area, List<Laid> boxes, Map<GroupId, Rect> frames) {

    /** Space between two wires that run beside a stack of boxes. */
    private static final double LANE = 5;
    /** The number of ways beside a stack. */
    private static final int LANES = 12;

    Block {
        boxes = List.copyOf(boxes);
    }

    /** A block of boxes at these areas, each with its routes. */
    static Block of(Rect area, List<Rect> areas, List<Routes> routes, Map<GroupId, Rect> frames) {
        return new Block(
                area,
                IntStream.range(0, areas.size())
                        .mapToObj(number -> new Laid(areas.get(number), routes.get(number)))
                        .toList(),
                frames);
    }

    /** The areas of the boxes, in their order. */
    List<Rect> areas() {
        return boxes.stream().map(Laid::area).toList();
    }

    /** The same block, moved. */
    Block moved(double dx, double dy) {
        Map<GroupId, Rect> movedFrames = new HashMap<>();
        frames.forEach((id, rect) -> movedFrames.put(id, rect.moved(dx, dy)));
        return new Block(
                area.moved(dx, dy),
                boxes.stream().map(laid -> laid.moved(dx, dy)).toList(),
                movedFrames);
    }

    /** Lays out the boxes of an outermost group; stacks them where the wires are too many for a layered layout. */
    static Block of(Graph graph, Group group, Boxes boxes, Detail detail, Progress progress) {
        Extent extent = Extent.of(boxes);
        if (extent.isExcessive()) {
            return stacked(graph, group, boxes, detail);
        }
        boolean flat = boxes.items().stream().allMatch(item -> item.around().equals(Optional.of(group.id())));
        ElkLayout layout = new ElkLayout(detail, false, flat && extent.keepsOrder());
        if (Extent.allowsLate(boxes)) {
            layout.alignEnds();
        }
        ElkLayout.pad(layout.root());
        Map<GroupId, ElkNode> groups = new HashMap<>(Map.of(group.id(), layout.root()));
        List<ElkNode> nodes = new ArrayList<>();
        for (int number = 0; number < boxes.size(); number++) {
            ElkNode parent =
                    groupNode(layout, graph, boxes.item(number).around().orElse(group.id()), groups);
            nodes.add(layout.node(parent, boxes.sized(number)));
        }
        List<List<Optional<ElkEdge>>> edges = new ArrayList<>();
        for (int number = 0; number < boxes.size(); number++) {
            edges.add(edges(layout, nodes, boxes, number, detail));
        }
        layout.run(progress);
        Map<GroupId, Rect> frames = new HashMap<>();
        groups.forEach((id, node) -> {
            if (node != layout.root()) {
                frames.put(id, layout.area(node));
            }
        });
        List<Rect> areas = nodes.stream().map(layout::area).toList();
        List<Routes> routes = new ArrayList<>();
        for (int i = 0; i < boxes.size(); i++) {
            int number = i;
            routes.add(Routes.unrouted(boxes.inputs(number))
                    .each((input, none) -> edges.get(number)
                            .get(input)
                            .map(edge -> Straightening.of(
                                    layout.points(edge),
                                    boxes.start(
                                            number, input, areas.get(boxes.source(number, input)), detail.direction()),
                                    boxes.end(number, input, areas.get(number), detail.direction()),
                                    detail))
                            .orElse(none)));
        }
        Rect area = new Rect(0, 0, layout.root().getWidth(), layout.root().getHeight());
        Block made = of(area, areas, routes, frames);
        boolean right = detail.splines() == Detail.Splines.ORTHO || detail.splines() == Detail.Splines.LINE;
        return flat && right ? CentreLine.of(boxes, detail, made) : made;
    }

    /** A block without ELK, which fails on some graphs and takes too long for others: boxes one after the other, wires beside them. */
    static Block stacked(Graph graph, Group group, Boxes boxes, Detail detail) {
        List<Rect> areas = new ArrayList<>();
        double at = Frames.TITLE + Frames.MARGIN;
        double breadth = 0;
        for (int number = 0; number < boxes.size(); number++) {
            Rect size = boxes.sized(number);
            boolean down = detail.direction().vertical();
            areas.add(size.moved(down ? 2 * Frames.MARGIN : at, down ? at : Frames.TITLE + 2 * Frames.MARGIN));
            at += (down ? size.height() : size.width()) + ElkLayout.BETWEEN_LAYERS;
            breadth = Math.max(breadth, down ? size.width() : size.height());
        }
        Map<GroupId, Rect> frames = new HashMap<>();
        List<Routes> routes = new ArrayList<>();
        for (int number = 0; number < boxes.size(); number++) {
            Optional<GroupId> around = boxes.item(number).around();
            while (around.isPresent() && !around.get().equals(group.id())) {
                frames.merge(around.get(), areas.get(number).grown(Frames.MARGIN), Rect::with);
                around = graph.groups().get(around.get()).parent();
            }
            routes.add(routed(boxes, number, areas, breadth, detail.direction()));
        }
        double across = breadth + Frames.TITLE + 4 * Frames.MARGIN + LANE * (LANES + 1);
        Rect area = detail.direction().vertical() ? new Rect(0, 0, across, at) : new Rect(0, 0, at, across);
        return of(area, areas, routes, frames);
    }

    /** Wires between neighbours in a stack are straight; all others leave and arrive between two boxes and run beside the stack. */
    private static Routes routed(
            Boxes boxes, int number, List<Rect> areas, double breadth, Detail.Direction direction) {
        int next = direction == Detail.Direction.TB || direction == Detail.Direction.LR ? 1 : -1;
        return Routes.unrouted(boxes.inputs(number)).each((input, none) -> {
            int source = boxes.source(number, input);
            if (source < 0) {
                return none;
            }
            Point start = Scene.outputAnchor(areas.get(source), 0, 1, direction);
            Point end = boxes.end(number, input, areas.get(number), direction);
            Rect first = areas.get(0);
            double lane = (direction.vertical() ? first.x() : first.y()) + breadth + LANE * (1 + source % LANES);
            return number - source == next
                    ? Router.route(start, end, direction)
                    : Router.beside(start, end, lane, direction);
        });
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
            ElkLayout layout, List<ElkNode> nodes, Boxes boxes, int number, Detail detail) {
        List<Optional<ElkEdge>> edges = new ArrayList<>();
        for (int input = 0; input < boxes.inputs(number); input++) {
            int source = boxes.source(number, input);
            if (source < 0) {
                edges.add(Optional.empty());
                continue;
            }
            Point start = boxes.start(number, input, boxes.sized(source), detail.direction());
            Point end = boxes.end(number, input, boxes.sized(number), detail.direction());
            edges.add(Optional.of(layout.edge(
                    layout.port(nodes.get(source), start, true), layout.port(nodes.get(number), end, false))));
        }
        return edges;
    }
}
