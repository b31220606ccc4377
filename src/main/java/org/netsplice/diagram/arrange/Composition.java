package org.netsplice.diagram.arrange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.eclipse.elk.alg.layered.options.LayerConstraint;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.options.Alignment;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkNode;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.graph.GroupId;
import org.netsplice.work.Progress;

/** Puts laid-out networks and free layers together into one arrangement. */
final class Composition {
    private final Detail detail;
    private final BiFunction<GroupId, Rect, Block> placed;
    private final Boxes boxes;
    private final Arrangement arrangement;

    private final Network[] networks;
    /** The number of each box among those of its network. */
    private final int[] inside;
    /** Ways around the boxes of a network, in its own coordinates, for wires that leave or enter it. */
    private final Map<GroupId, Detours> detours = new HashMap<>();

    /** A network that is laid out, and the numbers of its boxes among all. */
    record Network(GroupId id, Block block, List<Integer> numbers) {}

    private Composition(Boxes boxes, Detail detail, BiFunction<GroupId, Rect, Block> placed) {
        this.placed = placed;
        this.detail = detail;
        this.boxes = boxes;
        arrangement = new Arrangement(boxes, detail);
        networks = new Network[boxes.size()];
        inside = new int[boxes.size()];
    }

    /**
     * Arranges boxes each of which is in a network or free. Every box has an area and every wire a route afterwards.
     *
     * @param placed the block of a network at a place of the scene
     */
    static Arrangement of(
            Boxes boxes,
            List<Network> blocks,
            List<Integer> free,
            Detail detail,
            BiFunction<GroupId, Rect, Block> placed) {
        Composition composition = new Composition(boxes, detail, placed);
        composition.place(blocks, free);
        return composition.arrangement;
    }

    private void place(List<Network> blocks, List<Integer> free) {
        ElkLayout layout = new ElkLayout(detail, blocks.size() + free.size() <= 500, true);
        Map<GroupId, ElkNode> rigid = new LinkedHashMap<>();
        for (Network network : blocks) {
            rigid.put(network.id(), layout.node(layout.root(), network.block().area()));
            for (int i = 0; i < network.numbers().size(); i++) {
                networks[network.numbers().get(i)] = network;
                inside[network.numbers().get(i)] = i;
            }
        }
        Map<Integer, ElkNode> loose = new LinkedHashMap<>();
        for (int number : free) {
            loose.put(number, layout.node(layout.root(), boxes.sized(number)));
        }
        Map<Reading, Between> edges = new LinkedHashMap<>();
        Set<GroupId> fed = new HashSet<>();
        for (int number = 0; number < boxes.size(); number++) {
            Network network = networks[number];
            for (int input = 0; input < boxes.inputs(number); input++) {
                if (network == null || !laid(number).routes().reaches(input)) {
                    Reading reading = new Reading(number, input, boxes.source(number, input));
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
        loose.forEach((number, node) -> arrangement.put(number, layout.area(node)));
        edges.forEach((reading, between) -> arrangement.route(
                reading.reader(), reading.input(), joined(reading, between, layout.points(between.edge()))));
        Centering.apply(
                arrangement,
                free,
                blocks.stream()
                        .map(network -> arrangement.frames().get(network.id()))
                        .toList());
    }

    /** An input of a box, and the number of the box that it reads. */
    private record Reading(int reader, int input, int source) {}

    /** A wire that leaves or enters a network: its piece in the one, between the networks, and in the other. */
    private record Between(List<Point> leaving, ElkEdge edge, List<Point> entering) {}

    private Between between(
            ElkLayout layout, Map<GroupId, ElkNode> rigid, Map<Integer, ElkNode> loose, Reading reading) {
        Point start = boxes.start(reading.reader(), reading.input(), inBlock(reading.source()), detail.direction());
        Point end = boxes.end(reading.reader(), reading.input(), inBlock(reading.reader()), detail.direction());
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
                network.id(), id -> new Detours(network.block().areas(), detail.direction()));
    }

    private Laid laid(int number) {
        return networks[number].block().boxes().get(inside[number]);
    }

    /** The area of a box in its network, or of a free box at the origin. */
    private Rect inBlock(int number) {
        return networks[number] == null ? boxes.sized(number) : laid(number).area();
    }

    /** The point of a block's border that a wire passes on its straight way out or in. */
    private Point border(Point inside, Rect area, boolean leaving) {
        return detail.direction().vertical()
                ? new Point(inside.x(), border(area, leaving))
                : new Point(border(area, leaving), inside.y());
    }

    /** The border of a block, along the network, through which wires leave or enter. */
    private double border(Rect area, boolean leaving) {
        boolean far =
                leaving == (detail.direction() == Detail.Direction.TB || detail.direction() == Detail.Direction.LR);
        return far ? (detail.direction().vertical() ? area.height() : area.width()) : 0;
    }

    private void adopt(Network network, Rect place) {
        Block block = placed.apply(network.id(), place);
        for (int i = 0; i < network.numbers().size(); i++) {
            arrangement.put(network.numbers().get(i), block.boxes().get(i));
        }
        arrangement.frames().putAll(block.frames());
        arrangement.frames().put(network.id(), place);
    }

    /** The path between blocks with its ends drawn on to the boxes. */
    private List<Point> joined(Reading reading, Between between, List<Point> outside) {
        List<Point> points = new ArrayList<>(inScene(between.leaving(), reading.source()));
        points.addAll(outside);
        points.addAll(inScene(between.entering(), reading.reader()));
        return Straightening.of(
                points,
                arrangement.start(reading.reader(), reading.input()),
                arrangement.end(reading.reader(), reading.input()),
                detail);
    }

    /** Points in the coordinates of the network of a box, in those of the scene; none for a free box. */
    private List<Point> inScene(List<Point> points, int number) {
        if (networks[number] == null) {
            return List.of();
        }
        Rect before = inBlock(number);
        Rect after = arrangement.area(number);
        return Routes.moved(points, after.x() - before.x(), after.y() - before.y());
    }
}
