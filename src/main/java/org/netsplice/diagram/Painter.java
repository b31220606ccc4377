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
    /** Below this scale boxes are rectangles of one colour. */
    private static final double COARSE = 0.2;
    /** Below this scale texts could not be read. */
    private static final double READABLE = 0.4;
    /** Wires that are shorter in pixels are left out. */
    private static final double SMALLEST_WIRE = 3;

    private static final double SMALL = Labels.SIZE - 1;
    private final Theme theme;
    private final Surface surface;
    private final double scale;

    /** A painter; below certain scales text and details are left out. */
    public Painter(Theme theme, Surface surface, double scale) {
        this.theme = theme;
        this.surface = surface;
        this.scale = scale;
    }

    /** Paints what lies in a part of the scene: frames, wires, titles of frames, boxes. */
    public void paint(Scene scene, Rect visible) {
        for (Frame frame : scene.frames()) {
            if (frame.area().meets(visible)) {
                frame(frame);
            }
        }
        scene.wireAreas().in(visible).stream().forEach(i -> {
            Rect around = scene.wireAreas().get(i);
            if (Math.max(around.width(), around.height()) * scale > SMALLEST_WIRE) {
                wire(scene, scene.wires().get(i));
            }
        });
        for (Frame frame : scene.frames()) {
            if (scale > 0.3 && frame.area().meets(visible)) {
                title(frame);
            }
        }
        scene.boxAreas().in(visible.grown(24)).stream()
                .forEach(i -> box(scene, scene.boxes().get(i)));
        for (Scene.Note note : scene.notes()) {
            if (note.area().meets(visible)) {
                note(note);
            }
        }
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
    private void title(Frame frame) {
        Rect area = frame.area();
        double room = area.width() - 24 - Wording.ARROW;
        String title = Type.fitted(Printable.name(frame.title()), true, Labels.SIZE, room);
        if (frame.depth() > 0) {
            Rect ground =
                    new Rect(area.x() + 8, area.y() + 6, Type.width(title, true, Labels.SIZE) + 8 + Wording.ARROW, 18);
            surface.fill(ground, 4, faded(theme.background(), 0xD0));
        }
        surface.polygon(triangle(area.x() + 12, area.y() + 15, false), theme.text());
        surface.text(new Text(title, area.x() + 12 + Wording.ARROW, area.y() + 19, true, Labels.SIZE), theme.text());
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
        if (scale > READABLE) {
            Point before =
                    scene.detail().splines() == Detail.Splines.LINE ? points.get(0) : points.get(points.size() - 2);
            surface.polygon(arrow(before, end), theme.wire());
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

    private static List<Point> arrow(Point from, Point tip) {
        double length = Math.max(0.001, Math.hypot(tip.x() - from.x(), tip.y() - from.y()));
        double dx = (tip.x() - from.x()) / length;
        double dy = (tip.y() - from.y()) / length;
        Point base = new Point(tip.x() - 8 * dx, tip.y() - 8 * dy);
        return List.of(
                tip, new Point(base.x() - 4 * dy, base.y() + 4 * dx), new Point(base.x() + 4 * dy, base.y() - 4 * dx));
    }

    private void box(Scene scene, Box box) {
        Label label = box.label();
        surface.begin("node", label.title());
        Rect area = box.area();
        if (scale < COARSE) {
            surface.fill(area, 0, header(label));
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
        if (scale > READABLE) {
            texts(box);
        }
        if (scale > 0.55) {
            ports(scene, box);
        }
        surface.end();
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

    private void texts(Box box) {
        Label label = box.label();
        Rect area = box.area();
        int ink = Theme.on(header(label));
        double left = area.x() + Labels.PADDING;
        double title = left;
        if (box.folded().isPresent()) {
            surface.polygon(triangle(left, area.y() + 12, true), ink);
            title += Wording.ARROW;
        }
        surface.text(new Text(label.title(), title, area.y() + 16.5, true, Labels.SIZE), ink);
        if (!label.type().isEmpty()) {
            double width = Type.width(label.type(), false, SMALL);
            surface.text(
                    new Text(label.type(), area.right() - Labels.PADDING - width, area.y() + 16.5, false, SMALL),
                    faded(ink, 0xD8));
        }
        double baseline = area.y() + Labels.HEADER + 16;
        for (Label.Row row : label.rows()) {
            surface.text(new Text(row.key(), left, baseline, false, SMALL - 1), theme.quiet());
            surface.text(new Text(row.value(), left + Labels.KEYS, baseline, false, SMALL), theme.text());
            baseline += Labels.ROW;
        }
        if (!label.badge().isEmpty()) {
            pill(label.badge(), area.right() - Labels.PADDING, area.bottom() - 21, theme.pill(), theme.text());
        }
        marks(label.state(), area);
    }

    /** A small word on a coloured ground, its right end and top at a place. */
    private double pill(String text, double right, double top, int ground, int color) {
        double width = Type.width(text, false, SMALL - 1) + 14;
        surface.fill(new Rect(right - width, top, width, 15), 7.5, ground);
        surface.text(new Text(text, right - width + 7, top + 11, false, SMALL - 1), color);
        return right - width - 5;
    }

    private void marks(Label.State state, Rect area) {
        double right = area.right() - 6;
        double top = area.y() - 17;
        if (state.output()) {
            right = pill("output", right, top, theme.frame(2), Theme.on(theme.frame(2)));
        }
        if (state.untrained()) {
            right = pill("untrained", right, top, theme.warning(), Theme.on(theme.warning()));
        }
        if (state.frozen()) {
            right = lock(pill("    frozen", right, top, theme.input(), theme.headerText()), top);
        }
        if (state.shared()) {
            pill("shared weights", right, top, theme.input(), theme.headerText());
        }
    }

    /** A closed lock in the pill that ends before a place; gives the place back. */
    private double lock(double right, double top) {
        double left = right + 5 + 9;
        surface.outline(new Rect(left + 1.5, top + 3, 4, 6), 2, theme.headerText(), 1.1, false);
        surface.fill(new Rect(left, top + 6.5, 7, 5.5), 1, theme.headerText());
        return right;
    }

    private void ports(Scene scene, Box box) {
        Detail.Direction direction = scene.detail().direction();
        for (Port port : box.outlets()) {
            port(box.outlet(port, direction), box.label().rank());
        }
    }
}
