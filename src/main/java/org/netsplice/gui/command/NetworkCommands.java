package org.netsplice.gui.command;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.netsplice.edit.step.SeparateInputs;
import org.netsplice.editor.recipe.ShareByNetwork;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.form.LayerWeights;
import org.netsplice.gui.form.NetworkFiles;

/** Commands for whole networks: their inputs, and newer weights. */
final class NetworkCommands extends CommandFamily {
    private final LayerWeights weights;
    private final NetworkFiles files;
    private static final String MENU = Commands.EDIT + "/Network";

    NetworkCommands(Workbench workbench, List<Command> all, LayerWeights weights, NetworkFiles files) {
        super(workbench, all);
        this.weights = weights;
        this.files = files;
    }

    void networks() {
        add(Command.of("share-inputs", MENU, 4, "Share one input", this::share));
        add(Command.of("separate-inputs", MENU, 4, "Separate inputs", this::separate));
        add(Command.of("newer-weights", MENU, 4, "Replace weights…", () -> network(files::swap))
                .when(this::anySelected));
        add(Command.of("reload", MENU, 4, "Reload weights", () -> network(files::reload))
                .when(this::anySelected));
        add(Command.of("view-weights", MENU, 4, "View weights…", this::view).when(this::weighted));
    }

    private boolean weighted() {
        return session.selection().size() == 1
                && graph().weights()
                        .containsKey(graph().node(session.selection().iterator().next())
                                .weights());
    }

    private void view() {
        weights.view(session.selection().iterator().next());
    }

    private void share() {
        List<NodeId> inputs = graph().inputs();
        if (inputs.size() < 2) {
            workbench.complain("Open networks with at least two inputs to share one.");
        } else {
            workbench.apply(new ShareByNetwork());
        }
    }

    /** Separates the input that several networks read: the selected one, or the first. */
    private void separate() {
        Optional<NodeId> shared = graph().nodes().values().stream()
                .filter(node -> node.isInput() && graph().groupOf(node.id()).isEmpty())
                .map(Node::id)
                .reduce((one, other) -> session.selection().contains(other) ? other : one);
        shared.ifPresentOrElse(
                id -> workbench.apply(new SeparateInputs(id)),
                () -> workbench.complain("No input is shared by several networks."));
    }

    private void network(Consumer<GroupId> action) {
        graph().outermostGroupOf(session.selection().iterator().next())
                .map(Group::id)
                .ifPresentOrElse(action, () -> workbench.complain("Select a layer of a network."));
    }
}
