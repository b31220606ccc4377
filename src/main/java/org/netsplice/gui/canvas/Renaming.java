package org.netsplice.gui.canvas;

import java.util.Optional;
import java.util.function.Function;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.edit.step.Rename;
import org.netsplice.edit.step.RenameGroup;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Group;
import org.netsplice.graph.NodeId;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.widget.RenamePopup;

/** Names that are changed where they stand in the diagram. */
public final class Renaming {
    private final Session session;
    private final Workbench workbench;
    private final CanvasView canvas;

    /** Renames layers and groups on a canvas. */
    public Renaming(Workbench workbench, CanvasView canvas) {
        this.session = workbench.session();
        this.workbench = workbench;
        this.canvas = canvas;
    }

    /** Renames the selected layer, or the group whose layers are selected. */
    public void renameSelected() {
        NodeId first = session.selection().iterator().next();
        Optional<Group> group =
                session.selectedGroup().filter(one -> session.selection().size() > 1);
        if (group.isPresent()) {
            ask(
                    first,
                    group.get().name(),
                    name -> workbench.attempt(new RenameGroup(group.get().id(), name)));
        } else {
            rename(first);
        }
    }

    /** Asks for the name of a layer. */
    public void rename(NodeId id) {
        ask(id, session.document().graph().node(id).name(), name -> workbench.attempt(new Rename(id, name)));
    }

    private void ask(NodeId at, String name, Function<String, Optional<String>> commit) {
        session.scene().box(at).ifPresent(box -> {
            Rect area = box.area();
            double width = Math.max(180, area.width() * canvas.viewport().scale());
            new RenamePopup(name, commit)
                    .show(canvas.getScene().getWindow(), canvas.onScreen(new Point(area.x(), area.y())), width);
        });
    }
}
