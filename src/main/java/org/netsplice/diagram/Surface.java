package org.netsplice.diagram;

import java.util.List;
import org.netsplice.diagram.Scene.Point;

/** What pictures are drawn on. Colours are 0xAARRGGBB; lengths are points; y grows downwards. */
public interface Surface {

    /** A line of text whose baseline begins at a place. */
    record Text(String text, double x, double y, boolean bold, double size) {}

    /** Everything that follows is moved and then enlarged, until the matching {@link #restore}. */
    void save(double dx, double dy, double scale);

    /** Ends the latest {@link #save}. */
    void restore();

    /** A filled rectangle with round corners. */
    void fill(Rect area, double radius, int color);

    /** The outline of a rectangle with round corners. */
    void outline(Rect area, double radius, int color, double width, boolean dashed);

    /** A line through points. */
    void line(List<Point> points, int color, double width, boolean dashed);

    /** Bézier curves: a start and then three points for each. */
    void curve(List<Point> points, int color, double width);

    /** A filled polygon. */
    void polygon(List<Point> points, int color);

    /** A filled circle with an outline. */
    void circle(Point center, double radius, int fill, int outline);

    /** A text. */
    void text(Text text, int color);

    /** Begins what stands for one thing, such as {@code node a_layer_1}; surfaces that know no structure ignore it. */
    default void begin(String kind, String name) {}

    /** Ends the latest {@link #begin}. */
    default void end() {}
}
