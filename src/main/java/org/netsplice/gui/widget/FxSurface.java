package org.netsplice.gui.widget;

import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.Font;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.diagram.Surface;
import org.netsplice.diagram.Type;

/** Draws on a JavaFX canvas. */
public final class FxSurface implements Surface {
    private static final Map<Integer, Color> COLORS = new HashMap<>();
    private static final Map<String, Font> FONTS = new HashMap<>();
    private final GraphicsContext graphics;

    /** Draws on a canvas. */
    public FxSurface(GraphicsContext graphics) {
        this.graphics = graphics;
        graphics.setLineJoin(StrokeLineJoin.ROUND);
    }

    /** The colour with the bytes alpha, red, green and blue. */
    public static Color color(int argb) {
        return COLORS.computeIfAbsent(
                argb, key -> Color.rgb(key >> 16 & 255, key >> 8 & 255, key & 255, (key >>> 24) / 255.0));
    }

    private static Font font(boolean bold, double size) {
        return FONTS.computeIfAbsent(bold + " " + size, key -> {
            try (InputStream stream = FxSurface.class.getResourceAsStream(bold ? Type.BOLD : Type.REGULAR)) {
                return Font.loadFont(stream, size);
            } catch (java.io.IOException problem) {
                throw new java.io.UncheckedIOException(problem);
            }
        });
    }

    @Override
    public void save(double dx, double dy, double scale) {
        graphics.save();
        graphics.translate(dx, dy);
        graphics.scale(scale, scale);
    }

    @Override
    public void restore() {
        graphics.restore();
    }

    @Override
    public void fill(Rect area, double radius, int color) {
        graphics.setFill(color(color));
        if (radius == 0) {
            graphics.fillRect(area.x(), area.y(), area.width(), area.height());
        } else {
            graphics.fillRoundRect(area.x(), area.y(), area.width(), area.height(), 2 * radius, 2 * radius);
        }
    }

    @Override
    public void outline(Rect area, double radius, int color, double width, boolean dashed) {
        stroke(color, width, dashed);
        graphics.strokeRoundRect(area.x(), area.y(), area.width(), area.height(), 2 * radius, 2 * radius);
        graphics.setLineDashes();
    }

    private void stroke(int color, double width, boolean dashed) {
        graphics.setStroke(color(color));
        graphics.setLineWidth(width);
        if (dashed) {
            graphics.setLineDashes(5, 4);
        }
    }

    private static double[] xs(List<Point> points) {
        return points.stream().mapToDouble(Point::x).toArray();
    }

    private static double[] ys(List<Point> points) {
        return points.stream().mapToDouble(Point::y).toArray();
    }

    @Override
    public void line(List<Point> points, int color, double width, boolean dashed) {
        stroke(color, width, dashed);
        graphics.strokePolyline(xs(points), ys(points), points.size());
        graphics.setLineDashes();
    }

    @Override
    public void curve(List<Point> points, int color, double width) {
        stroke(color, width, false);
        graphics.beginPath();
        graphics.moveTo(points.get(0).x(), points.get(0).y());
        for (int i = 1; i + 2 < points.size(); i += 3) {
            graphics.bezierCurveTo(
                    points.get(i).x(),
                    points.get(i).y(),
                    points.get(i + 1).x(),
                    points.get(i + 1).y(),
                    points.get(i + 2).x(),
                    points.get(i + 2).y());
        }
        graphics.stroke();
    }

    @Override
    public void polygon(List<Point> points, int color) {
        graphics.setFill(color(color));
        graphics.fillPolygon(xs(points), ys(points), points.size());
    }

    @Override
    public void circle(Point center, double radius, int fill, int outline) {
        graphics.setFill(color(fill));
        graphics.fillOval(center.x() - radius, center.y() - radius, 2 * radius, 2 * radius);
        stroke(outline, 1.2, false);
        graphics.strokeOval(center.x() - radius, center.y() - radius, 2 * radius, 2 * radius);
    }

    @Override
    public void text(Text text, int color) {
        graphics.setFill(color(color));
        graphics.setFont(font(text.bold(), text.size()));
        graphics.fillText(text.text(), text.x(), text.y());
    }
}
