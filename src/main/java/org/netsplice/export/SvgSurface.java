package org.netsplice.export;

import java.util.List;
import java.util.Locale;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.diagram.Surface;
import org.netsplice.diagram.Type;

/** Draws SVG text with real text elements. Whatever names hold is escaped. */
final class SvgSurface implements Surface {
    private final StringBuilder svg = new StringBuilder();

    SvgSurface(Rect page, double scale) {
        svg.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"");
        attribute("width", number(page.width() * scale)).attribute("height", number(page.height() * scale));
        attribute(
                "viewBox",
                number(page.x()) + " " + number(page.y()) + " " + number(page.width()) + " " + number(page.height()));
        attribute("font-family", Type.FAMILY + ", Verdana, sans-serif").append(">\n");
    }

    String finished() {
        return svg + "</svg>\n";
    }

    private SvgSurface append(String text) {
        svg.append(text);
        return this;
    }

    private SvgSurface attribute(String name, String value) {
        svg.append(' ').append(name).append("=\"").append(value).append('"');
        return this;
    }

    private SvgSurface color(String name, int color) {
        attribute(name, String.format(Locale.ROOT, "#%06x", color & 0xFFFFFF));
        int alpha = color >>> 24;
        return alpha == 255 ? this : attribute(name + "-opacity", number(alpha / 255.0));
    }

    private static String number(double value) {
        double rounded = Math.round(value * 100) / 100.0;
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
    }

    /** XML text: markup is escaped, and what XML cannot hold is replaced. */
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> {
                    boolean forbidden = (c < 0x20 && c != '\n' && c != '\t')
                            || (c >= 0xD800 && c <= 0xDFFF)
                            || (c >= 0xFFFE && c <= 0xFFFF);
                    safe.appendCodePoint(forbidden ? 0xFFFD : c);
                }
            }
        });
        return safe.toString();
    }

    private static String path(List<Point> points) {
        StringBuilder text = new StringBuilder();
        for (Point point : points) {
            text.append(text.length() == 0 ? "" : " ")
                    .append(number(point.x()))
                    .append(',')
                    .append(number(point.y()));
        }
        return text.toString();
    }

    @Override
    public void save(double dx, double dy, double scale) {
        append("<g")
                .attribute("transform", "translate(" + number(dx) + " " + number(dy) + ") scale(" + number(scale) + ")")
                .append(">\n");
    }

    @Override
    public void restore() {
        append("</g>\n");
    }

    private SvgSurface rectangle(Rect area, double radius) {
        append("<rect").attribute("x", number(area.x())).attribute("y", number(area.y()));
        attribute("width", number(area.width())).attribute("height", number(area.height()));
        return radius == 0 ? this : attribute("rx", number(radius));
    }

    @Override
    public void fill(Rect area, double radius, int color) {
        rectangle(area, radius).color("fill", color).append("/>\n");
    }

    @Override
    public void outline(Rect area, double radius, int color, double width, boolean dashed) {
        rectangle(area, radius)
                .attribute("fill", "none")
                .stroke(color, width, dashed)
                .append("/>\n");
    }

    private SvgSurface stroke(int color, double width, boolean dashed) {
        color("stroke", color).attribute("stroke-width", number(width));
        return dashed ? attribute("stroke-dasharray", "5 4") : this;
    }

    @Override
    public void line(List<Point> points, int color, double width, boolean dashed) {
        append("<polyline").attribute("points", path(points)).attribute("fill", "none");
        stroke(color, width, dashed).attribute("stroke-linejoin", "round").append("/>\n");
    }

    @Override
    public void curve(List<Point> points, int color, double width) {
        String start = path(points.subList(0, 1));
        append("<path").attribute("d", "M" + start + " C" + path(points.subList(1, points.size())));
        attribute("fill", "none").stroke(color, width, false).append("/>\n");
    }

    @Override
    public void polygon(List<Point> points, int color) {
        append("<polygon")
                .attribute("points", path(points))
                .color("fill", color)
                .append("/>\n");
    }

    @Override
    public void circle(Point center, double radius, int fill, int outline) {
        append("<circle").attribute("cx", number(center.x())).attribute("cy", number(center.y()));
        attribute("r", number(radius))
                .color("fill", fill)
                .stroke(outline, 1.2, false)
                .append("/>\n");
    }

    @Override
    public void text(Text text, int color) {
        append("<text").attribute("x", number(text.x())).attribute("y", number(text.y()));
        attribute("font-size", number(text.size()));
        if (text.bold()) {
            attribute("font-weight", "bold");
        }
        attribute("xml:space", "preserve").color("fill", color).append(">" + escaped(text.text()) + "</text>\n");
    }

    @Override
    public void begin(String kind, String name) {
        append("<g").attribute("class", escaped(kind)).append(">\n");
        if (kind.equals("node")) {
            append("<title>" + escaped(name) + "</title>\n");
        }
    }

    @Override
    public void end() {
        append("</g>\n");
    }
}
