package org.netsplice.gui;

import java.util.Optional;
import java.util.function.Function;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.edit.step.Rename;
import org.netsplice.edit.step.RenameGroup;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Group;
import org.netsplice.graph.NodeId;

/** Names that are changed where they stand in the diagram. */
final class Renaming {
    private final Session session;
    private final Actions actions;
    private final CanvasView canvas;

    Renaming(Session session, Actions actions, CanvasView canvas) {
        this.session = session;
        this.actions = actions;
        this.canvas = canvas;
    }

    /** Renames the selected layer, or the group whose layers are selected. */
    void renameSelected() {
        NodeId first = session.selection().iterator().next();
        Optional<Group> group =
                GroupForm.selected(session).filter(one -> session.selection().size() > 1);
        if (group.isPresent()) {
            ask(
                    first,
                    group.get().name(),
                    name -> actions.tried(new RenameGroup(group.get().id(), name)));
        } else {
            rename(first);
        }
    }

    void rename(NodeId id) {
        ask(id, session.document().graph().node(id).name(), name -> actions.tried(new Rename(id, name)));
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
