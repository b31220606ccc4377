package org.netsplice.diagram.arrange;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
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
import org.netsplice.work.Progress;

/** Puts laid-out networks and free layers together into one scene. */
final class Composition {
    private final Graph graph;
    private final Boxes boxes;
    private final Detail detail;
    private final BiFunction<GroupId, Rect, Block> placed;
    private final Rect[] areas;
    private final Map<GroupId, Rect> frames = new TreeMap<>();
    /** Of each box, of each input. */
    private final List<List<List<Point>>> wires;

    private final Network[] networks;
    /** The number of each box among those of its network. */
    private final int[] inside;
    /** Around the boxes of a network, from its own corner; made for those that a wire leaves or enters. */
    private final Map<GroupId, Detours> detours = new HashMap<>();

    /** A network that is laid out, and the numbers of its boxes among all. */
    record Network(GroupId id, Block block, List<Integer> numbers) {}

    /** {@code placed} gives the block of a group at a place of the scene. */
    Composition(Graph graph, Boxes boxes, Detail detail, BiFunction<GroupId, Rect, Block> placed) {
        this.placed = placed;
        this.graph = graph;
        this.boxes = boxes;
        this.detail = detail;
        areas = new Rect[boxes.size()];
        networks = new Network[boxes.size()];
        inside = new int[boxes.size()];
        wires = new ArrayList<>(Collections.nCopies(boxes.size(), List.of()));
    }

    /** Precondition: every box is in a network or free. Postcondition: every box has an area and every input a wire. */
    void place(List<Network> blocks, List<Integer> free) {
        ElkLayout layout = new ElkLayout(detail, blocks.size() + free.size() <= 500, true);
        Map<GroupId, ElkNode> rigid = new LinkedHashMap<>();
        for (Network network : blocks) {
            Rect area = network.block().area();
            rigid.put(network.id(), layout.node(layout.root(), area.width(), area.height()));
            for (int i = 0; i < network.numbers().size(); i++) {
                networks[network.numbers().get(i)] = network;
                inside[network.numbers().get(i)] = i;
            }
        }
        Map<Integer, ElkNode> loose = new LinkedHashMap<>();
        for (int number : free) {
            Label label = boxes.label(number);
            loose.put(number, layout.node(layout.root(), label.width(), label.height()));
        }
        Map<Reading, Between> edges = new LinkedHashMap<>();
        Set<GroupId> fed = new HashSet<>();
        for (int number = 0; number < boxes.size(); number++) {
            Network network = networks[number];
            for (int input = 0; input < boxes.item(number).reads().size(); input++) {
                if (network == null
                        || network.block()
                                .wires()
                                .get(inside[number])
                                .get(input)
                                .isEmpty()) {
                    Reading reading = reading(number, input);
                    edges.put(reading, between(layout, rigid, loose, reading));
                    if (network != null) {
                        fed.add(network.id());
                    }
                }
            }
        }
        rigid.forEach((id, node) -> {
            node.setProperty(CoreOptions.ALIGNMENT, detail.direction().vertical() ? Alignment.TOP : Alignment.LEFT);
            if (!fed.contains(id)) {
                node.setProperty(LayeredOptions.LAYERING_LAYER_CONSTRAINT, LayerConstraint.FIRST);
            }
        });
        layout.run(Progress.NONE);
        blocks.forEach(network -> adopt(network, layout.area(rigid.get(network.id()))));
        loose.forEach((number, node) -> areas[number] = layout.area(node));
        edges.forEach((reading, between) -> wire(reading, joined(reading, between, layout.points(between.edge()))));
    }

    /** An input of a box, and the number of the box that it reads. */
    private record Reading(int reader, int input, int source, Port port) {}

    private Reading reading(int reader, int input) {
        Item.Source source = boxes.item(reader).reads().get(input);
        return new Reading(reader, input, boxes.number(source.item()), source.port());
    }

    private void wire(Reading reading, List<Point> points) {
        List<List<Point>> own = new ArrayList<>(wires.get(reading.reader()));
        while (own.size() < boxes.item(reading.reader()).reads().size()) {
            own.add(List.of());
        }
        own.set(reading.input(), points);
        wires.set(reading.reader(), own);
    }

