package org.netsplice.diagram;

import java.util.List;
import org.netsplice.diagram.Scene.Box;
import org.netsplice.diagram.Scene.Frame;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.diagram.Scene.Wire;
import org.netsplice.diagram.Surface.Text;
import org.netsplice.graph.Port;
import org.netsplice.problem.Printable;

/** Paints a scene. Says the same to every surface. */
public final class Painter {
    private static final double RADIUS = 5;
    /** From this scale on boxes say everything; below it only a name or class, larger. */
    private static final double WHOLE = 0.6;
    /** From this scale on a name can be read; below it boxes have the colour and shape of their family. */
    private static final double NAMED = 0.3;
    /** From this scale on shapes and arrowheads can be told. */
    private static final double SHAPED = 0.1;
    /** The least and the usual size of a name on the screen, where boxes say nothing else. */
    private static final double MIN_NAME = 8;

    private static final double NAME = 13;
    /** The usual length of an arrowhead, and the longest where it is small on the screen. */
    private static final double ARROW = 8;

    private static final double MAX_ARROW = 12;
    /** Wires that are shorter in pixels are left out. */
    private static final double SMALLEST_WIRE = 3;

    private static final double SMALL = Labels.SIZE - 1;
    private final Theme theme;
    private final Surface surface;
    private final double scale;
    private final Pills pills;

    /** A painter; below certain scales text and details are left out. */
    public Painter(Theme theme, Surface surface, double scale) {
        this.theme = theme;
        this.surface = surface;
        this.scale = scale;
        this.pills = new Pills(theme, surface);
    }

    /** Paints what lies in a part of the scene: frames, wires, titles of frames, boxes, and arrowheads above all of them. */
    public void paint(Scene scene, Rect visible) {
        for (Frame frame : scene.frames()) {
            if (frame.area().meets(visible)) {
                frame(frame);
            }
        }
        int[] wires = scene.wireAreas().in(visible).stream()
                .filter(i -> longest(scene.wireAreas().get(i)) * scale > SMALLEST_WIRE)
                .toArray();
        for (int wire : wires) {
            wire(scene, scene.wires().get(wire));
        }
        for (Frame frame : scene.frames()) {
            if (scale > 0.3 && frame.area().meets(visible)) {
                title(frame, scene.detail().marks());
            }
        }
        scene.boxAreas().in(visible.grown(24)).stream()
                .forEach(i -> box(scene, scene.boxes().get(i)));
        if (scale >= SHAPED && wires.length > 0) {
            surface.begin("arrows", "");
            for (int wire : wires) {
                surface.polygon(arrow(scene, scene.wires().get(wire).points()), theme.wire());
            }
            surface.end();
        }
        for (Scene.Note note : scene.notes()) {
            if (note.area().meets(visible)) {
                note(note);
            }
        }
    }

    private static double longest(Rect area) {
        return Math.max(area.width(), area.height());
    }

    private static int faded(int color, int alpha) {
        return (color & 0xFFFFFF) | (alpha << 24);
    }

    private void frame(Frame frame) {
        surface.begin("frame", frame.title());
        int color = theme.frame(frame.color());
        surface.fill(frame.area(), 9, faded(color, frame.depth() == 0 ? 0x14 : 0x10));
        surface.outline(frame.area(), 9, faded(color, frame.depth() == 0 ? 0xFF : 0xB0), 1.2, frame.depth() > 0);
        surface.end();
    }

    /** Titles stand above wires, on a ground of their own where wires may cross. */
    private void title(Frame frame, boolean marks) {
        Rect area = frame.area();
        double arrow = marks ? Wording.ARROW : 0;
        double room = area.width() - 24 - arrow;
        String title = Type.fitted(Printable.name(frame.title()), true, Labels.SIZE, room);
        if (frame.depth() > 0) {
            Rect ground = new Rect(area.x() + 8, area.y() + 6, Type.width(title, true, Labels.SIZE) + 8 + arrow, 18);
            surface.fill(ground, 4, faded(theme.background(), 0xD0));
        }
        if (marks) {
            surface.polygon(triangle(area.x() + 12, area.y() + 15, false), theme.text());
        }
        surface.text(new Text(title, area.x() + 12 + arrow, area.y() + 19, true, Labels.SIZE), theme.text());
    }

    /** The sign of what can be unfolded, pointing right, or folded, pointing down. */
    private static List<Point> triangle(double left, double middle, boolean folded) {
        return folded
                ? List.of(new Point(left, middle - 5), new Point(left + 8, middle), new Point(left, middle + 5))
                : List.of(
                        new Point(left, middle - 4),
                        new Point(left + 9, middle - 4),
                        new Point(left + 4.5, middle + 4));
    }

