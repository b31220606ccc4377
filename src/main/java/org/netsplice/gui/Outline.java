package org.netsplice.gui;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.netsplice.editor.Session;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;

/** The networks and their layers as a tree; shares its selection with the canvas, and is what a screen reader reads. */
final class Outline extends VBox {

    /** A row: a group, or a layer. */
    record Row(String text, Set<NodeId> nodes) {
        @Override
        public String toString() {
            return text;
        }
    }

    /** Larger selections are not shown here. */
    private static final int MOST_SHOWN = 300;

    private final Session session;
    private final TreeView<Row> tree = new TreeView<>(new TreeItem<>(new Row("", Set.of())));
    private final Map<NodeId, TreeItem<Row>> items = new HashMap<>();
    private Graph shown = Graph.EMPTY;
    private boolean updating;

    Outline(Session session) {
        super(6);
        this.session = session;
        setPadding(new Insets(10, 10, 4, 10));
        Label title = new Label("NETWORKS");
        title.getStyleClass().add("section");
        tree.setShowRoot(false);
        tree.setId("outline");
        tree.setAccessibleText("Networks and their layers");
        tree.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        tree.getSelectionModel().getSelectedItems().addListener((ListChangeListener<TreeItem<Row>>) change -> picked());
        VBox.setVgrow(tree, Priority.ALWAYS);
        getChildren().addAll(title, tree);
        session.onChange(this::refresh);
    }

    private void picked() {
        if (updating) {
            return;
        }
        Set<NodeId> nodes = new HashSet<>();
        for (TreeItem<Row> item : tree.getSelectionModel().getSelectedItems()) {
            if (item != null) {
                nodes.addAll(item.getValue().nodes());
            }
        }
        if (!nodes.equals(session.selection())) {
            session.select(nodes);
        }
    }

    private void refresh() {
        updating = true;
        try {
            Graph graph = session.document().graph();
            if (!graph.equals(shown)) {
                shown = graph;
                rebuild(graph);
            }
            tree.getSelectionModel().clearSelection();
            session.selection().stream()
                    .limit(session.selection().size() > MOST_SHOWN ? 0 : MOST_SHOWN)
                    .map(items::get)
                    .filter(item -> item != null)
                    .forEach(item -> tree.getSelectionModel().select(item));
        } finally {
            updating = false;
        }
    }

    private void rebuild(Graph graph) {
        items.clear();
        TreeItem<Row> root = tree.getRoot();
        root.getChildren().clear();
        for (Group group : graph.groups().values()) {
            if (group.parent().isEmpty()) {
                root.getChildren().add(branch(graph, group));
            }
        }
        for (Node node : graph.nodes().values()) {
            if (!items.containsKey(node.id())) {
                root.getChildren().add(leaf(node));
            }
        }
    }

    private TreeItem<Row> branch(Graph graph, Group group) {
        List<Node> inside = graph.nodesIn(group.id());
        Set<NodeId> all = new HashSet<>();
        inside.forEach(node -> all.add(node.id()));
        TreeItem<Row> item = new TreeItem<>(new Row(group.name() + "  ·  " + inside.size() + " layers", all));
        item.setExpanded(true);
        for (Group child : graph.childrenOf(group.id())) {
            item.getChildren().add(branch(graph, child));
        }
        for (Node node : inside) {
            if (group.members().contains(node.id())) {
                item.getChildren().add(leaf(node));
            }
        }
        return item;
    }

    private TreeItem<Row> leaf(Node node) {
        String text = node.name() + "  (" + node.layer().className() + ")";
        TreeItem<Row> item = new TreeItem<>(new Row(text, Set.of(node.id())));
        items.put(node.id(), item);
        return item;
    }
}