    /** A wire that leaves or enters a network: its piece in the one, between the networks, and in the other. */
    private record Between(List<Point> leaving, ElkEdge edge, List<Point> entering) {}

    private Between between(
            ElkLayout layout, Map<GroupId, ElkNode> rigid, Map<Integer, ElkNode> loose, Reading reading) {
        Point start = start(reading, inBlock(reading.source()));
        Point end = end(reading, inBlock(reading.reader()));
        Network from = networks[reading.source()];
        Network to = networks[reading.reader()];
        List<Point> leaving = from == null ? List.of(start) : leaving(start, from);
        List<Point> entering = to == null ? List.of(end) : entering(end, to);
        ElkEdge edge = layout.edge(
                layout.port(
                        from == null ? loose.get(reading.source()) : rigid.get(from.id()),
                        leaving.get(leaving.size() - 1),
                        true),
                layout.port(to == null ? loose.get(reading.reader()) : rigid.get(to.id()), entering.get(0), false));
        return new Between(leaving, edge, entering);
    }

    private List<Point> leaving(Point start, Network network) {
        Rect area = network.block().area();
        List<Point> straight = List.of(start, border(start, area, true));
        return detours(network).isCrossed(straight)
                ? detours(network).leaving(start, border(area, true)).orElse(straight)
                : straight;
    }

    private List<Point> entering(Point end, Network network) {
        Rect area = network.block().area();
        List<Point> straight = List.of(border(end, area, false), end);
        return detours(network).isCrossed(straight)
                ? detours(network).entering(border(area, false), end).orElse(straight)
                : straight;
    }

    private Detours detours(Network network) {
        return detours.computeIfAbsent(
                network.id(), id -> new Detours(network.block().boxes(), detail.direction()));
    }

    private Rect inBlock(int number) {
        Label label = boxes.label(number);
        return networks[number] == null
                ? new Rect(0, 0, label.width(), label.height())
                : networks[number].block().boxes().get(inside[number]);
    }

    private Point start(Reading reading, Rect area) {
        return outlet(boxes.item(reading.source()), reading.port(), area, detail.direction());
    }

    private Point end(Reading reading, Rect area) {
        return Scene.inputAnchor(
                area, reading.input(), boxes.item(reading.reader()).reads().size(), detail.direction());
    }

    /** Where a port of a box is. */
    static Point outlet(Item item, Port port, Rect area, Detail.Direction direction) {
        int place = Math.max(0, item.outlets().indexOf(port));
        return Scene.outputAnchor(area, place, Math.max(1, item.outlets().size()), direction);
    }

    /** The point of a block's border that a wire passes on its straight way out or in. */
    private Point border(Point inside, Rect area, boolean leaving) {
        return detail.direction().vertical()
                ? new Point(inside.x(), border(area, leaving))
                : new Point(border(area, leaving), inside.y());
    }

    /** Where a block's border is that wires leave or enter it through. */
    private double border(Rect area, boolean leaving) {
        boolean far =
                leaving == (detail.direction() == Detail.Direction.TB || detail.direction() == Detail.Direction.LR);
        return far ? (detail.direction().vertical() ? area.height() : area.width()) : 0;
    }

    private void adopt(Network network, Rect place) {
        Block block = placed.apply(network.id(), place);
        for (int i = 0; i < network.numbers().size(); i++) {
            areas[network.numbers().get(i)] = block.boxes().get(i);
            wires.set(network.numbers().get(i), block.wires().get(i));
        }
        frames.putAll(block.frames());
        frames.put(network.id(), place);
    }

    static List<Point> moved(List<Point> points, double dx, double dy) {
        return points.stream()
                .map(point -> new Point(point.x() + dx, point.y() + dy))
                .collect(Collectors.toUnmodifiableList());
    }

    /** The path between blocks with its ends drawn on to the boxes. */
    private List<Point> joined(Reading reading, Between between, List<Point> outside) {
        List<Point> points = new ArrayList<>();
        points.add(start(reading, areas[reading.source()]));
        inScene(between.leaving(), reading.source()).forEach(point -> append(points, point));
        outside.forEach(point -> append(points, point));
        inScene(between.entering(), reading.reader()).forEach(point -> append(points, point));
        append(points, end(reading, areas[reading.reader()]));
        return points;
    }

