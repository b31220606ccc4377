package org.netsplice.gui;

import java.util.List;
import java.util.Set;
import javafx.geometry.Insets;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputDialog;
import org.netsplice.edit.step.MakeGroup;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.NodeId;

/** Shows what is selected and lets it be changed: one layer, several, or the document. */
final class Inspector extends ScrollPane {
    private final Session session;
    private final Actions actions;
    private final FormView content = new FormView();
    private Object shown = new Object();

    /** What a form depends on; it is built anew only when that changes, so that typing is not disturbed. */
    private record Key(Object document, Set<NodeId> selection) {}

    Inspector(Session session, Actions actions) {
        this.session = session;
        this.actions = actions;
        setId("inspector");
        setFitToWidth(true);
        getStyleClass().add("plain-scroll");
        content.setPadding(new Insets(12));
        setContent(content);
        session.onChange(this::refresh);
        refresh();
    }

    private void refresh() {
        Key key = new Key(session.document(), session.selection());
        if (shown instanceof Key before
                && before.document() == key.document()
                && before.selection().equals(key.selection())) {
            return;
        }
        shown = key;
        content.show(key.selection(), parts());
    }

    private List<Part> parts() {
        Set<NodeId> selection = session.selection();
        if (selection.isEmpty()) {
            return new DocumentForm(session, actions).parts();
        } else if (selection.size() == 1) {
            return new LayerForm(session, actions, selection.iterator().next()).parts();
        }
        return GroupForm.selected(session)
                .map(group -> new GroupForm(session, actions, group).parts())
                .orElseGet(() -> new SeveralForm(session, actions).parts(() -> askGroup(selection)));
    }

    private void askGroup(Set<NodeId> nodes) {
        TextInputDialog dialog = new TextInputDialog("group");
        dialog.setHeaderText("Name of the frame");
        dialog.initOwner(getScene().getWindow());
        dialog.showAndWait().ifPresent(name -> actions.apply(new MakeGroup(nodes, name.strip())));
    }
}
