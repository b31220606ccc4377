package org.netsplice.testing;

import java.util.ArrayList;
import java.util.List;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.diagram.Surface;

/** Writes down what was drawn. */
public final class Transcript implements Surface {
    private final List<String> lines = new ArrayList<>();
    private final List<Text> texts = new ArrayList<>();
    private final List<List<Point>> arrows = new ArrayList<>();
    private boolean inArrows;

    public List<String> lines() {
        return lines;
    }

    /** The texts. */
    public List<Text> texts() {
        return texts;
    }

    /** The corners of arrowheads, the tip first. */
    public List<List<Point>> arrows() {
        return arrows;
    }

    private void add(String what, Object detail) {
        lines.add(what + " " + detail);
    }

    @Override
    public void save(double dx, double dy, double scale) {
        add("save", dx + " " + dy + " " + scale);
    }

    @Override
    public void restore() {
        lines.add("restore");
    }

    @Override
    public void fill(Rect area, double radius, int color) {
        add("fill", area);
    }

    @Override
    public void outline(Rect area, double radius, int color, double width, boolean dashed) {
        add("outline", area);
    }

    @Override
    public void line(List<Point> points, int color, double width, boolean dashed) {
        add("line", points);
    }

    @Override
    public void curve(List<Point> points, int color, double width) {
        add("curve", points);
    }

    @Override
    public void polygon(List<Point> points, int color) {
        add("polygon", points);
        if (inArrows) {
            arrows.add(points);
        }
    }

    @Override
    public void circle(Point center, double radius, int fill, int outline) {
        add("circle", center);
    }

    @Override
    public void text(Text text, int color) {
        add("text", text.text());
        texts.add(text);
    }

    @Override
    public void begin(String kind, String name) {
        add("begin", kind + " " + name);
        inArrows = kind.equals("arrows");
    }

    @Override
    public void end() {
        lines.add("end");
        inArrows = false;
    }
}