    /** Points of the block of a box, from the corner of the scene; none for a box that is in no network. */
    private List<Point> inScene(List<Point> points, int number) {
        if (networks[number] == null) {
            return List.of();
        }
        Rect before = inBlock(number);
        return moved(points, areas[number].x() - before.x(), areas[number].y() - before.y());
    }

    private static void append(List<Point> points, Point point) {
        Point last = points.get(points.size() - 1);
        if (Math.hypot(point.x() - last.x(), point.y() - last.y()) > 0.01) {
            points.add(point);
        }
    }

    /** Moves what the user placed; free layers follow what they read, frames grow around their members. */
    void moveByHand(Placement placement) {
        if (placement.spots().isEmpty() && placement.boxes().isEmpty()) {
            return;
        }
        Map<NodeId, Spot> shifts = new HashMap<>();
        for (int number = 0; number < boxes.size(); number++) {
            Item item = boxes.item(number);
            Spot put = item.group().isPresent()
                    ? placement.boxes().get(item.group().get().id())
                    : placement.spots().get(item.id());
            if (put != null) {
                shifts.put(item.id(), new Spot(put.x() - areas[number].x(), put.y() - areas[number].y()));
            }
        }
        if (shifts.isEmpty()) {
            return;
        }
        for (int number = 0; number < boxes.size(); number++) {
            if (networks[number] == null
                    && !shifts.containsKey(boxes.item(number).id())) {
                follow(boxes.item(number), shifts);
            }
        }
        shifts.forEach((id, shift) -> {
            int number = boxes.number(id);
            areas[number] = areas[number].moved(shift.x(), shift.y());
        });
        List<Group> outermost = frames.keySet().stream()
                .map(graph.groups()::get)
                .filter(group -> group.parent().isEmpty())
                .toList();
        outermost.forEach(group -> refit(group, shifts));
        rewire(shifts);
        leadAroundBoxes();
    }

    /** Gives wires that run behind boxes, which were moved by hand, another way. */
    private void leadAroundBoxes() {
        Detours around = new Detours(List.of(areas), detail.direction());
        for (int number = 0; number < boxes.size(); number++) {
            for (int input = 0; input < wires.get(number).size(); input++) {
                if (around.isCrossed(wires.get(number).get(input))) {
                    Reading reading = reading(number, input);
                    around.path(start(reading, areas[reading.source()]), end(reading, areas[number]))
                            .ifPresent(path -> wire(reading, path));
                }
            }
        }
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

    /** The new rectangle of a frame, from the inside to the outside. */
    private Rect refit(Group group, Map<NodeId, Spot> shifts) {
        List<NodeId> inside = graph.nodesIn(group.id()).stream()
                .map(node -> node.id())
                .filter(id -> boxes.number(id) >= 0)
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
                Rect area = areas[boxes.number(id)];
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
        Spot none = new Spot(0, 0);
        for (int number = 0; number < boxes.size(); number++) {
            Item item = boxes.item(number);
            for (int input = 0; input < item.reads().size(); input++) {
                Spot from = shifts.getOrDefault(item.reads().get(input).item(), none);
                Spot to = shifts.getOrDefault(item.id(), none);
                if (!from.equals(to)) {
                    Reading reading = reading(number, input);
                    Point start = start(reading, areas[reading.source()]);
                    Point end = end(reading, areas[reading.reader()]);
                    wire(reading, Router.route(start, end, detail.direction()));
                } else if (!to.equals(none)) {
                    wire(reading(number, input), moved(wires.get(number).get(input), to.x(), to.y()));
                }
            }
        }
    }

    /** All boxes and wires; what is as it was before is taken over. */
    Drawing drawing(Drawing before) {
        return Drawing.of(boxes, areas, wires, before);
    }

    Scene scene(Drawing drawing, Figure figure) {
        List<Scene.Note> notes = Labels.notes(detail.figure() ? figure : Figure.EMPTY);
        return boxes.whole().isPresent()
                ? new Scene(drawing.boxes(), drawing.wires(), drawnFrames(figure), notes, detail, graph::place)
                : new Scene(drawing.boxes(), drawing.wires(), drawnFrames(figure), notes, detail);
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
