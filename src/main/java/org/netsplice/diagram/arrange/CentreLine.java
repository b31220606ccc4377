package org.netsplice.diagram.arrange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene.Point;

/**
 * Moves the boxes of a network across it so that everything stands around one line: boxes through which all data passes stand on
 * it, and the branches between two of them on both sides. Merges are then in the middle below what they join, and what feeds
 * several branches in the middle above them.
 */
final class CentreLine {
    private final Boxes boxes;
    private final Detail detail;
    private final boolean vertical;
    private final Block block;
    /** The boxes along the network. */
    private final List<Integer> order;
    /** The section of each box: those on the line have an odd number, and what stands between two of them an even one. */
    private final int[] sections;

    private int count;

    private CentreLine(Boxes boxes, Detail detail, Block block) {
        this.boxes = boxes;
        this.detail = detail;
        this.vertical = detail.direction().vertical();
        this.block = block;
        this.sections = new int[boxes.size()];
        this.order = IntStream.range(0, boxes.size())
                .boxed()
                .sorted(Comparator.comparingDouble(number -> start(area(number))))
                .toList();
    }

    /** The block with its boxes around a line; the same block where wires would cross boxes. */
    static Block of(Boxes boxes, Detail detail, Block block) {
        CentreLine line = new CentreLine(boxes, detail, block);
        line.divide();
        return line.count < 2 ? block : line.aligned().orElse(block);
    }

    private Rect area(int number) {
        return block.boxes().get(number).area();
    }

    private double start(Rect area) {
        return vertical ? area.y() : area.x();
    }

    private double end(Rect area) {
        return vertical ? area.bottom() : area.right();
    }

    private double left(Rect area) {
        return vertical ? area.x() : area.y();
    }

    private double right(Rect area) {
        return vertical ? area.right() : area.bottom();
    }

    private double along(Point point) {
        return vertical ? point.y() : point.x();
    }

