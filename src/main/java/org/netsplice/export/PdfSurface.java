package org.netsplice.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.state.PDExtendedGraphicsState;
import org.apache.pdfbox.util.Matrix;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.diagram.Surface;
import org.netsplice.diagram.Type;

/** Draws on a page of a PDF whose y has been made to grow downwards. */
final class PdfSurface implements Surface {
    /** How far the handles of a Bézier curve are from its ends, for a quarter of a circle of radius 1. */
    private static final double QUARTER = 0.5522847498;

    private static final int ROUND_JOIN = 1;

    private final PDPageContentStream content;
    private final PDFont regular;
    private final PDFont bold;
    private final Map<Integer, PDExtendedGraphicsState> alphas = new HashMap<>();

    PdfSurface(PDPageContentStream content, PDFont regular, PDFont bold) {
        this.content = content;
        this.regular = regular;
        this.bold = bold;
    }

    /** Something that is written. */
    @FunctionalInterface
    private interface Step {
        void write() throws IOException;
    }

    private static void put(Step step) {
        try {
            step.write();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Writes something in a colour, for both filling and lines. */
    private void put(int color, Step step) {
        put(() -> {
            content.saveGraphicsState();
            int alpha = color >>> 24;
            if (alpha < 255) {
                content.setGraphicsStateParameters(alphas.computeIfAbsent(alpha, PdfSurface::state));
            }
            float red = (color >> 16 & 255) / 255f;
            float green = (color >> 8 & 255) / 255f;
            float blue = (color & 255) / 255f;
            content.setNonStrokingColor(red, green, blue);
            content.setStrokingColor(red, green, blue);
            step.write();
            content.restoreGraphicsState();
        });
    }

    private static PDExtendedGraphicsState state(int alpha) {
        PDExtendedGraphicsState state = new PDExtendedGraphicsState();
        state.setNonStrokingAlphaConstant(alpha / 255f);
        state.setStrokingAlphaConstant(alpha / 255f);
        return state;
    }

    @Override
    public void save(double dx, double dy, double scale) {
        put(() -> {
            content.saveGraphicsState();
            content.transform(new Matrix((float) scale, 0, 0, (float) scale, (float) dx, (float) dy));
        });
    }

    @Override
    public void restore() {
        put(content::restoreGraphicsState);
    }

    private void move(double x, double y) throws IOException {
        content.moveTo((float) x, (float) y);
    }

    private void line(double x, double y) throws IOException {
        content.lineTo((float) x, (float) y);
    }

    private void curve(Point one, Point two, Point end) throws IOException {
        content.curveTo(
                (float) one.x(), (float) one.y(), (float) two.x(), (float) two.y(), (float) end.x(), (float) end.y());
    }

    private void path(List<Point> points) throws IOException {
        move(points.get(0).x(), points.get(0).y());
        for (Point point : points.subList(1, points.size())) {
            line(point.x(), point.y());
        }
    }

    private void rectangle(Rect area, double round) throws IOException {
        double radius = Math.min(round, Math.min(area.width(), area.height()) / 2);
        if (radius <= 0) {
            content.addRect((float) area.x(), (float) area.y(), (float) area.width(), (float) area.height());
            return;
        }
        double handle = radius * (1 - QUARTER);
        double left = area.x();
        double top = area.y();
        double right = area.right();
        double bottom = area.bottom();
        move(left + radius, top);
        line(right - radius, top);
        curve(new Point(right - handle, top), new Point(right, top + handle), new Point(right, top + radius));
        line(right, bottom - radius);
        curve(new Point(right, bottom - handle), new Point(right - handle, bottom), new Point(right - radius, bottom));
        line(left + radius, bottom);
        curve(new Point(left + handle, bottom), new Point(left, bottom - handle), new Point(left, bottom - radius));
        line(left, top + radius);
        curve(new Point(left, top + handle), new Point(left + handle, top), new Point(left + radius, top));
        content.closePath();
    }

    private void pen(double width, boolean dashed) throws IOException {
        content.setLineWidth((float) width);
        content.setLineJoinStyle(ROUND_JOIN);
        if (dashed) {
            content.setLineDashPattern(new float[] {5, 4}, 0);
        }
    }

    @Override
    public void fill(Rect area, double radius, int color) {
        put(color, () -> {
            rectangle(area, radius);
            content.fill();
        });
    }

    @Override
    public void outline(Rect area, double radius, int color, double width, boolean dashed) {
        put(color, () -> {
            pen(width, dashed);
            rectangle(area, radius);
            content.stroke();
        });
    }

    @Override
    public void line(List<Point> points, int color, double width, boolean dashed) {
        put(color, () -> {
            pen(width, dashed);
            path(points);
            content.stroke();
        });
    }

    @Override
    public void curve(List<Point> points, int color, double width) {
        put(color, () -> {
            pen(width, false);
            move(points.get(0).x(), points.get(0).y());
            for (int i = 1; i + 2 < points.size(); i += 3) {
                curve(points.get(i), points.get(i + 1), points.get(i + 2));
            }
            content.stroke();
        });
    }

    @Override
    public void polygon(List<Point> points, int color) {
        put(color, () -> {
            path(points);
            content.closePath();
            content.fill();
        });
    }

    @Override
    public void circle(Point center, double radius, int fill, int outline) {
        Rect area = new Rect(center.x() - radius, center.y() - radius, 2 * radius, 2 * radius);
        fill(area, radius, fill);
        outline(area, radius, outline, 1.2, false);
    }

    @Override
    public void text(Text text, int color) {
        put(color, () -> {
            content.beginText();
            content.setFont(text.bold() ? bold : regular, (float) text.size());
            content.setTextMatrix(new Matrix(1, 0, 0, -1, (float) text.x(), (float) text.y()));
            content.showText(Type.drawable(text.text(), text.bold()));
            content.endText();
        });
    }
}
