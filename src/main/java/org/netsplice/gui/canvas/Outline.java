package org.netsplice.gui.canvas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.problem.Printable;

/** The networks and their layers as a tree; shares its selection with the canvas, and is what a screen reader reads. */
public final class Outline extends VBox {

    /** A row: a group, or a layer. */
    sealed interface Row {}

    private record GroupRow(GroupId id, String name, int layers) implements Row {
        @Override
        public String toString() {
            return name + "  ·  " + layers + " layers";
        }
    }

    private record LayerRow(NodeId id, String name, String className) implements Row {
        @Override
        public String toString() {
            return name + "  (" + className + ")";
        }
    }

    /** From a place to before another. */
    private record Range(int from, int to) {

        /** The ranges with one more place at the end. */
        static void add(List<Range> ranges, int place) {
            int last = ranges.size() - 1;
            if (last >= 0 && ranges.get(last).to() == place) {
                ranges.set(last, new Range(ranges.get(last).from(), place + 1));
            } else {
                ranges.add(new Range(place, place + 1));
            }
        }
    }

    /**
     * What is to be changed of the rows inside another so that they are others: which go, by their places, and then which come,
     * by their places in the end. A row that goes from one to another must be taken out before it is put in, or it forgets where
     * it is.
     */
    private record Splice(TreeItem<Row> parent, List<TreeItem<Row>> rows, List<Range> go, List<Range> come) {
        private static final int MAX_EDITS = 64;

        static Splice of(TreeItem<Row> parent, List<TreeItem<Row>> rows) {
            List<TreeItem<Row>> shown = parent.getChildren();
            Splice splice = new Splice(parent, rows, new ArrayList<>(), new ArrayList<>());
            int here = 0;
            int there = 0;
            while (here < shown.size() || there < rows.size()) {
                boolean comes =
                        there < rows.size() && !parent.equals(rows.get(there).getParent());
                if (comes) {
                    Range.add(splice.come, there);
                    there++;
                } else if (here < shown.size()
                        && there < rows.size()
                        && shown.get(here).equals(rows.get(there))) {
                    here++;
                    there++;
                } else if (splice.go.size() < MAX_EDITS && here < shown.size() && !rows.contains(shown.get(here))) {
                    Range.add(splice.go, here);
                    here++;
                } else {
                    return whole(parent, rows);
                }
            }
            return splice;
        }

        /** The rows between the common beginning and the common end. */
        private static Splice whole(TreeItem<Row> parent, List<TreeItem<Row>> rows) {
            List<TreeItem<Row>> shown = parent.getChildren();
            int most = Math.min(shown.size(), rows.size());
            int before = 0;
            while (before < most && shown.get(before).equals(rows.get(before))) {
                before++;
            }
            int behind = 0;
            while (behind < most - before
                    && shown.get(shown.size() - 1 - behind).equals(rows.get(rows.size() - 1 - behind))) {
                behind++;
            }
            return new Splice(
                    parent,
                    rows,
                    List.of(new Range(before, shown.size() - behind)),
                    List.of(new Range(before, rows.size() - behind)));
        }

        boolean changes() {
            return !go.isEmpty() || !come.isEmpty();
        }

        void takeOut() {
            for (int i = go.size() - 1; i >= 0; i--) {
                parent.getChildren().remove(go.get(i).from(), go.get(i).to());
            }
        }

        void putIn() {
            for (Range range : come) {
                parent.getChildren().addAll(range.from(), rows.subList(range.from(), range.to()));
            }
        }
    }

    /** Larger selections are not shown here. */
    private static final int MAX_SHOWN = 300;

    private final Session session;
    private final TreeView<Row> tree = new TreeView<>(new TreeItem<>());
    private final Map<NodeId, TreeItem<Row>> layers = new HashMap<>();
    private final Map<GroupId, TreeItem<Row>> groups = new HashMap<>();
    private Graph shown = Graph.EMPTY;
    private Set<NodeId> selected = Set.of();
    private boolean updating;