    private void wire(Scene scene, Wire wire) {
        surface.begin("wire", wire.from().number() + " " + wire.to().number() + " " + wire.input());
        List<Point> points = wire.points();
        Point end = points.get(points.size() - 1);
        switch (scene.detail().splines()) {
            case LINE -> surface.line(List.of(points.get(0), end), theme.wire(), 1.4, false);
            case SPLINE -> surface.curve(curve(points, scene.detail().direction()), theme.wire(), 1.4);
            default -> surface.line(points, theme.wire(), 1.4, false);
        }
        surface.end();
    }

    /** ELK's splines are used as they are; other paths become one curve. */
    private static List<Point> curve(List<Point> points, Detail.Direction direction) {
        if (points.size() % 3 == 1 && points.size() > 2) {
            return points;
        }
        Point a = points.get(0);
        Point b = points.get(points.size() - 1);
        return direction.vertical()
                ? List.of(a, new Point(a.x(), (a.y() + b.y()) / 2), new Point(b.x(), (a.y() + b.y()) / 2), b)
                : List.of(a, new Point((a.x() + b.x()) / 2, a.y()), new Point((a.x() + b.x()) / 2, b.y()), b);
    }

    /** The arrowhead at the end of a wire, as long as its last piece allows; it points the way the wire goes. */
    private List<Point> arrow(Scene scene, List<Point> way) {
        boolean curved = scene.detail().splines() == Detail.Splines.SPLINE;
        List<Point> points = curved ? curve(way, scene.detail().direction()) : way;
        Point tip = points.get(points.size() - 1);
        int from = scene.detail().splines() == Detail.Splines.LINE ? 0 : points.size() - 2;
        while (from > 0 && points.get(from).distance(tip.x(), tip.y()) < 1) {
            from--;
        }
        Point before = points.get(from);
        double piece = Math.max(0.001, before.distance(tip.x(), tip.y()));
        double dx = (tip.x() - before.x()) / piece;
        double dy = (tip.y() - before.y()) / piece;
        double length = Math.min(Math.max(ARROW, 4 / scale), Math.min(MAX_ARROW, Math.max(ARROW, piece)));
        Point base = new Point(tip.x() - length * dx, tip.y() - length * dy);
        double half = length / 2;
        return List.of(
                tip,
                new Point(base.x() - half * dy, base.y() + half * dx),
                new Point(base.x() + half * dy, base.y() - half * dx));
    }

    private void box(Scene scene, Box box) {
        Label label = box.label();
        surface.begin("node", label.title());
        Rect area = box.area();
        if (scale < NAMED) {
            shape(label.tint(), area, header(label));
            surface.end();
            return;
        }
        if (scale < WHOLE) {
            surface.fill(area, RADIUS, header(label));
            surface.outline(
                    area,
                    RADIUS,
                    label.state().problem() ? theme.error() : theme.border(),
                    label.state().problem() ? 3 : 1,
                    label.tint() == Label.Tint.OPAQUE);
            name(label, area);
            surface.end();
            return;
        }
        boolean plain = label.rows().isEmpty() && label.badge().isEmpty();
        int tint = header(label);
        surface.fill(area, RADIUS, tint);
        if (!plain) {
            Rect body = new Rect(area.x(), area.y() + Labels.HEADER, area.width(), area.height() - Labels.HEADER);
            surface.fill(body, RADIUS, theme.box());
            surface.fill(new Rect(body.x(), body.y(), body.width(), Math.min(8, body.height())), 0, theme.box());
        }
        boolean wrong = label.state().problem();
        surface.outline(
                area, RADIUS, wrong ? theme.error() : theme.border(), wrong ? 2 : 1, label.tint() == Label.Tint.OPAQUE);
        texts(scene, box);
        if (scene.detail().marks()) {
            ports(scene, box);
        }
        surface.end();
    }

    /** A name in the middle of a box, as large as fits; the class where the name does not fit, or what fits of it. */
    private void name(Label label, Rect area) {
        double room = area.width() - 8;
        double most = Math.min(NAME / scale, area.height() * 0.6);
        double least = Math.min(MIN_NAME / scale, most);
        for (String text : List.of(label.title(), label.type())) {
            double size = Math.min(most, most * room / Math.max(1, Type.width(text, true, most)));
            if (!text.isEmpty() && size >= least) {
                named(label, text, area, size);
                return;
            }
        }
        String text = label.type().isEmpty() ? label.title() : label.type();
        named(label, Type.fitted(text, true, least, room), area, least);
    }

    private void named(Label label, String text, Rect area, double size) {
        double left = area.centerX() - Type.width(text, true, size) / 2;
        surface.text(new Text(text, left, area.centerY() + size * 0.36, true, size), Theme.on(header(label)));
    }

