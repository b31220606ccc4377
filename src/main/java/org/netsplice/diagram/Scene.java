package org.netsplice.diagram;

import java.lang.ref.WeakReference;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;

/** The geometry of a picture, in points; everything is drawn from it and hit in it. Immutable. */
public final class Scene {
    /** Nothing. */
    public static final Scene EMPTY = new Scene(List.of(), List.of(), List.of(), List.of(), Detail.WINDOW);

    private final List<Box> boxes;
    private final List<Wire> wires;
    private final List<Frame> frames;
    private final List<Note> notes;
    private final Detail detail;
    /** The number of the box that stands for a node; −1 when there is none. */
    private final ToIntFunction<NodeId> numbers;

    private volatile Places places;
    private volatile Rect whole;
    private volatile Comparison compared;

    /** Where everything is. */
    private record Places(Areas wires, Areas boxes) {}

    /** What has changed since another picture, which is not kept for that. */
    private record Comparison(WeakReference<Scene> before, List<Rect> changed) {}

    public Scene(List<Box> boxes, List<Wire> wires, List<Frame> frames, List<Note> notes, Detail detail) {
        this(boxes, wires, frames, notes, detail, numbers(boxes));
    }

    /** A picture of boxes whose numbers are known: of each node that of the box which stands for it, and −1 of all others. */
    public Scene(
            List<Box> boxes,
            List<Wire> wires,
            List<Frame> frames,
            List<Note> notes,
            Detail detail,
            ToIntFunction<NodeId> numbers) {
        this.notes = List.copyOf(notes);
        this.boxes = List.copyOf(boxes);
        this.wires = List.copyOf(wires);
        this.frames = List.copyOf(frames);
        this.detail = detail;
        this.numbers = numbers;
    }

    private static ToIntFunction<NodeId> numbers(List<Box> boxes) {
        Map<NodeId, Integer> numbers = new HashMap<>(2 * boxes.size());
        for (int number = 0; number < boxes.size(); number++) {
            for (NodeId id : boxes.get(number).inside()) {
                numbers.put(id, number);
            }
        }
        return id -> numbers.getOrDefault(id, -1);
    }

    /** Nodes and folded groups. */
    public List<Box> boxes() {
        return boxes;
    }

    public List<Wire> wires() {
        return wires;
    }

    private Places places() {
        if (places == null) {
            places = new Places(
                    new Areas(wires.stream().map(Wire::around).toList()),
                    new Areas(boxes.stream().map(Box::area).toList()));
        }
        return places;
    }

    /** Where wires are, with some space for their arrows. */
    Areas wireAreas() {
        return places().wires();
    }

    /** Where boxes are. */
    Areas boxAreas() {
        return places().boxes();
    }

    /** Finds out beforehand what painting asks for; may be called by another thread. */
    public void prepare() {
        places();
        bounds();
    }

    /** Frames around groups that are not folded, the outer before the inner. */
    public List<Frame> frames() {
        return frames;
    }

    /** Texts beside the networks. */
    public List<Note> notes() {
        return notes;
    }

    /** A text of a figure. */
    public record Note(long number, List<String> lines, Rect area) {
        public Note {
            lines = List.copyOf(lines);
        }
    }

    /** The note at a place. */
    public Optional<Note> noteAt(double x, double y) {
        return notes.stream().filter(note -> note.area().contains(x, y)).reduce((lower, upper) -> upper);
    }

    /** What is shown. */
    public Detail detail() {
        return detail;
    }

