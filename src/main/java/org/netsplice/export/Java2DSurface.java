package org.netsplice.export;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.diagram.Surface;
import org.netsplice.diagram.Type;

/** Draws with Java2D, which needs no display. */
final class Java2DSurface implements Surface {
    private final Graphics2D graphics;
    private final Deque<AffineTransform> saved = new ArrayDeque<>();

    Java2DSurface(Graphics2D graphics) {
        this.graphics = graphics;
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    }

    @Override
    public void save(double dx, double dy, double scale) {
        saved.push(graphics.getTransform());
        graphics.translate(dx, dy);
        graphics.scale(scale, scale);
    }

    @Override
    public void restore() {
        graphics.setTransform(saved.pop());
    }

    private static RoundRectangle2D shape(Rect area, double radius) {
        return new RoundRectangle2D.Double(area.x(), area.y(), area.width(), area.height(), 2 * radius, 2 * radius);
    }

    private void color(int color) {
        graphics.setColor(new Color(color, true));
    }

    private void stroke(double width, boolean dashed) {
        float[] dashes = dashed ? new float[] {5, 4} : null;
        graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes, 0));
    }

    @Override
    public void fill(Rect area, double radius, int color) {
        color(color);
        graphics.fill(shape(area, radius));
    }

    @Override
    public void outline(Rect area, double radius, int color, double width, boolean dashed) {
        color(color);
        stroke(width, dashed);
        graphics.draw(shape(area, radius));
    }

    private static Path2D path(List<Point> points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points.get(0).x(), points.get(0).y());
        points.subList(1, points.size()).forEach(point -> path.lineTo(point.x(), point.y()));
        return path;
    }

    @Override
    public void line(List<Point> points, int color, double width, boolean dashed) {
        color(color);
        stroke(width, dashed);
        graphics.draw(path(points));
    }

    @Override
    public void curve(List<Point> points, int color, double width) {
        Path2D path = new Path2D.Double();
        path.moveTo(points.get(0).x(), points.get(0).y());
        for (int i = 1; i + 2 < points.size(); i += 3) {
            path.curveTo(
                    points.get(i).x(),
                    points.get(i).y(),
                    points.get(i + 1).x(),
                    points.get(i + 1).y(),
                    points.get(i + 2).x(),
                    points.get(i + 2).y());
        }
        color(color);
        stroke(width, false);
        graphics.draw(path);
    }

    @Override
    public void polygon(List<Point> points, int color) {
        color(color);
        Path2D path = path(points);
        path.closePath();
        graphics.fill(path);
    }

    @Override
    public void circle(Point center, double radius, int fill, int outline) {
        Ellipse2D circle = new Ellipse2D.Double(center.x() - radius, center.y() - radius, 2 * radius, 2 * radius);
        color(fill);
        graphics.fill(circle);
        color(outline);
        stroke(1.2, false);
        graphics.draw(circle);
    }

    @Override
    public void text(Text text, int color) {
        color(color);
        AffineTransform before = graphics.getTransform();
        graphics.translate(text.x(), text.y());
        graphics.fill(Type.outline(text.text(), text.bold(), text.size()));
        graphics.setTransform(before);
    }
}
