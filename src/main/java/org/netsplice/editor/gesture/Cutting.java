package org.netsplice.editor.gesture;

import java.util.Comparator;
import java.util.List;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.edit.Edit;
import org.netsplice.edit.step.Disconnect;
import org.netsplice.edit.step.Several;
import org.netsplice.editor.session.Session;

/** A line is drawn across wires, which are cut. */
final class Cutting implements Drag {
    private final Session session;
    private final Point start;

    Cutting(Session session, Point start) {
        this.session = session;
        this.start = start;
    }

    private List<Scene.Wire> crossed(double x, double y) {
        return session.scene().wiresAcross(start, new Point(x, y)).stream()
                .filter(session::exists)
                .toList();
    }

    @Override
    public Overlay to(double x, double y, boolean free) {
        List<Scene.Wire> crossed = crossed(x, y);
        String text = crossed.isEmpty()
                ? "draw across wires to cut them"
                : "cuts " + crossed.size() + (crossed.size() == 1 ? " wire" : " wires");
        return Overlay.saying(text, true).withWires(List.of(List.of(start, new Point(x, y))));
    }

    /** Later inputs of a layer go first, so that the numbers of the earlier ones stay. */
    @Override
    public Ended end(double x, double y) {
        List<Edit> edits = crossed(x, y).stream()
                .sorted(Comparator.comparingInt(Scene.Wire::input).reversed())
                .<Edit>map(wire -> new Disconnect(wire.to(), wire.input()))
                .toList();
        String title = edits.size() == 1 ? "cut wire" : "cut " + edits.size() + " wires";
        return edits.isEmpty() ? Ended.QUIETLY : Ended.refused(session.apply(new Several(edits, title)));
    }
}
