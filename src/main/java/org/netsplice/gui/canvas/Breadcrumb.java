package org.netsplice.gui.canvas;

import atlantafx.base.controls.Breadcrumbs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.NodeId;
import org.netsplice.problem.Printable;

/** The groups around the selection, from the network to the innermost; a click selects a group's layers. */
public final class Breadcrumb extends Breadcrumbs<Group> {
    /** Larger selections have no path. */
    private static final int MAX_SELECTED = 1000;

    private final Session session;
    private List<Group> shown = List.of();

    /** Shows the groups around what is selected in a session. */
    public Breadcrumb(Session session) {
        this.session = session;
        setId("breadcrumb");
        setAccessibleText("Groups around the selection");
        getStyleClass().add("breadcrumb");
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        setVisible(false);
        setAutoNavigationEnabled(false);
        setCrumbFactory(Breadcrumb::link);
        setDividerFactory(before -> before == null || before.isLeaf() ? null : new Label("›"));
        setOnCrumbAction(
                event -> session.select(event.getSelectedCrumb().getValue().id()));
        session.onChange(this::refresh);
    }

    private void refresh() {
        List<Group> path = path();
        if (path.equals(shown)) {
            return;
        }
        shown = path;
        setVisible(!path.isEmpty());
        setSelectedCrumb(buildTreeModel(path.toArray(Group[]::new)));
    }

    private static ButtonBase link(BreadCrumbItem<Group> crumb) {
        String name = crumb.getValue().name();
        Hyperlink link = new Hyperlink(name.strip().isEmpty() ? "(no name)" : Printable.name(name));
        link.setMnemonicParsing(false);
        return link;
    }

    /** The groups that are around every selected layer, the outermost first. */
    private List<Group> path() {
        Graph graph = session.document().graph();
        List<Group> common = null;
        if (session.selection().size() > MAX_SELECTED) {
            return List.of();
        }
        for (NodeId id : session.selection()) {
            List<Group> around = new ArrayList<>();
            Optional<Group> group = graph.groupOf(id);
            while (group.isPresent()) {
                around.add(0, group.get());
                group = group.get().parent().map(graph.groups()::get);
            }
            if (common == null) {
                common = around;
            } else {
                common.retainAll(around);
            }
            if (common.isEmpty()) {
                break;
            }
        }
        return common == null ? List.of() : common;
    }
}
