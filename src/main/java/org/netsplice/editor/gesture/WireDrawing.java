package org.netsplice.editor.gesture;

import java.util.List;
import java.util.Optional;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Box;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.edit.Edit;
import org.netsplice.editor.recipe.Fit;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;

/** A wire is drawn from a port to a layer; let go on empty space, it asks for a layer. A click lets it follow the pointer. */
final class WireDrawing implements Drag {
    private final Session session;
    private final Pointing pointing;
    private final Point start;
    private final Port source;
    private final FitMarks marks;

    WireDrawing(Session session, Pointing pointing, Point start, Port source) {
        this.session = session;
        this.pointing = pointing;
        this.start = start;
        this.source = source;
        this.marks = new FitMarks(session);
    }

    /** Whether the pointer has not left the place where it went down. */
    boolean still(double x, double y) {
        return Math.hypot(x - start.x(), y - start.y()) < pointing.still();
    }

    Port source() {
        return source;
    }

    private boolean drawn() {
        return session.exists(source.node())
                && session.scene().box(source.node()).isPresent();
    }

    @Override
    public Overlay to(double x, double y, boolean free) {
        if (!drawn()) {
            return Overlay.NONE;
        }
        Fit fit = marks.fit();
        Fit.Answer answer = target(session, pointing, source, x, y)
                .map(box -> answer(fit, source, box))
                .orElse(new Fit.Answer(true, "drop on a layer, or on empty space to add one"));
        Box from = session.scene().box(source.node()).orElseThrow();
        Point begin = from.outlet(source, session.scene().detail().direction());
        return marked(marks, source, Overlay.saying(answer.text(), answer.fits()))
                .withWires(List.of(List.of(begin, new Point(x, y))));
    }

    /** Lights what a wire from a port fits and dims what it does not. */
    static Overlay marked(FitMarks marks, Port source, Overlay overlay) {
        return marks.on(
                overlay,
                List.of(source),
                (fit, box) -> box.inside().contains(source.node())
                        || answer(fit, source, box).fits());
    }

    /** The box at a place or near it that a wire from a port may mean. */
    static Optional<Box> target(Session session, Pointing pointing, Port source, double x, double y) {
        Scene scene = session.scene();
        return scene.boxAt(x, y)
                .or(() -> scene.boxNear(x, y, pointing.box()))
                .filter(box -> session.exists(box.id()) && !box.inside().contains(source.node()));
    }

    static Fit.Answer answer(Fit fit, Port source, Box box) {
        return fit.target(box)
                .map(target -> fit.wire(source, target))
                .orElseGet(
                        () -> new Fit.Answer(false, "unfold " + box.label().title() + " to connect to a layer inside"));
    }

    @Override
    public Ended end(double x, double y) {
        if (!drawn()) {
            return Ended.QUIETLY;
        }
        Optional<Box> target = target(session, pointing, source, x, y);
        if (target.isEmpty()) {
            return new Ended(Optional.of(new Gestures.Asked(source, new Point(x, y))), Overlay.NONE);
        }
        Fit fit = new Fit(session.report());
        Optional<NodeId> reader = fit.target(target.get());
        if (reader.isEmpty()) {
            return new Ended(
                    Optional.empty(),
                    Overlay.saying(answer(fit, source, target.get()).text(), false));
        }
        Edit edit = fit.wireEdit(source, reader.get());
        return Ended.refused(session.apply(edit));
    }
}
