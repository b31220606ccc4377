package org.netsplice.edit;

/** A place on the canvas, in points from its origin; y grows downwards. */
public record Spot(double x, double y) {

    public Spot plus(double dx, double dy) {
        return new Spot(x + dx, y + dy);
    }
}