    /** A box from far away: families differ in shape as well as in colour. */
    private void shape(Label.Tint tint, Rect area, int color) {
        double slant = Math.min(area.width() / 4, area.height() / 2);
        double round = Math.min(area.width(), area.height()) / 2;
        if (scale < SHAPED) {
            surface.fill(area, 0, color);
            return;
        }
        switch (tint) {
            case POOLING -> surface.polygon(sides(area, 0, slant), color);
            case MERGE -> surface.polygon(sides(area, slant, 0), color);
            case ATTENTION ->
                surface.polygon(
                        List.of(
                                new Point(area.x(), area.centerY()),
                                new Point(area.x() + slant, area.y()),
                                new Point(area.right() - slant, area.y()),
                                new Point(area.right(), area.centerY()),
                                new Point(area.right() - slant, area.bottom()),
                                new Point(area.x() + slant, area.bottom())),
                        color);
            case RECURRENT ->
                surface.polygon(
                        List.of(
                                new Point(area.x() + slant, area.y()),
                                new Point(area.right(), area.y()),
                                new Point(area.right() - slant, area.bottom()),
                                new Point(area.x(), area.bottom())),
                        color);
            case ACTIVATION, INPUT -> surface.fill(area, round, color);
            case NORMALIZATION ->
                surface.fill(
                        new Rect(area.x(), area.y() + area.height() / 4, area.width(), area.height() / 2), 0, color);
            default -> surface.fill(area, 0, color);
        }
    }

    /** A trapezium whose upper and lower sides are shorter than the area by this much at both ends. */
    private static List<Point> sides(Rect area, double above, double below) {
        return List.of(
                new Point(area.x() + above, area.y()),
                new Point(area.right() - above, area.y()),
                new Point(area.right() - below, area.bottom()),
                new Point(area.x() + below, area.bottom()));
    }

    /** Tells the number of axes by shape and colour: vectors are round, sequences are diamonds, images are square. */
    private void port(Point at, int rank) {
        if (rank <= 2) {
            surface.circle(at, 4, theme.box(), theme.wire());
        } else if (rank == 3) {
            surface.polygon(diamond(at, 6), theme.wire());
            surface.polygon(diamond(at, 4.2), theme.frame(1));
        } else {
            Rect square = new Rect(at.x() - 3.5, at.y() - 3.5, 7, 7);
            surface.fill(square, 0, theme.frame(0));
            surface.outline(square, 0, theme.wire(), 1.2, false);
        }
    }

    private static List<Point> diamond(Point at, double size) {
        return List.of(
                new Point(at.x(), at.y() - size),
                new Point(at.x() + size, at.y()),
                new Point(at.x(), at.y() + size),
                new Point(at.x() - size, at.y()));
    }

    private int header(Label label) {
        return label.color() < 0 ? theme.tint(label.tint()) : theme.frame(label.color());
    }

    private void note(Scene.Note note) {
        surface.begin("note", String.join(" ", note.lines()));
        surface.fill(note.area(), RADIUS, theme.pill());
        double baseline = note.area().y() + 17;
        for (String line : note.lines()) {
            surface.text(new Text(line, note.area().x() + Labels.PADDING, baseline, false, Labels.SIZE), theme.text());
            baseline += Labels.ROW;
        }
        surface.end();
    }

    private void texts(Scene scene, Box box) {
        Label label = box.label();
        Rect area = box.area();
        int ink = Theme.on(header(label));
        double left = area.x() + Labels.PADDING;
        double title = left;
        if (box.folded().isPresent() && scene.detail().marks()) {
            surface.polygon(triangle(left, area.y() + 12, true), ink);
            title += Wording.ARROW;
        }
        surface.text(new Text(label.title(), title, area.y() + 16.5, true, Labels.SIZE), ink);
        if (!label.type().isEmpty()) {
            double width = Type.width(label.type(), false, SMALL);
            surface.text(
                    new Text(label.type(), area.right() - Labels.PADDING - width, area.y() + 16.5, false, SMALL), ink);
        }
        double baseline = area.y() + Labels.HEADER + 16;
        for (Label.Row row : label.rows()) {
            surface.text(new Text(row.key(), left, baseline, false, SMALL - 1), theme.quiet());
            double value = row.key().isEmpty() ? left : left + Labels.KEYS;
            surface.text(new Text(row.value(), value, baseline, false, SMALL), theme.text());
            baseline += Labels.ROW;
        }
        if (!label.badge().isEmpty()) {
            pills.pill(label.badge(), area.right() - Labels.PADDING, area.bottom() - 21, theme.pill(), theme.text());
        }
        pills.marks(scene, box);
    }

    private void ports(Scene scene, Box box) {
        Detail.Direction direction = scene.detail().direction();
        for (Port port : box.outlets()) {
            port(box.outlet(port, direction), box.label().rank());
        }
    }
}
