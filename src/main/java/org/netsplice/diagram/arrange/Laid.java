package org.netsplice.diagram.arrange;

import org.netsplice.diagram.Rect;

/** A box that is laid out: its area, and the wires that end at it. */
record Laid(Rect area, Routes routes) {

    Laid moved(double dx, double dy) {
        return new Laid(area.moved(dx, dy), routes.moved(dx, dy));
    }
}
