package org.netsplice.gui;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.netsplice.edit.Configure;
import org.netsplice.edit.Edit;
import org.netsplice.edit.Freeze;
import org.netsplice.edit.Remove;
import org.netsplice.edit.Several;
import org.netsplice.editor.Session;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.layers.ComputedLayer;
import org.netsplice.layers.Kind;
import org.netsplice.layers.Layers;
import org.netsplice.layers.Setting;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Where;

/** The form of several layers: what can be done with all of them, and the settings they have in common. */
final class SeveralForm {
    private static final String DIFFERENT = "different";
    private static final int MOST_CONFIGURED = 500;

    private final Session session;
    private final Actions actions;
    private final List<Node> nodes;

    SeveralForm(Session session, Actions actions) {
        this.session = session;
        this.actions = actions;
        this.nodes = session.document().graph().nodes().values().stream()
                .filter(node -> session.selection().contains(node.id()))
                .toList();
    }

    void fill(VBox content, Runnable group) {
        Set<NodeId> ids = session.selection();
        Label title = new Label(ids.size() + " layers");
        title.getStyleClass().add("title-4");
        content.getChildren()
                .addAll(
                        title,
                        new FlowPane(
                                6,
                                6,
                                button("Merge outputs (F)", actions::mergeSelected),
                                button("Freeze", () -> actions.apply(new Freeze(ids, true))),
                                button("Unfreeze", () -> actions.apply(new Freeze(ids, false))),
                                button("Group…", group),
                                button("Delete", () -> actions.apply(new Remove(ids)))));
        if (nodes.size() <= MOST_CONFIGURED) {
            kind().ifPresent(kind -> settings(content, kind));
        }
    }

    private static Button button(String text, Runnable action) {
        Button button = new Button(text);
        button.setOnAction(event -> action.run());
        return button;
    }

    /** The kind all layers are of. */
    private Optional<Kind<?>> kind() {
        Set<Kind<?>> kinds = new HashSet<>();
        for (Node node : nodes) {
            if (!(node.layer() instanceof ComputedLayer layer) || layer.kind().family() == Kind.Family.INTERNAL) {
                return Optional.empty();
            }
            kinds.add(layer.kind());
        }
        return kinds.size() == 1 ? kinds.stream().findFirst() : Optional.empty();
    }

    private void settings(VBox content, Kind<?> kind) {
        Label section = new Label("Settings of all " + kind.className());
        section.getStyleClass().add("section");
        Fields fields = new Fields();
        for (Setting<?> setting : kind.settings()) {
            Set<Object> values = new HashSet<>();
            nodes.forEach(node -> values.add(shown(node, setting)));
            String value = values.size() == 1 ? String.valueOf(values.iterator().next()) : DIFFERENT;
            String words = setting.name().replace('_', ' ');
            String label = Character.toUpperCase(words.charAt(0)) + words.substring(1);
            fields.input(label, setting.help() + "\n" + setting.range(), value, typed -> change(setting, typed))
                    .setId("all-" + setting.name());
        }
        content.getChildren().addAll(section, fields.view());
    }

    private static String shown(Node node, Setting<?> setting) {
        ComputedLayer layer = (ComputedLayer) node.layer();
        Map<String, Object> config = layer.kind().config(layer);
        Object value = config.get(setting.name());
        return Objects.toString(value, "");
    }

    private Optional<String> change(Setting<?> setting, String typed) {
        List<Edit> edits = new ArrayList<>();
        try {
            for (Node node : nodes) {
                Where where = new Where.AtNode(node.id().number(), node.name());
                edits.add(new Configure(
                        node.id(), Layers.change((ComputedLayer) node.layer(), setting.name(), typed, where)));
            }
            return actions.tried(new Several(edits, "configure " + edits.size() + " layers"));
        } catch (ModelException problem) {
            return Optional.of(
                    problem.problem().what() + ". " + problem.problem().remedy());
        }
    }
}
