package org.netsplice.gui;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.netsplice.check.Report;
import org.netsplice.edit.ChangeFigure;
import org.netsplice.edit.CloseNetwork;
import org.netsplice.edit.Figure;
import org.netsplice.edit.Fold;
import org.netsplice.edit.Freeze;
import org.netsplice.edit.Prefix;
import org.netsplice.edit.RenameGroup;
import org.netsplice.edit.SeparateInputs;
import org.netsplice.edit.ShareInputs;
import org.netsplice.edit.Ungroup;
import org.netsplice.editor.Session;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;

/** The form of a network, a nested model or a frame. */
final class GroupForm {
    private final Session session;
    private final Actions actions;
    private final Group group;
    private final List<Node> nodes;
    private final boolean network;

    GroupForm(Session session, Actions actions, Group group) {
        this.session = session;
        this.actions = actions;
        this.group = group;
        this.nodes = session.document().graph().nodesIn(group.id());
        this.network = group.kind() == Group.Kind.NETWORK;
    }

    /** The outermost group whose layers are just those that are selected. */
    static Optional<Group> selected(Session session) {
        Graph graph = session.document().graph();
        Set<NodeId> selection = session.selection();
        Optional<Group> found = Optional.empty();
        Optional<Group> group = selection.stream().findFirst().flatMap(graph::groupOf);
        while (group.isPresent()) {
            List<Node> inside = graph.nodesIn(group.get().id());
            boolean same = inside.size() == selection.size()
                    && inside.stream().allMatch(node -> selection.contains(node.id()));
            found = same ? group : found;
            group = group.get().parent().map(graph.groups()::get);
        }
        return found;
    }

    void fill(VBox content) {
        Label title = new Label(group.name());
        title.getStyleClass().add("title-4");
        title.setWrapText(true);
        Label kind = new Label(
                switch (group.kind()) {
                    case NETWORK -> "A network";
                    case FRAME -> "A group";
                    default -> "A nested model";
                });
        kind.getStyleClass().add("muted");
        Fields fields = new Fields();
        fields.input("Name", "", group.name(), name -> actions.tried(new RenameGroup(group.id(), name.strip())))
                .setId("field-group-name");
        String prefix = Prefix.common(session.document().graph(), group.id());
        fields.input(
                        "Prefix",
                        "What the names of all its layers begin with.",
                        prefix,
                        typed -> actions.tried(new Prefix(group.id(), typed.strip())))
                .setId("field-prefix");
        facts(fields);
        if (network) {
            color(fields);
        }
        content.getChildren().addAll(title, kind, fields.view(), weights(), structure());
        inputs().ifPresent(content.getChildren()::add);
    }

    /** The colour of the network in the figure. */
    private void color(Fields fields) {
        List<String> names = List.of("blue", "violet", "green", "pink", "orange", "teal");
        Figure figure = session.document().placement().figure();
        int own = List.copyOf(session.document().graph().groups().values().stream()
                        .filter(other -> other.parent().isEmpty())
                        .map(Group::id)
                        .toList())
                .indexOf(group.id());
        int color = figure.colors().getOrDefault(group.id(), own);
        fields.choice(
                        "Colour",
                        "Of its frame, and of its layers in figure mode.",
                        names,
                        names.get(Math.floorMod(color, names.size())),
                        name -> actions.apply(
                                new ChangeFigure(figure.withColor(group.id(), names.indexOf(name)), "colour")))
                .setId("field-colour");
    }

    private void facts(Fields fields) {
        Report report = session.report();
        String origin = session.document().origins().get(group.id());
        if (origin != null) {
            fields.text("File", origin);
        }
        fields.text("Layers", Integer.toString(nodes.size()));
        long parameters =
                nodes.stream()
                        .collect(Collectors.toMap(Node::weights, node -> node, (one, other) -> one))
                        .values()
                        .stream()
                        .flatMap(node -> report.weights(node.id()).stream())
                        .mapToLong(spec -> spec.shape().elements())
                        .sum();
        fields.text("Parameters", String.format(Locale.ROOT, "%,d", parameters));
        long weighted = nodes.stream()
                .filter(node -> !report.weights(node.id()).isEmpty())
                .count();
        long frozen = nodes.stream()
                .filter(node -> !node.trainable() && !report.weights(node.id()).isEmpty())
                .count();
        fields.text("Frozen", frozen == 0 ? "no" : frozen == weighted ? "yes" : frozen + " of " + weighted);
    }

