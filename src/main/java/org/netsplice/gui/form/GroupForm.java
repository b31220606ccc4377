package org.netsplice.gui.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.netsplice.check.Report;
import org.netsplice.edit.Figure;
import org.netsplice.edit.step.ChangeFigure;
import org.netsplice.edit.step.CloseNetwork;
import org.netsplice.edit.step.Fold;
import org.netsplice.edit.step.Freeze;
import org.netsplice.edit.step.Prefix;
import org.netsplice.edit.step.RenameGroup;
import org.netsplice.edit.step.SeparateInputs;
import org.netsplice.edit.step.Ungroup;
import org.netsplice.editor.recipe.ShareByNetwork;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.gui.Workbench;
import org.netsplice.problem.Printable;

/** The form of a network, a nested model or a frame. */
final class GroupForm {
    private final Session session;
    private final Workbench workbench;
    private final NetworkFiles files;
    private final Group group;
    private final List<Node> nodes;
    private final boolean network;
    private final List<Part> parts = new ArrayList<>();

    GroupForm(Workbench workbench, NetworkFiles files, Group group) {
        this.session = workbench.session();
        this.workbench = workbench;
        this.files = files;
        this.group = group;
        this.nodes = session.document().graph().nodesIn(group.id());
        this.network = group.kind() == Group.Kind.NETWORK;
    }

    /** The parts of the form. */
    List<Part> parts() {
        parts.add(new Part.Title(Printable.name(group.name())));
        parts.add(Part.Words.muted(
                "kind-of-group",
                switch (group.kind()) {
                    case NETWORK -> "A network";
                    case FRAME -> "A group";
                    default -> "A nested model";
                }));
        parts.add(new Part.Input(
                "field-group-name",
                "Name",
                "",
                group.name(),
                name -> workbench.attempt(new RenameGroup(group.id(), name.strip()))));
        parts.add(new Part.Input(
                "field-prefix",
                "Prefix",
                "The prefix of the names of all its layers.",
                Prefix.common(session.document().graph(), group.id()),
                typed -> workbench.attempt(new Prefix(group.id(), typed.strip()))));
        facts();
        if (network) {
            color();
        }
        weights();
        structure();
        return parts;
    }

    /** The colour of the network in the figure. */
    private void color() {
        List<String> names = List.of("blue", "violet", "green", "pink", "orange", "teal");
        Figure figure = session.document().placement().figure();
        int own = List.copyOf(session.document().graph().groups().values().stream()
                        .filter(other -> other.parent().isEmpty())
                        .map(Group::id)
                        .toList())
                .indexOf(group.id());
        int color = figure.colors().getOrDefault(group.id(), own);
        parts.add(new Part.Choice(
                "field-colour",
                "Colour",
                "The colour of its frame, and of its layers in figure mode.",
                names,
                names.get(Math.floorMod(color, names.size())),
                name -> workbench.apply(
                        new ChangeFigure(figure.withColor(group.id(), names.indexOf(name)), "colour"))));
    }

    private void facts() {
        Report report = session.report();
        String origin = session.document().origins().get(group.id());
        if (origin != null) {
            parts.add(new Part.Fact("File", origin));
        }
        parts.add(new Part.Fact("Layers", Integer.toString(nodes.size())));
        long parameters =
                nodes.stream()
                        .collect(Collectors.toMap(Node::weights, node -> node, (one, other) -> one))
                        .values()
                        .stream()
                        .flatMap(node -> report.weights(node.id()).stream())
                        .mapToLong(spec -> spec.shape().elements())
                        .sum();
        parts.add(new Part.Fact("Parameters", String.format(Locale.ROOT, "%,d", parameters)));
        long weighted = nodes.stream()
                .filter(node -> !report.weights(node.id()).isEmpty())
                .count();
        long frozen = nodes.stream()
                .filter(node -> !node.trainable() && !report.weights(node.id()).isEmpty())
                .count();
        parts.add(
                new Part.Fact("Frozen", frozen == 0 ? "no" : frozen == weighted ? "yes" : frozen + " of " + weighted));
    }

    private Set<NodeId> ids() {
        return nodes.stream().map(Node::id).collect(Collectors.toSet());
    }

    private void weights() {
        boolean statistics =
                nodes.stream().anyMatch(node -> node.layer().traits().contains(Layer.Trait.STATISTICS));
        String batch = statistics ? " BatchNormalization then keeps the statistics it has, in training too." : "";
        List<Part.Press> row = new ArrayList<>();
        row.add(new Part.Press(
                "freeze-group",
                "Freeze",
                "Training does not change the weights." + batch,
                () -> workbench.apply(new Freeze(ids(), true))));
        row.add(new Part.Press(
                "unfreeze-group",
                "Unfreeze",
                "Training changes the weights.",
                () -> workbench.apply(new Freeze(ids(), false))));
        if (network) {
            row.add(new Part.Press(
                    "swap-weights",
                    "Replace weights…",
                    "Takes the weights from another file with the same architecture and changes nothing else.",
                    () -> files.swap(group.id())));
            if (session.document().origins().containsKey(group.id())) {
                row.add(new Part.Press(
                        "reload", "Reload", "Reads the weights from the file again.", () -> files.reload(group.id())));
            }
        }
        parts.add(Part.Words.section("Weights"));
        parts.add(new Part.Buttons(row));
    }

    private void structure() {
        boolean folded = session.document().placement().folded().contains(group.id());
        List<Part.Press> row = new ArrayList<>();
        row.add(new Part.Press(
                "fold-group",
                folded ? "Unfold" : "Fold",
                "You can also double-click its title.",
                () -> workbench.apply(new Fold(Set.of(group.id()), !folded))));
        if (network) {
            row.add(new Part.Press(
                    "close-group",
                    "Close network",
                    "Removes it from the document.",
                    () -> workbench.apply(new CloseNetwork(group.id()))));
        } else if (group.kind() == Group.Kind.FRAME) {
            row.add(new Part.Press(
                    "ungroup",
                    "Ungroup",
                    "Removes the group and keeps its layers.",
                    () -> workbench.apply(new Ungroup(group.id()))));
        }
        if (network) {
            inputs().ifPresent(row::add);
        }
        parts.add(Part.Words.section("Structure"));
        parts.add(new Part.Buttons(row));
    }

    /** Lets all networks share their input, or separates the one this network shares. */
    private Optional<Part.Press> inputs() {
        Graph graph = session.document().graph();
        Optional<NodeId> shared = nodes.stream()
                .flatMap(node -> node.inputs().stream())
                .map(port -> port.node())
                .filter(id -> graph.node(id).isInput() && graph.groupOf(id).isEmpty())
                .findFirst();
        List<NodeId> inputs = graph.inputs();
        if (shared.isPresent()) {
            return Optional.of(new Part.Press(
                    "separate-group-inputs",
                    "Separate inputs",
                    "Gives every network its own input.",
                    () -> workbench.apply(new SeparateInputs(shared.get()))));
        }
        if (inputs.size() > 1 && ShareByNetwork.obstacle(graph).isEmpty()) {
            return Optional.of(new Part.Press(
                    "share-group-inputs",
                    "Share inputs",
                    "All networks would read " + Printable.name(String.join(", ", ShareByNetwork.staying(graph))) + ".",
                    () -> workbench.apply(new ShareByNetwork())));
        }
        return Optional.empty();
    }
}
