package org.netsplice.export;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.diagram.Surface;
import org.netsplice.diagram.Type;
import org.netsplice.problem.Printable;

/**
 * Draws a LaTeX document that consists of one TikZ picture. Text is as wide as in every other format, whatever typeface LaTeX has,
 * and whatever names hold is escaped. Only ASCII is written, so that every engine of TeX reads it.
 */
final class TikzSurface implements Surface {
    /** 96 points of a drawing are an inch, as are 72 big points of TeX. */
    private static final double BIG_POINTS = 0.75;
    /** TeX cannot measure much further than this. */
    private static final double MAX_SIDE = 15_000;

    private final StringBuilder body = new StringBuilder();
    private final TreeSet<String> colors = new TreeSet<>();
    private final double unit;

    TikzSurface(Rect page) {
        unit = BIG_POINTS * Math.min(1, MAX_SIDE / (BIG_POINTS * Math.max(page.width(), page.height())));
        body.append("\\useasboundingbox ").append(corners(page)).append(";\n");
    }

    String finished() {
        String defined = colors.stream()
                .map(color -> "\\definecolor{c" + color + "}{HTML}{" + color + "}\n")
                .collect(Collectors.joining());
        return "% A network drawn by NetSplice; y grows downwards.\n"
                + "\\documentclass[border=0pt]{standalone}\n\\usepackage[T1]{fontenc}\n\\usepackage{textcomp}\n"
                + "\\IfFileExists{DejaVuSans.sty}{\\usepackage{DejaVuSans}}"
                + "{\\IfFileExists{berasans.sty}{\\usepackage{berasans}}{\\usepackage{lmodern}}}\n"
                + "\\usepackage{tikz}\n" + defined
                + "% \\writing{x,y}{colour}{size}{width}{text}: a text that begins at a place.\n"
                + "\\newcommand{\\writing}[5]{\\node[anchor=base west, inner sep=0pt, outer sep=0pt, text=#2] at (#1) {%\n"
                + "  \\fontsize{#3}{#3}\\sffamily\\sbox0{#5}%\n"
                + "  \\ifdim\\wd0>0pt\\resizebox{#4}{\\height}{\\usebox0}\\fi};}\n"
                + "% \\sign{code}: a character by its number; an engine without Unicode shows the number.\n"
                + "\\newcommand{\\sign}[1]{\\ifdefined\\Umathcode\\char\"#1\\relax\\else{\\tiny U+#1}\\fi}\n"
                + "\\begin{document}\n\\begin{tikzpicture}[x=" + number(unit) + "bp, y=-" + number(unit)
                + "bp, line join=round]\n" + body + "\\end{tikzpicture}\n\\end{document}\n";
    }

    private static String number(double value) {
        double rounded = Math.round(value * 10_000) / 10_000.0;
        return rounded == Math.rint(rounded)
                ? Long.toString((long) rounded)
                : String.format(Locale.ROOT, "%.4f", rounded).replaceFirst("0+$", "");
    }

    private String length(double value) {
        return number(value * unit) + "bp";
    }

    private static String place(Point point) {
        return "(" + number(point.x()) + "," + number(point.y()) + ")";
    }

    private static String corners(Rect area) {
        return place(new Point(area.x(), area.y())) + " rectangle " + place(new Point(area.right(), area.bottom()));
    }

    /** The name of a colour, which is defined before the picture. */
    private String color(int color) {
        String hex = String.format(Locale.ROOT, "%06X", color & 0xFFFFFF);
        colors.add(hex);
        return "c" + hex;
    }

    private static String opacity(String of, int color) {
        int alpha = color >>> 24;
        return alpha == 255 ? "" : ", " + of + " opacity=" + number(alpha / 255.0);
    }

    private static String path(List<Point> points) {
        return points.stream().map(TikzSurface::place).collect(Collectors.joining(" -- "));
    }

    private String round(double radius) {
        return radius > 0 ? ", rounded corners=" + length(radius) : "";
    }

    private void put(String command) {
        body.append(command).append(";\n");
    }

    private String pen(int color, double width, boolean dashed) {
        String dashes = dashed ? ", dash pattern=on " + length(5) + " off " + length(4) : "";
        return color(color) + ", line width=" + length(width) + dashes + opacity("draw", color);
    }

    @Override
    public void save(double dx, double dy, double scale) {
        body.append("\\begin{scope}[shift={")
                .append(place(new Point(dx, dy)))
                .append("}, scale=")
                .append(number(scale))
                .append("]\n");
    }

    @Override
    public void restore() {
        body.append("\\end{scope}\n");
    }

    @Override
    public void fill(Rect area, double radius, int color) {
        double most = Math.min(radius, Math.min(area.width(), area.height()) / 2);
        put("\\fill[" + color(color) + round(most) + opacity("fill", color) + "] " + corners(area));
    }

    @Override
    public void outline(Rect area, double radius, int color, double width, boolean dashed) {
        put("\\draw[" + pen(color, width, dashed) + round(radius) + "] " + corners(area));
    }

    @Override
    public void line(List<Point> points, int color, double width, boolean dashed) {
        put("\\draw[" + pen(color, width, dashed) + "] " + path(points));
    }

    @Override
    public void curve(List<Point> points, int color, double width) {
        StringBuilder way = new StringBuilder(place(points.get(0)));
        for (int i = 1; i + 2 < points.size(); i += 3) {
            way.append(" .. controls ")
                    .append(place(points.get(i)))
                    .append(" and ")
                    .append(place(points.get(i + 1)))
                    .append(" .. ")
                    .append(place(points.get(i + 2)));
        }
        put("\\draw[" + pen(color, width, false) + "] " + way);
    }

    @Override
    public void polygon(List<Point> points, int color) {
        put("\\fill[" + color(color) + opacity("fill", color) + "] " + path(points) + " -- cycle");
    }

    @Override
    public void circle(Point center, double radius, int fill, int outline) {
        put("\\filldraw[fill=" + color(fill) + ", draw=" + color(outline) + ", line width=" + length(1.2) + "] "
                + place(center) + " circle [radius=" + length(radius) + "]");
    }

    @Override
    public void text(Text text, int color) {
        if (text.text().isBlank()) {
            return;
        }
        String shown = Escaping.tex(text.text());
        body.append("\\writing{")
                .append(number(text.x()))
                .append(',')
                .append(number(text.y()))
                .append("}{")
                .append(color(color))
                .append("}{")
                .append(length(text.size()))
                .append("}{")
                .append(length(Type.width(text.text(), text.bold(), text.size())))
                .append("}{")
                .append(text.bold() ? "\\bfseries " : "")
                .append(shown)
                .append("}\n");
    }

    @Override
    public void begin(String kind, String name) {
        if (!name.isEmpty() && !kind.equals("wire")) {
            body.append("% ")
                    .append(kind)
                    .append(' ')
                    .append(Escaping.ascii(Printable.name(name)))
                    .append('\n');
        }
    }
}
