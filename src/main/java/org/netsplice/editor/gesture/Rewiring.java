package org.netsplice.editor.gesture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Box;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.edit.Edit;
import org.netsplice.edit.step.Chain;
import org.netsplice.edit.step.Connect;
import org.netsplice.edit.step.Disconnect;
import org.netsplice.edit.step.Reconnect;
import org.netsplice.edit.step.Several;
import org.netsplice.editor.recipe.Fit;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;

/** An end of a wire, or the beginnings of all wires of a port, are taken to another layer; on empty space a wire is removed. */
final class Rewiring implements Drag {
    private final Session session;
    private final Pointing pointing;
    private final List<Scene.Wire> wires;
    private final boolean beginnings;
    private final FitMarks marks;

    private Rewiring(Session session, Pointing pointing, List<Scene.Wire> wires, boolean beginnings) {
        this.session = session;
        this.pointing = pointing;
        this.wires = List.copyOf(wires);
        this.beginnings = beginnings;
        this.marks = new FitMarks(session);
    }

    /** The reading end of a wire. */
    static Rewiring end(Session session, Pointing pointing, Scene.Wire wire) {
        return new Rewiring(session, pointing, List.of(wire), false);
    }

    /** Where a wire begins. */
    static Rewiring beginning(Session session, Pointing pointing, Scene.Wire wire) {
        return new Rewiring(session, pointing, List.of(wire), true);
    }

    /** Where all wires of a port begin. */
    static Rewiring all(Session session, Pointing pointing, Port port) {
        return new Rewiring(
                session,
                pointing,
                session.scene().wires().stream()
                        .filter(wire -> wire.port().equals(port))
                        .filter(session::exists)
                        .toList(),
                true);
    }

    boolean idle() {
        return wires.isEmpty();
    }

    @Override
    public Overlay to(double x, double y, boolean free) {
        if (!wires.stream().allMatch(session::exists)) {
            return Overlay.NONE;
        }
        List<List<Point>> drawn = new ArrayList<>();
        for (Scene.Wire wire : wires) {
            List<Point> points = wire.points();
            Point kept = beginnings ? points.get(points.size() - 1) : points.get(0);
            drawn.add(List.of(kept, new Point(x, y)));
        }
        return said(x, y).withWires(drawn);
    }

    private Overlay said(double x, double y) {
        Optional<Box> target = target(x, y);
        if (target.isEmpty()) {
            String text = beginnings && wires.size() > 1
                    ? "drop on the layer they should read"
                    : "drop on a layer, or on empty space to disconnect";
            return Overlay.saying(text, true);
        }
        if (!beginnings) {
            Port source = wires.get(0).port();
            Fit.Answer answer = WireDrawing.answer(marks.fit(), source, target.get());
            return WireDrawing.marked(marks, source, Overlay.saying(answer.text(), answer.fits()));
        }
        String reads = wires.size() == 1 ? "reads " : wires.size() + " wires read ";
        return Overlay.saying(reads + target.get().label().title(), true);
    }

    private Optional<Box> target(double x, double y) {
        return beginnings
                ? session.scene()
                        .boxAt(x, y)
                        .filter(box ->
                                session.exists(box.id()) && !box.outlets().isEmpty())
                : WireDrawing.target(session, pointing, wires.get(0).port(), x, y);
    }

    @Override
    public Ended end(double x, double y) {
        if (wires.isEmpty() || !wires.stream().allMatch(session::exists)) {
            return Ended.QUIETLY;
        }
        Optional<Box> target = target(x, y);
        if (target.isEmpty()) {
            return wires.size() > 1 ? Ended.QUIETLY : Ended.refused(session.apply(cut(wires.get(0))));
        }
        return Ended.refused(
                session.apply(beginnings ? taken(target.get().outlets().get(0)) : moved(target.get())));
    }

    private static Edit cut(Scene.Wire wire) {
        return new Disconnect(wire.to(), wire.input());
    }

    private Edit taken(Port port) {
        List<Edit> edits = wires.stream()
                .<Edit>map(wire -> new Reconnect(wire.to(), wire.input(), port))
                .toList();
        return edits.size() == 1 ? edits.get(0) : new Several(edits, "reconnect " + edits.size() + " wires");
    }

    private Edit moved(Box target) {
        Scene.Wire wire = wires.get(0);
        if (target.inside().contains(wire.to())) {
            return new Reconnect(wire.to(), wire.input(), wire.port());
        }
        NodeId reader = new Fit(session.report()).target(target).orElse(target.id());
        Edit drawn = session.document().graph().node(reader).isInput()
                ? new Chain(wire.port(), reader)
                : new Connect(wire.port(), reader);
        return new Several(List.of(cut(wire), drawn), "reconnect");
    }
}
