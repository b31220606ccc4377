package org.netsplice.gui.canvas;

import java.util.List;
import java.util.Optional;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.edit.Spot;
import org.netsplice.edit.step.ReplaceLayer;
import org.netsplice.editor.gesture.Gestures;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.gui.Sentences;
import org.netsplice.gui.Workbench;

/** Asks for a kind of layer and adds it, or puts it in the place of another layer. */
public final class LayerSearch {
    private final Workbench workbench;
    private final Session session;
    private final Gestures gestures;
    private final CanvasView canvas;

    /** Adds layers to the document of a workbench, at places of its canvas. */
    public LayerSearch(Workbench workbench, Gestures gestures, CanvasView canvas) {
        this.workbench = workbench;
        this.session = workbench.session();
        this.gestures = gestures;
        this.canvas = canvas;
    }

    /** Asks for a layer at a place and adds it there, after a port if there is one. */
    public void addAt(Optional<Port> port, Point at) {
        ask(port, at, Optional.of(new Spot(at.x() - 80, at.y())));
    }

    /** Asks for a layer and adds it: after the selected one, where the arrangement puts it, else where the pointer is. */
    public void addAtPointer() {
        List<Port> outputs = session.selection().isEmpty() ? List.of() : gestures.selectedOutputs();
        Optional<Scene.Box> box =
                outputs.size() == 1 ? session.scene().box(outputs.get(0).node()) : Optional.empty();
        if (box.isPresent()) {
            Rect area = box.get().area();
            ask(Optional.of(outputs.get(0)), new Point(area.x(), area.bottom()), Optional.empty());
        } else {
            addAt(Optional.empty(), canvas.pointerInScene());
        }
    }

    private void ask(Optional<Port> port, Point at, Optional<Spot> spot) {
        SearchPopup.of(
                        session,
                        port,
                        kind -> gestures.add(kind.standard(), port.map(List::of).orElse(List.of()), spot)
                                .ifPresent(problem -> workbench.complain(Sentences.of(problem))))
                .show(workbench.owner(), canvas.onScreen(at));
    }

    /** Asks for a layer and puts it in the place of the selected one. */
    public void replaceSelected() {
        NodeId id = session.selection().iterator().next();
        SearchPopup.of(session, Optional.empty(), kind -> workbench.apply(new ReplaceLayer(id, kind.standard())))
                .show(workbench.owner(), canvas.onScreen(canvas.pointerInScene()));
    }
}
