package org.netsplice.editor;

import java.util.LinkedHashSet;
import java.util.Set;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.graph.NodeId;

/** A rectangle is drawn; every box it touches is selected. */
final class Selecting implements Drag {
    private final Session session;
    private final Point start;
    private final Set<NodeId> before;

    Selecting(Session session, Point start, Set<NodeId> before) {
        this.session = session;
        this.start = start;
        this.before = before;
    }

    @Override
    public Overlay to(double x, double y, boolean free) {
        Rect area = new Rect(
                Math.min(x, start.x()), Math.min(y, start.y()), Math.abs(x - start.x()), Math.abs(y - start.y()));
        Set<NodeId> inside = new LinkedHashSet<>(before);
        session.scene().boxes().stream()
                .filter(box -> box.area().meets(area))
                .forEach(box -> inside.addAll(box.inside()));
        if (!inside.equals(session.selection())) {
            session.select(inside);
        }
        return Overlay.selecting(area);
    }

    @Override
    public Ended end(double x, double y) {
        return Ended.QUIETLY;
    }
}
