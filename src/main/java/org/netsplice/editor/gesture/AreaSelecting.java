package org.netsplice.editor.gesture;

import java.util.LinkedHashSet;
import java.util.Set;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.NodeId;

/** Draws a rectangle and selects every box it touches. */
final class AreaSelecting implements Drag {
    private final Session session;
    private final Point start;
    private final Set<NodeId> before;
    private final Set<NodeId> kept;

    /** Adds to the layers {@code kept}; cancelling selects {@code before} again. */
    AreaSelecting(Session session, Point start, Set<NodeId> before, Set<NodeId> kept) {
        this.session = session;
        this.start = start;
        this.before = before;
        this.kept = kept;
        session.select(kept);
    }

    @Override
    public Overlay to(double x, double y, boolean free) {
        Rect area = new Rect(
                Math.min(x, start.x()), Math.min(y, start.y()), Math.abs(x - start.x()), Math.abs(y - start.y()));
        Set<NodeId> inside = new LinkedHashSet<>(kept);
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

    @Override
    public void cancel() {
        session.select(before);
    }
}
