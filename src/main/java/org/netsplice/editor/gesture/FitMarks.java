package org.netsplice.editor.gesture;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.netsplice.check.Report;
import org.netsplice.diagram.Scene;
import org.netsplice.editor.recipe.Fit;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;

/** The boxes that fit the dragged ports. They are computed again only when the document or the drag has changed. */
final class FitMarks {
    private final Session session;
    private Report report;
    private Scene scene;
    private List<Port> dragged = List.of();
    private Set<NodeId> lit = Set.of();
    private Set<NodeId> dimmed = Set.of();
    private Fit fit;

    FitMarks(Session session) {
        this.session = session;
    }

    /** What fits, of the present document. */
    Fit fit() {
        if (fit == null || session.report() != report) {
            fit = new Fit(session.report());
        }
        return fit;
    }

    /** An overlay with the boxes that fit lit, and the others dimmed. */
    Overlay on(Overlay overlay, List<Port> with, BiPredicate<Fit, Scene.Box> fits) {
        return preferring(box -> true, overlay, with, fits);
    }

    /** The same; where some of the preferred boxes fit, only these are lit, and others that fit are as they were. */
    Overlay preferring(
            Predicate<Scene.Box> preferred, Overlay overlay, List<Port> with, BiPredicate<Fit, Scene.Box> fits) {
        if (session.report() != report || session.scene() != scene || !with.equals(dragged)) {
            Fit present = fit();
            Set<NodeId> yes = new HashSet<>();
            Set<NodeId> best = new HashSet<>();
            Set<NodeId> no = new HashSet<>();
            for (Scene.Box box : session.scene().boxes()) {
                if (!session.exists(box.id())) {
                    continue;
                }
                boolean fitting = fits.test(present, box);
                (fitting ? yes : no).add(box.id());
                if (fitting && preferred.test(box)) {
                    best.add(box.id());
                }
            }
            report = session.report();
            scene = session.scene();
            dragged = List.copyOf(with);
            lit = best.isEmpty() ? yes : best;
            dimmed = no;
        }
        return overlay.withMarks(lit, dimmed);
    }
}
