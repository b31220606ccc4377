package org.netsplice.diagram.arrange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene.Point;

/**
 * Moves layers that are in no network across its direction: a merge to the middle of what it joins, a shared input to the middle
 * of what it feeds. A layer stays where it is when another box or network is in the way.
 */
final class Centering {
    /** With more layers this would take long, and no picture of them is tidy. */
    private static final int MAX_LAYERS = 300;
    /** Space that is left beside a layer. */
    private static final double GAP = 14;
    /** Where a straight wire gets its bend, before the end that moves; between the lanes of ELK. */
    private static final double BEND = 19;

    private final Arrangement arrangement;
    private final Boxes boxes;
    private final boolean vertical;
    private final List<Integer> free;
    private final List<Rect> networks;
    /** The wires that each box feeds: the numbers of readers and their inputs. */
    private final Map<Integer, List<int[]>> feeds = new HashMap<>();

    private Centering(Arrangement arrangement, List<Integer> free, List<Rect> networks) {
        this.arrangement = arrangement;
        this.boxes = arrangement.boxes();
        this.vertical = arrangement.direction().vertical();
        this.free = free;
        this.networks = networks;
        for (int number = 0; number < boxes.size(); number++) {
            for (int input = 0; input < boxes.inputs(number); input++) {
                feeds.computeIfAbsent(boxes.source(number, input), source -> new ArrayList<>())
                        .add(new int[] {number, input});
            }
        }
    }

    /** Moves free layers between networks, which stay. */
    static void apply(Arrangement arrangement, List<Integer> free, List<Rect> networks) {
        if (free.size() <= MAX_LAYERS) {
            Centering centering = new Centering(arrangement, free, networks);
            for (int number : free) {
                if (centering.boxes.inputs(number) > 0) {
                    centering.centre(number, centering.sources(number));
                }
            }
            for (int number : free) {
                if (centering.boxes.inputs(number) == 0 && centering.feeds.containsKey(number)) {
                    centering.centre(number, centering.readers(number));
                }
            }
        }
    }

    private DoubleStream sources(int number) {
        return IntStream.range(0, boxes.inputs(number))
                .mapToObj(input -> arrangement.start(number, input))
                .mapToDouble(this::across);
    }

    private DoubleStream readers(int number) {
        return feeds.get(number).stream()
                .map(wire -> arrangement.end(wire[0], wire[1]))
                .mapToDouble(this::across);
    }

    private double across(Point point) {
        return vertical ? point.x() : point.y();
    }

    private void centre(int number, DoubleStream ends) {
        double[] sorted = ends.sorted().toArray();
        Rect before = arrangement.area(number);
        double present = vertical ? before.centerX() : before.centerY();
        double by = Math.rint((sorted[0] + sorted[sorted.length - 1]) / 2 - present);
        Rect there = before.moved(vertical ? by : 0, vertical ? 0 : by);
        if (by == 0 || !isFree(number, there.grown(GAP))) {
            return;
        }
        arrangement.put(number, there);
        Detours around = new Detours(List.of(arrangement.areas()), arrangement.direction());
        Map<Wire, List<Point>> moved = new LinkedHashMap<>();
        for (Wire wire : wires(number)) {
            moved.put(
                    wire,
                    Stream.of(shifted(wire, by), bent(wire, by))
                            .flatMap(Optional::stream)
                            .filter(points -> !around.isCrossed(points))
                            .findFirst()
                            .orElse(List.of()));
        }
        if (moved.containsValue(List.<Point>of()) || isCrossed(there, moved.keySet())) {
            arrangement.put(number, before);
        } else {
            moved.forEach((wire, points) -> arrangement.route(wire.reader(), wire.input(), points));
        }
    }

    /** Whether any other wire crosses an area. */
    private boolean isCrossed(Rect area, Set<Wire> own) {
        Detours box = new Detours(List.of(area), arrangement.direction());
        for (int number = 0; number < boxes.size(); number++) {
            for (int input = 0; input < boxes.inputs(number); input++) {
                boolean other =
                        !own.contains(new Wire(number, input, false)) && !own.contains(new Wire(number, input, true));
                if (other && box.isCrossed(arrangement.routes(number).to(input))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A wire of a layer that moves, which reads it or is read by it. */
    private record Wire(int reader, int input, boolean leaves) {}

    private List<Wire> wires(int number) {
        List<Wire> wires = new ArrayList<>();
        for (int input = 0; input < boxes.inputs(number); input++) {
            wires.add(new Wire(number, input, false));
        }
        feeds.getOrDefault(number, List.of()).forEach(wire -> wires.add(new Wire(wire[0], wire[1], true)));
        return wires;
    }

    private boolean isFree(int number, Rect area) {
        return networks.stream().noneMatch(area::meets)
                && free.stream()
                        .noneMatch(other ->
                                other != number && arrangement.area(other).meets(area));
    }

    /** The wire with the piece at the end that moves moved too; empty when it is its only piece. */
    private Optional<List<Point>> shifted(Wire wire, double by) {
        List<Point> points = new ArrayList<>(arrangement.routes(wire.reader()).to(wire.input()));
        int end = wire.leaves() ? 0 : points.size() - 1;
        int next = wire.leaves() ? 1 : points.size() - 2;
        boolean straight = across(points.get(end)) == across(points.get(next));
        return points.size() < 4 || !straight ? Optional.empty() : Optional.of(ended(wire, points, by));
    }

    /** The wire with two bends shortly before the end that moves; empty when the piece there is too short. */
    private Optional<List<Point>> bent(Wire wire, double by) {
        List<Point> points = new ArrayList<>(arrangement.routes(wire.reader()).to(wire.input()));
        int from = wire.leaves() ? 0 : points.size() - 2;
        Point start = points.get(from);
        Point end = points.get(from + 1);
        double length = vertical ? end.y() - start.y() : end.x() - start.x();
        boolean straight = points.size() == 2 || across(start) == across(end);
        if (!straight || Math.abs(length) < BEND + BEND / 2) {
            return Optional.empty();
        }
        double part = wire.leaves() ? BEND / Math.abs(length) : 1 - BEND / Math.abs(length);
        double along = (vertical ? start.y() : start.x()) + part * length;
        points.add(from + 1, vertical ? new Point(start.x(), along) : new Point(along, start.y()));
        points.add(from + 2, vertical ? new Point(end.x(), along) : new Point(along, end.y()));
        return Optional.of(ended(wire, points, by));
    }

    /** Moves the last piece, or the first one where the wire leaves the layer. */
    private List<Point> ended(Wire wire, List<Point> points, double by) {
        int end = wire.leaves() ? 0 : points.size() - 1;
        int next = wire.leaves() ? 1 : points.size() - 2;
        points.set(end, moved(points.get(end), by));
        points.set(next, moved(points.get(next), by));
        return Straightening.of(
                points,
                arrangement.start(wire.reader(), wire.input()),
                arrangement.end(wire.reader(), wire.input()),
                arrangement.detail());
    }

    private Point moved(Point point, double by) {
        return vertical ? new Point(point.x() + by, point.y()) : new Point(point.x(), point.y() + by);
    }
}