    /** Finds the boxes that stand alone: no other stands and no wire runs beside them. */
    private void divide() {
        double[] starts = new double[order.size()];
        double[] ends = new double[order.size()];
        double reach = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < order.size(); i++) {
            starts[i] = start(area(order.get(i)));
            reach = Math.max(reach, end(area(order.get(i))));
            ends[i] = reach;
        }
        int[] passing = passing();
        for (int i = 0; i < order.size(); i++) {
            boolean alone = (i == 0 || ends[i - 1] < starts[i])
                    && (i + 1 == order.size() || end(area(order.get(i))) < starts[i + 1])
                    && passing[i] == 0;
            if (alone) {
                sections[order.get(i)] = count + 1;
                count += 2;
            } else {
                sections[order.get(i)] = count;
            }
        }
    }

    /** How many wires run past each box in the order, from one before it to one behind it. */
    private int[] passing() {
        int[] changes = new int[order.size() + 1];
        int[] places = new int[order.size()];
        for (int i = 0; i < places.length; i++) {
            places[order.get(i)] = i;
        }
        for (int number = 0; number < boxes.size(); number++) {
            for (int input = 0; input < boxes.inputs(number); input++) {
                int source = boxes.source(number, input);
                if (source >= 0) {
                    int first = Math.min(places[source], places[number]);
                    int last = Math.max(places[source], places[number]);
                    if (last > first + 1) {
                        changes[first + 1]++;
                        changes[last]--;
                    }
                }
            }
        }
        for (int i = 1; i < changes.length; i++) {
            changes[i] += changes[i - 1];
        }
        return changes;
    }

    private Optional<Block> aligned() {
        double[] lefts = new double[count + 1];
        double[] rights = new double[count + 1];
        Arrays.fill(lefts, Double.POSITIVE_INFINITY);
        Arrays.fill(rights, Double.NEGATIVE_INFINITY);
        for (int number = 0; number < boxes.size(); number++) {
            int section = sections[number];
            lefts[section] = Math.min(lefts[section], left(area(number)));
            rights[section] = Math.max(rights[section], right(area(number)));
        }
        double widest = IntStream.range(0, lefts.length)
                .filter(section -> lefts[section] < rights[section])
                .mapToDouble(section -> rights[section] - lefts[section])
                .max()
                .orElse(0);
        double line = Math.rint(Frames.MARGIN + widest / 2);
        double[] shifts = new double[lefts.length];
        for (int section = 0; section < shifts.length; section++) {
            shifts[section] = lefts[section] < rights[section] ? line - (lefts[section] + rights[section]) / 2 : 0;
        }
        List<Rect> areas = IntStream.range(0, boxes.size())
                .mapToObj(number -> moved(area(number), shifts[sections[number]]))
                .toList();
        Detours around = new Detours(areas, detail.direction());
        List<Routes> routes = new ArrayList<>();
        boolean[] blocked = {false};
        for (int number = 0; number < boxes.size(); number++) {
            int reader = number;
            routes.add(block.boxes().get(number).routes().each((input, points) -> {
                int source = boxes.source(reader, input);
                if (points.isEmpty()) {
                    return points;
                }
                double beside = between(sections[source], sections[reader], shifts);
                List<Point> way = Straightening.of(
                        moved(points, shifts[sections[source]], beside, shifts[sections[reader]]),
                        boxes.start(reader, input, areas.get(source), detail.direction()),
                        boxes.end(reader, input, areas.get(reader), detail.direction()),
                        detail);
                blocked[0] |= around.isCrossed(way);
                return way;
            }));
        }
        return blocked[0] ? Optional.empty() : Optional.of(fitted(areas, routes));
    }

    /** How far what lies between the ends of a wire moves: with the section that it passes. */
    private static double between(int from, int to, double[] shifts) {
        return from == to || from % 2 == 0 ? shifts[from] : to % 2 == 0 ? shifts[to] : shifts[Math.min(from, to) + 1];
    }

    private Rect moved(Rect area, double by) {
        return area.moved(vertical ? by : 0, vertical ? 0 : by);
    }

    private Point moved(Point point, double by) {
        return vertical ? new Point(point.x() + by, point.y()) : new Point(point.x(), point.y() + by);
    }

    /** A wire whose first and last pieces move with their boxes, and all between with what it passes. */
    private List<Point> moved(List<Point> wire, double first, double beside, double last) {
        List<Point> points = new ArrayList<>(wire);
        if (points.size() == 2 && first != last) {
            double middle = along(wire.get(1)) - (along(wire.get(1)) - along(wire.get(0))) / 2;
            points.add(1, at(wire.get(0), middle));
            points.add(2, at(wire.get(1), middle));
        }
        for (int i = 0; i < points.size(); i++) {
            boolean begins = i == 0 || (i == 1 && points.size() > 2);
            double by = begins ? first : i >= points.size() - 2 ? last : beside;
            points.set(i, moved(points.get(i), by));
        }
        return points;
    }

    private Point at(Point point, double along) {
        return vertical ? new Point(point.x(), along) : new Point(along, point.y());
    }

    /** The block moved so that nothing sticks out at the near side, and as wide as it is now. */
    private Block fitted(List<Rect> areas, List<Routes> routes) {
        double near = Double.POSITIVE_INFINITY;
        double far = Double.NEGATIVE_INFINITY;
        for (int number = 0; number < areas.size(); number++) {
            near = Math.min(near, left(areas.get(number)));
            far = Math.max(far, right(areas.get(number)));
            for (List<Point> wire : routes.get(number).wires()) {
                for (Point point : wire) {
                    double across = vertical ? point.x() : point.y();
                    near = Math.min(near, across);
                    far = Math.max(far, across);
                }
            }
        }
        double before = vertical ? Frames.MARGIN : Frames.TITLE + Frames.MARGIN;
        double by = Math.rint(before - near);
        double size = far + by + Frames.MARGIN;
        Rect area = vertical
                ? new Rect(0, 0, size, block.area().height())
                : new Rect(0, 0, block.area().width(), size);
        Block made = Block.of(area, areas, routes, block.frames());
        Block shifted = made.moved(vertical ? by : 0, vertical ? 0 : by);
        return new Block(area, shifted.boxes(), block.frames());
    }
}