    /** Lists the networks and layers of a session. */
    public Outline(Session session) {
        super(6);
        this.session = session;
        setPadding(new Insets(10, 10, 4, 10));
        tree.setShowRoot(false);
        tree.setId("outline");
        tree.setAccessibleText("Networks and their layers");
        tree.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        tree.getSelectionModel().getSelectedItems().addListener((ListChangeListener<TreeItem<Row>>) change -> picked());
        VBox.setVgrow(tree, Priority.ALWAYS);
        getChildren().add(tree);
        session.onChange(this::refresh);
    }

    private void picked() {
        if (updating) {
            return;
        }
        Set<NodeId> nodes = new HashSet<>();
        for (TreeItem<Row> item : tree.getSelectionModel().getSelectedItems()) {
            if (item != null && item.getValue() instanceof LayerRow layer) {
                nodes.add(layer.id());
            } else if (item != null && item.getValue() instanceof GroupRow group) {
                session.document().graph().nodesIn(group.id()).forEach(node -> nodes.add(node.id()));
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
            boolean moved = !graph.equals(shown) && update(graph);
            shown = graph;
            if (moved || !selected.equals(session.selection())) {
                select();
            }
        } finally {
            updating = false;
        }
    }

    private void select() {
        selected = session.selection();
        if (!tree.getSelectionModel().getSelectedIndices().isEmpty()) {
            tree.getSelectionModel().clearSelection();
        }
        selected.stream()
                .limit(selected.size() > MAX_SHOWN ? 0 : MAX_SHOWN)
                .map(layers::get)
                .filter(item -> item != null)
                .forEach(item -> tree.getSelectionModel().select(item));
    }

    /** Shows another graph; whether rows have come, gone or moved. */
    private boolean update(Graph graph) {
        for (Node node : graph.notIn(shown)) {
            put(
                    layers.computeIfAbsent(node.id(), key -> new TreeItem<>()),
                    new LayerRow(
                            node.id(),
                            Printable.name(node.name()),
                            Printable.name(node.layer().className())));
        }
        return order(graph);
    }

    /** Puts rows where they belong, into the tree that is seen last; whether that has changed anything. */
    private boolean order(Graph graph) {
        Map<GroupId, List<TreeItem<Row>>> inside = new HashMap<>();
        List<TreeItem<Row>> top = new ArrayList<>();
        graph.groups().values().forEach(group -> inside.put(group.id(), new ArrayList<>()));
        for (Group group : graph.groups().values()) {
            group.parent().map(inside::get).orElse(top).add(groups.computeIfAbsent(group.id(), Outline::open));
        }
        for (NodeId node : graph.nodes().keySet()) {
            graph.groupOf(node).map(group -> inside.get(group.id())).orElse(top).add(layers.get(node));
        }
        if (layers.size() > graph.nodes().size()) {
            layers.keySet().retainAll(graph.nodes().keySet());
        }
        groups.keySet().retainAll(graph.groups().keySet());
        count(graph);
        List<Splice> splices = new ArrayList<>();
        graph.groups().keySet().forEach(group -> splices.add(Splice.of(groups.get(group), inside.get(group))));
        splices.add(Splice.of(tree.getRoot(), top));
        splices.forEach(Splice::takeOut);
        splices.forEach(Splice::putIn);
        return splices.stream().anyMatch(Splice::changes);
    }

    private static TreeItem<Row> open(GroupId group) {
        TreeItem<Row> item = new TreeItem<>();
        item.setExpanded(true);
        return item;
    }

    private static void put(TreeItem<Row> item, Row row) {
        if (!row.equals(item.getValue())) {
            item.setValue(row);
        }
    }

    /** Updates the number of layers shown for each group, nested groups included. */
    private void count(Graph graph) {
        Map<GroupId, Integer> counts = new HashMap<>();
        for (Group group : graph.groups().values()) {
            Optional<Group> around = Optional.of(group);
            while (around.isPresent()) {
                counts.merge(around.get().id(), group.members().size(), Integer::sum);
                around = around.get().parent().map(graph.groups()::get);
            }
        }
        graph.groups()
                .values()
                .forEach(group -> put(
                        groups.get(group.id()),
                        new GroupRow(group.id(), Printable.name(group.name()), counts.get(group.id()))));
    }
}
