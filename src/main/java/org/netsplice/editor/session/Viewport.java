package org.netsplice.editor.session;

import org.netsplice.diagram.Labels;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene.Point;

/** The part of a scene that is seen, and its scale: a place of the scene is seen at {@code place · scale + offset}. */
public final class Viewport {
    private static final double SMALLEST = 0.02;
    private static final double LARGEST = 4;
    private static final double LARGEST_FIT = 1.25;
    private static final double MARGIN = 30;
    /** The smallest zoom at which the smaller text of labels is 9 pixels high. */
    private static final double LEGIBLE = 9 / (Labels.SIZE - 1);

    private double width;
    private double height;
    private double scale = 1;
    private double unit = 1;
    private double offsetX = 40;
    private double offsetY = 40;

    /** The size of the view in pixels. */
    public void resize(double toWidth, double toHeight) {
        width = toWidth;
        height = toHeight;
    }

    /** The width of the view in pixels. */
    public double width() {
        return width;
    }

    /** The height of the view in pixels. */
    public double height() {
        return height;
    }

    /** How large a point is at 100 %. */
    public void setUnit(double pixels) {
        double factor = pixels / unit;
        unit = pixels;
        zoom(factor, width / 2, height / 2);
    }

    /** Pixels of a point. */
    public double scale() {
        return scale;
    }

    /** The zoom as a person reads it: 1 for 100 %. */
    public double zoom() {
        return scale / unit;
    }

    /** How far the origin of the scene is from the left edge of the view, in pixels. */
    public double offsetX() {
        return offsetX;
    }

    /** How far the origin of the scene is from the upper edge of the view, in pixels. */
    public double offsetY() {
        return offsetY;
    }

    /** The part of the scene that is seen. */
    public Rect visible() {
        return new Rect(-offsetX / scale, -offsetY / scale, width / scale, height / scale);
    }

    /** The place of the scene that is seen at a place of the view. */
    public Point inScene(double x, double y) {
        return new Point((x - offsetX) / scale, (y - offsetY) / scale);
    }

    /** Where a place of the scene is seen. */
    public Point inView(Point place) {
        return new Point(place.x() * scale + offsetX, place.y() * scale + offsetY);
    }

    /** Moves the scene by pixels. */
    public void pan(double dx, double dy) {
        offsetX += dx;
        offsetY += dy;
    }

    /** Zooms by a factor; the point of the scene at a place of the view stays there. */
    public void zoom(double factor, double x, double y) {
        scaleTo(scale * factor, x, y);
    }

    private void scaleTo(double wanted, double x, double y) {
        Point at = inScene(x, y);
        scale = clamp(wanted);
        offsetX = x - at.x() * scale;
        offsetY = y - at.y() * scale;
    }

    /** Zooms to a part of full size around the middle: 1 for 100 %. */
    public void zoomTo(double wanted) {
        scaleTo(wanted * unit, width / 2, height / 2);
    }

    private double clamp(double wanted) {
        return Math.max(SMALLEST * unit, Math.min(LARGEST * unit, wanted));
    }

    /** Shows an area as large as possible, at most at 125 %. */
    public void fit(Rect area) {
        Rect wide = area.grown(MARGIN);
        scale = clamp(Math.min(LARGEST_FIT * unit, Math.min(width / wide.width(), height / wide.height())));
        center(wide.centerX(), wide.centerY());
    }

    /** Whether an area fits so that its labels, as {@link #open} shows them, can be read. */
    public boolean fitsLegibly(Rect area) {
        Rect wide = area.grown(MARGIN);
        return Math.min(width / wide.width(), height / wide.height()) >= LEGIBLE * unit;
    }

    /**
     * Shows a scene so that its labels can be read, 9 pixels high or more at the usual scale: all of it where that fits, else what lies
     * around {@code first}, without empty space beyond the edges of the scene.
     */
    public void open(Rect all, Rect first) {
        if (fitsLegibly(all)) {
            fit(all);
            return;
        }
        scale = LEGIBLE * unit;
        Rect wide = all.grown(MARGIN);
        offsetX = offset(wide.x(), wide.right(), first.centerX(), width);
        offsetY = offset(wide.y(), wide.bottom(), first.centerY(), height);
    }

    private double offset(double from, double to, double place, double size) {
        if ((to - from) * scale <= size) {
            return (size - (from + to) * scale) / 2;
        }
        return Math.max(size - to * scale, Math.min(-from * scale, size / 2 - place * scale));
    }

    /** Moves a place of the scene to the middle. */
    public void center(double x, double y) {
        offsetX = width / 2 - x * scale;
        offsetY = height / 2 - y * scale;
    }

    /** Moves the view as little as needed to show an area. */
    public void include(Rect area) {
        Rect wide = area.grown(MARGIN);
        offsetX += inward(wide.x() * scale + offsetX, wide.right() * scale + offsetX, width);
        offsetY += inward(wide.y() * scale + offsetY, wide.bottom() * scale + offsetY, height);
    }

    private static double inward(double from, double to, double size) {
        return to > size ? Math.max(size - to, -from) : from < 0 ? -from : 0;
    }
}