    private Set<NodeId> ids() {
        return nodes.stream().map(Node::id).collect(Collectors.toSet());
    }

    private FlowPane weights() {
        boolean statistics =
                nodes.stream().anyMatch(node -> node.layer().traits().contains(Layer.Trait.STATISTICS));
        String batch = statistics ? " BatchNormalization then keeps the statistics it has, in training too." : "";
        FlowPane row = new FlowPane(6, 6);
        row.getChildren()
                .add(button(
                        "freeze-group",
                        "Freeze",
                        "Training leaves the weights alone." + batch,
                        () -> actions.apply(new Freeze(ids(), true))));
        row.getChildren()
                .add(button(
                        "unfreeze-group",
                        "Unfreeze",
                        "Training changes the weights.",
                        () -> actions.apply(new Freeze(ids(), false))));
        if (network) {
            row.getChildren()
                    .add(button(
                            "swap-weights",
                            "Newer weights…",
                            "Takes the weights of another file of the same architecture; everything else stays.",
                            () -> actions.sources().swap(group.id())));
            if (session.document().origins().containsKey(group.id())) {
                row.getChildren()
                        .add(button(
                                "reload",
                                "Reload",
                                "Reads the weights from the file again.",
                                () -> actions.sources().reload(group.id())));
            }
        }
        return row;
    }

    private FlowPane structure() {
        boolean folded = session.document().placement().folded().contains(group.id());
        FlowPane row = new FlowPane(6, 6);
        row.getChildren()
                .add(button(
                        "fold-group",
                        folded ? "Unfold" : "Fold",
                        "A double click on its title does the same.",
                        () -> actions.apply(new Fold(Set.of(group.id()), !folded))));
        if (network) {
            row.getChildren()
                    .add(button(
                            "close-group",
                            "Close network",
                            "Removes it from the document.",
                            () -> actions.apply(new CloseNetwork(group.id()))));
        } else if (group.kind() == Group.Kind.FRAME) {
            row.getChildren()
                    .add(button(
                            "ungroup",
                            "Ungroup",
                            "Removes the group and keeps its layers.",
                            () -> actions.apply(new Ungroup(group.id()))));
        }
        return row;
    }

    /** Lets all networks share their input, or separates the one this network shares. */
    private Optional<FlowPane> inputs() {
        Graph graph = session.document().graph();
        if (!network) {
            return Optional.empty();
        }
        Optional<NodeId> shared = nodes.stream()
                .flatMap(node -> node.inputs().stream())
                .map(port -> port.node())
                .filter(id -> graph.node(id).isInput() && graph.groupOf(id).isEmpty())
                .findFirst();
        if (shared.isPresent()) {
            return Optional.of(new FlowPane(
                    6,
                    6,
                    button(
                            "separate-group-inputs",
                            "Separate inputs",
                            "Every network gets an input of its own.",
                            () -> actions.apply(new SeparateInputs(shared.get())))));
        }
        List<NodeId> inputs = graph.inputs();
        boolean possible =
                inputs.size() > 1 && ShareInputs.obstacle(graph, inputs).isEmpty();
        return possible
                ? Optional.of(new FlowPane(
                        6,
                        6,
                        button(
                                "share-group-inputs",
                                "Share inputs",
                                "All networks read one input.",
                                () -> actions.apply(new ShareInputs(inputs)))))
                : Optional.empty();
    }

    private static Button button(String id, String text, String help, Runnable action) {
        Button button = new Button(text);
        button.setId(id);
        button.setTooltip(new Tooltip(help));
        button.setOnAction(event -> action.run());
        return button;
    }
}