    /**
     * A node, or a folded group.
     *
     * @param id the node; of a folded group its last one
     * @param inside the nodes it stands for
     * @param outlets the ports drawn on it, in order
     * @param folded the folded group, if it is one
     */
    public record Box(
            NodeId id,
            Label label,
            Rect area,
            Set<NodeId> inside,
            int inputs,
            List<Port> outlets,
            Optional<GroupId> folded) {

        boolean looksLike(Box other) {
            return area.equals(other.area)
                    && label.equals(other.label)
                    && outlets.size() == other.outlets.size()
                    && folded.equals(other.folded);
        }

        /** Its area with the marks above it. */
        Rect marked() {
            return area.grown(24);
        }

        /** Where a port is. */
        public Point outlet(Port port, Detail.Direction direction) {
            return outputAnchor(area, Math.max(0, outlets.indexOf(port)), outlets.size(), direction);
        }
    }

    /**
     * A wire.
     *
     * @param to the node that reads, which may be inside of a folded group
     * @param input which input of the reader, counted from 0
     * @param points x and y in turn, from the port to the reader
     */
    public record Wire(NodeId from, Port port, NodeId to, int input, List<Point> points) {
        public Wire {
            points = List.copyOf(points);
        }

        /** The rectangle around it, with some space for its arrow. */
        public Rect around() {
            double left = Double.MAX_VALUE;
            double top = Double.MAX_VALUE;
            double right = -Double.MAX_VALUE;
            double bottom = -Double.MAX_VALUE;
            for (Point point : points) {
                left = Math.min(left, point.x());
                top = Math.min(top, point.y());
                right = Math.max(right, point.x());
                bottom = Math.max(bottom, point.y());
            }
            return new Rect(left - 7, top - 7, right - left + 14, bottom - top + 14);
        }
    }

    /** A place. */
    public record Point(double x, double y) {
        double distance(double px, double py) {
            return Math.hypot(x - px, y - py);
        }
    }

    /** A frame around a group; colour tells networks apart, depth counts the frames around it. */
    public record Frame(GroupId id, String title, Rect area, int color, int depth) {}

    /** Where an output of a box is. */
    public static Point outputAnchor(Rect area, int index, int count, Detail.Direction direction) {
        double share = (index + 1.0) / (count + 1.0);
        return switch (direction) {
            case TB -> new Point(area.x() + area.width() * share, area.bottom());
            case BT -> new Point(area.x() + area.width() * share, area.y());
            case LR -> new Point(area.right(), area.y() + area.height() * share);
            case RL -> new Point(area.x(), area.y() + area.height() * share);
        };
    }

    /** Where an input of a box is. */
    public static Point inputAnchor(Rect area, int index, int count, Detail.Direction direction) {
        double share = (index + 1.0) / (count + 1.0);
        return switch (direction) {
            case TB -> new Point(area.x() + area.width() * share, area.y());
            case BT -> new Point(area.x() + area.width() * share, area.bottom());
            case LR -> new Point(area.x(), area.y() + area.height() * share);
            case RL -> new Point(area.right(), area.y() + area.height() * share);
        };
    }

    /** The box that stands for a node. */
    public Optional<Box> box(NodeId id) {
        int number = numbers.applyAsInt(id);
        return number < 0 ? Optional.empty() : Optional.of(boxes.get(number));
    }

    /** The box at a place, the uppermost first. */
    public Optional<Box> boxAt(double x, double y) {
        for (int i = boxes.size() - 1; i >= 0; i--) {
            if (boxes.get(i).area().contains(x, y)) {
                return Optional.of(boxes.get(i));
            }
        }
        return Optional.empty();
    }

    /** The box nearest to a place outside of boxes, within a distance of its border. */
    public Optional<Box> boxNear(double x, double y, double within) {
        return boxes.stream()
                .filter(box -> box.area().grown(within).contains(x, y))
                .min(Comparator.comparingDouble(box -> box.area().distance(x, y)));
    }

    /** The wire whose reading end is nearest to a place, within a distance. */
    public Optional<Wire> endAt(double x, double y, double within) {
        return wires.stream()
                .filter(wire -> wire.points().get(wire.points().size() - 1).distance(x, y) <= within)
                .min(Comparator.comparingDouble(
                        wire -> wire.points().get(wire.points().size() - 1).distance(x, y)));
    }

