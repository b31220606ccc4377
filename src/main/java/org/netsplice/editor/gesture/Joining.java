package org.netsplice.editor.gesture;

import java.util.Optional;
import org.netsplice.diagram.Scene.Box;
import org.netsplice.editor.recipe.Fit;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;

/** A merge with one input that goes on: each click on an output joins it too, until a click elsewhere or until the merge is full. */
final class Joining {
    private final Session session;
    private final Outlets outlets;
    private final NodeId merge;
    private final FitMarks marks;

    Joining(Session session, Outlets outlets, NodeId merge) {
        this.session = session;
        this.outlets = outlets;
        this.merge = merge;
        this.marks = new FitMarks(session);
    }

    /** Whether the merge is still there and takes another input. */
    boolean open() {
        Node node = session.document().graph().nodes().get(merge);
        return node != null && node.inputs().size() < node.layer().arity().most();
    }

    /** What to show while the pointer moves. */
    Overlay to(double x, double y) {
        if (!open()) {
            return Overlay.NONE;
        }
        Optional<Port> port = target(x, y);
        Fit.Answer answer = port.map(one -> marks.fit().wire(one, merge)).orElseGet(() -> new Fit.Answer(true, hint()));
        return marks.preferring(
                outlets::anyMarked,
                Overlay.saying(answer.text(), answer.fits()),
                session.document().graph().node(merge).inputs(),
                this::fits);
    }

    private boolean fits(Fit fit, Box box) {
        Port own = outlets.first(box);
        return !joined(own) && fit.wire(own, merge).fits();
    }

    private boolean joined(Port port) {
        return port.node().equals(merge)
                || session.document().graph().node(merge).inputs().contains(port);
    }

    private String hint() {
        return session.document().graph().node(merge).layer().className() + ": now click the next output. Esc ends.";
    }

    private Optional<Port> target(double x, double y) {
        return outlets.at(x, y).filter(port -> !joined(port));
    }

    /** Joins the output at a place; returns false when there is none that is not joined yet. */
    boolean click(double x, double y) {
        Optional<Port> port = target(x, y);
        port.ifPresent(one -> session.apply(marks.fit().wireEdit(one, merge)));
        return port.isPresent();
    }
}
