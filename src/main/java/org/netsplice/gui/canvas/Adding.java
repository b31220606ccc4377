package org.netsplice.gui.canvas;

import java.util.List;
import java.util.Optional;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.edit.Spot;
import org.netsplice.editor.gesture.Gestures;
import org.netsplice.graph.Port;
import org.netsplice.layers.kind.Kind;

/** Adds a layer by its kind alone. */
public final class Adding {
    private final CanvasView canvas;
    private final Gestures gestures;

    public Adding(CanvasView canvas, Gestures gestures) {
        this.canvas = canvas;
        this.gestures = gestures;
    }

    /** Adds a layer after what is selected, where a merge joins all of it; with nothing selected in the middle of the view. */
    public void add(Kind<?> kind) {
        if (!canvas.anythingSelected()) {
            Point middle = canvas.middleInScene();
            gestures.add(kind.standard(), List.of(), Optional.of(new Spot(middle.x() - 80, middle.y() - 20)));
            return;
        }
        List<Port> ports = gestures.selectedOutputs();
        boolean merge = kind.standard().joins();
        gestures.addGoingOn(
                kind.standard(), merge ? ports : ports.stream().limit(1).toList(), Optional.empty());
    }
}
