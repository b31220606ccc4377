package org.netsplice.gui.form;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputDialog;
import org.netsplice.diagram.Scene;
import org.netsplice.edit.step.MakeGroup;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.NodeId;
import org.netsplice.gui.Workbench;
import org.netsplice.problem.Problem;

/** Shows what is selected and lets it be changed: one layer, several, or the document. */
public final class Inspector extends ScrollPane {
    private final Session session;
    private final Workbench workbench;
    private final LayerWeights weights;
    private final NetworkFiles files;
    private final Actions actions;
    private final FormView content = new FormView();
    private Object shown = new Object();

    /** The state a form depends on. The form is built again only when it changes, so that typing is not disturbed. */
    private record Key(Object document, Set<NodeId> selection, Optional<Scene.Wire> wire, List<Problem> problems) {}

    /**
     * What buttons of forms do.
     *
     * @param merge merges several selected layers
     * @param coefficients finds the best coefficients of a merge layer
     */
    public record Actions(Runnable merge, Consumer<NodeId> coefficients) {}

    /** Shows and changes what is selected in the document of a workbench. */
    public Inspector(Workbench workbench, LayerWeights weights, NetworkFiles files, Actions actions) {
        this.session = workbench.session();
        this.workbench = workbench;
        this.weights = weights;
        this.files = files;
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
        Key key = new Key(session.document(), session.selection(), session.selectedWire(), problems());
        if (shown instanceof Key before
                && before.document() == key.document()
                && before.selection().equals(key.selection())
                && before.wire().equals(key.wire())
                && before.problems().equals(key.problems())) {
            return;
        }
        shown = key;
        content.show(key.wire().<Object>map(wire -> wire).orElse(key.selection()), parts());
    }

    /** What is shown of the problems of a single selected layer. */
    private List<Problem> problems() {
        return session.selection().stream()
                .filter(id -> session.selection().size() == 1)
                .flatMap(id -> session.report().problems(id).stream())
                .filter(workbench::shows)
                .toList();
    }

    private List<Part> parts() {
        Set<NodeId> selection = session.selection();
        Optional<Scene.Wire> wire = session.selectedWire().filter(session::exists);
        if (wire.isPresent()) {
            return new WireForm(workbench, wire.get()).parts();
        } else if (selection.isEmpty()) {
            return new DocumentForm(workbench).parts();
        } else if (selection.size() == 1) {
            return new LayerForm(
                            workbench,
                            weights,
                            actions.coefficients(),
                            selection.iterator().next())
                    .parts();
        }
        return session.selectedGroup()
                .map(group -> new GroupForm(workbench, files, group).parts())
                .orElseGet(() -> new SeveralForm(workbench, actions.merge()).parts(() -> askGroup(selection)));
    }

    private void askGroup(Set<NodeId> nodes) {
        TextInputDialog dialog = new TextInputDialog("group");
        dialog.setHeaderText("Name of the frame");
        dialog.initOwner(getScene().getWindow());
        dialog.showAndWait().ifPresent(name -> workbench.apply(new MakeGroup(nodes, name.strip())));
    }
}