    /** The output port nearest to a place, within a distance. */
    public Optional<Port> outputAt(double x, double y, double within) {
        Port nearest = null;
        double best = within;
        for (Box box : boxes) {
            if (!box.area().grown(within).contains(x, y)) {
                continue;
            }
            for (Port port : box.outlets()) {
                double distance = box.outlet(port, detail.direction()).distance(x, y);
                if (distance <= best) {
                    best = distance;
                    nearest = port;
                }
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** The innermost frame whose title bar or border is at a place. */
    public Optional<Frame> frameAt(double x, double y) {
        return frames.stream()
                .filter(frame -> frame.area().contains(x, y))
                .reduce((outer, inner) -> inner.depth() >= outer.depth() ? inner : outer);
    }

    /** The wire near a place. */
    public Optional<Wire> wireAt(double x, double y, double within) {
        return wires.stream().filter(wire -> distance(wire, x, y) <= within).findFirst();
    }

    /** The wires that a straight line crosses. */
    public List<Wire> wiresAcross(Point from, Point to) {
        return wires.stream().filter(wire -> crosses(wire, from, to)).toList();
    }

    private static boolean crosses(Wire wire, Point from, Point to) {
        for (int i = 1; i < wire.points().size(); i++) {
            Point a = wire.points().get(i - 1);
            Point b = wire.points().get(i);
            if (side(from, to, a) != side(from, to, b) && side(a, b, from) != side(a, b, to)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a point lies left of a line. */
    private static boolean side(Point from, Point to, Point point) {
        return (to.x() - from.x()) * (point.y() - from.y()) > (to.y() - from.y()) * (point.x() - from.x());
    }

    private static double distance(Wire wire, double x, double y) {
        double best = Double.MAX_VALUE;
        for (int i = 1; i < wire.points().size(); i++) {
            Point a = wire.points().get(i - 1);
            Point b = wire.points().get(i);
            double length = a.distance(b.x(), b.y());
            double along = length == 0
                    ? 0
                    : Math.max(
                            0,
                            Math.min(
                                    1,
                                    ((x - a.x()) * (b.x() - a.x()) + (y - a.y()) * (b.y() - a.y()))
                                            / (length * length)));
            best = Math.min(best, Math.hypot(x - a.x() - along * (b.x() - a.x()), y - a.y() - along * (b.y() - a.y())));
        }
        return best;
    }

    /**
     * The areas where this picture differs from another, or one area around them. Remembered for the picture it was last asked for,
     * so that the asking can be done before it matters.
     */
    public List<Rect> changed(Scene before) {
        Comparison known = compared;
        if (known == null || known.before().get() != before) {
            known = new Comparison(new WeakReference<>(before), Comparing.changed(this, before));
            compared = known;
        }
        return known.changed();
    }

    /** The same boxes in the same order elsewhere, with other things around them. */
    Scene with(List<Box> others, List<Wire> around, List<Frame> framed, List<Note> noted) {
        return new Scene(others, around, framed, noted, detail, numbers);
    }

    /** The rectangle around everything; a small one when there is nothing. */
    public Rect bounds() {
        if (whole == null) {
            whole = measured();
        }
        return whole;
    }

    private Rect measured() {
        Rect bounds = null;
        for (Box box : boxes) {
            bounds = bounds == null ? box.area() : bounds.with(box.area());
        }
        for (Frame frame : frames) {
            bounds = bounds == null ? frame.area() : bounds.with(frame.area());
        }
        for (Note note : notes) {
            bounds = bounds == null ? note.area() : bounds.with(note.area());
        }
        for (Wire wire : wires) {
            for (Point point : wire.points()) {
                bounds = bounds == null
                        ? new Rect(point.x(), point.y(), 0, 0)
                        : bounds.with(new Rect(point.x(), point.y(), 0, 0));
            }
        }
        return bounds == null ? new Rect(0, 0, 100, 60) : bounds;
    }
}
