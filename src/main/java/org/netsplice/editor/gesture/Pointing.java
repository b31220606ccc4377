package org.netsplice.editor.gesture;

/**
 * How near the pointer must come to something to mean it, in points of the scene: as many pixels at every zoom, but not so far that
 * it would be nearer to something else.
 */
final class Pointing {
    private double pixel = 1;

    /** Sets the scale at which the picture is seen, in pixels per point. */
    void at(double scale) {
        pixel = 1 / scale;
    }

    private double pixels(double count, double most) {
        return Math.min(most, count * pixel);
    }

    /** To an output of a box; ports keep their share of a box that is seen small. */
    double port() {
        return pixels(12, 12);
    }

    /** To the reading end of a wire. */
    double end() {
        return pixels(10, 15);
    }

    double wire() {
        return pixels(6, 18);
    }

    /** From a wire that is being drawn to a box. */
    double box() {
        return pixels(20, 60);
    }

    /** Between lines that snap. */
    double line() {
        return pixels(5, 15);
    }

    /** Shorter ways are no drag. */
    double still() {
        return pixels(4, 12);
    }
}
