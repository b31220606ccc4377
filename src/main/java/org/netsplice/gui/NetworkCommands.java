package org.netsplice.gui;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.netsplice.edit.step.SeparateInputs;
import org.netsplice.edit.step.ShareInputs;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;

/** Commands for whole networks: their inputs, and newer weights. */
final class NetworkCommands extends CommandFamily {
    private static final String MENU = Commands.EDIT + "/Network";

    NetworkCommands(DocumentView window, List<Command> all) {
        super(window, all);
    }

    void networks() {
        add(Command.of("share-inputs", MENU, 4, "Share one input", this::share));
        add(Command.of("separate-inputs", MENU, 4, "Separate inputs", this::separate));
        add(Command.of("newer-weights", MENU, 4, "Newer weights…", () -> network(actions.sources()::swap))
                .when(this::some));
        add(Command.of("reload", MENU, 4, "Reload weights", () -> network(actions.sources()::reload))
                .when(this::some));
        add(Command.of("view-weights", MENU, 4, "View weights…", this::view).when(this::weighted));
    }

    private boolean weighted() {
        return session.selection().size() == 1
                && graph().weights()
                        .containsKey(graph().node(session.selection().iterator().next())
                                .weights());
    }

    private void view() {
        actions.viewWeights(session.selection().iterator().next());
    }

    private void share() {
        List<NodeId> inputs = graph().inputs();
        if (inputs.size() < 2) {
            actions.complain("There are no two inputs to share.");
        } else {
            actions.apply(new ShareInputs(inputs));
        }
    }

    /** Separates the input that several networks read; of several such inputs the selected one, or the first. */
    private void separate() {
        Optional<NodeId> shared = graph().nodes().values().stream()
                .filter(node -> node.isInput() && graph().groupOf(node.id()).isEmpty())
                .map(Node::id)
                .reduce((one, other) -> session.selection().contains(other) ? other : one);
        shared.ifPresentOrElse(
                id -> actions.apply(new SeparateInputs(id)),
                () -> actions.complain("No input is shared by several networks."));
    }

    private void network(Consumer<GroupId> action) {
        graph().outermostGroupOf(session.selection().iterator().next())
                .map(Group::id)
                .ifPresentOrElse(action, () -> actions.complain("Select a layer of a network."));
    }
}
