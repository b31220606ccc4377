package org.netsplice.gui.command;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.netsplice.edit.Edit;
import org.netsplice.edit.step.CloseNetwork;
import org.netsplice.edit.step.CutAfter;
import org.netsplice.edit.step.Disconnect;
import org.netsplice.edit.step.DisconnectAll;
import org.netsplice.edit.step.Dissolve;
import org.netsplice.edit.step.Freeze;
import org.netsplice.edit.step.MakeGroup;
import org.netsplice.edit.step.Remove;
import org.netsplice.edit.step.ReplaceLayer;
import org.netsplice.edit.step.Several;
import org.netsplice.edit.step.Ungroup;
import org.netsplice.editor.recipe.Reach;
import org.netsplice.graph.Group;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.TensorSpec;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.canvas.CanvasView;
import org.netsplice.gui.canvas.LayerSearch;
import org.netsplice.gui.canvas.Renaming;
import org.netsplice.layers.Adapters;

/** Commands that change the document. */
final class EditCommands extends CommandFamily {
    private final Clipboard clipboard;
    private final Renaming renaming;
    private final LayerSearch search;

    EditCommands(Workbench workbench, List<Command> all, Clipboard clipboard, Renaming renaming, LayerSearch search) {
        super(workbench, all);
        this.clipboard = clipboard;
        this.renaming = renaming;
        this.search = search;
    }

    void history(CanvasView canvas) {
        add(Command.of("undo", Commands.EDIT, 0, "Undo", () -> canvas.showingChange(session::undo), "Shortcut+Z")
                .withTitle(() ->
                        "Undo" + session.undoTitle().map(title -> " " + title).orElse(""))
                .when(() -> session.undoTitle().isPresent()));
        add(Command.of(
                        "redo",
                        Commands.EDIT,
                        0,
                        "Redo",
                        () -> canvas.showingChange(session::redo),
                        "Shortcut+Y",
                        "Shortcut+Shift+Z")
                .withTitle(() ->
                        "Redo" + session.redoTitle().map(title -> " " + title).orElse(""))
                .when(() -> session.redoTitle().isPresent()));
        add(Command.of("cut", Commands.EDIT, 1, "Cut", () -> clipboard.cut(), "Shortcut+X")
                .when(this::anySelected));
        add(Command.of("copy", Commands.EDIT, 1, "Copy", () -> clipboard.copy(), "Shortcut+C")
                .when(this::anySelected));
        BooleanSupplier copied = clipboard::full;
        add(Command.of("paste", Commands.EDIT, 1, "Paste", () -> clipboard.paste(false), "Shortcut+V")
                .when(copied));
        add(Command.of(
                        "paste-connected",
                        Commands.EDIT,
                        1,
                        "Paste with inputs",
                        () -> clipboard.paste(true),
                        "Shortcut+Shift+V")
                .when(copied));
        add(Command.of("duplicate", Commands.EDIT, 1, "Duplicate", () -> clipboard.duplicate(), "Shortcut+D", "Shift+D")
                .when(this::anySelected));
    }

    void layers() {
        add(Command.of("add", Commands.EDIT, 2, "Add layer…", search::addAtPointer, "Shift+A"));
        add(Command.of("rename", Commands.EDIT, 2, "Rename", () -> renaming.renameSelected(), "F2")
                .when(this::anySelected));
        add(Command.of("replace", Commands.EDIT, 2, "Replace with…", search::replaceSelected)
                .when(this::oneSelected));
        add(Command.of("bypass", Commands.EDIT, 2, "Bypass", this::bypass, "M").when(this::oneSelected));
        add(Command.of("delete", Commands.EDIT, 2, "Delete", this::deleteSelected, "Delete", "Backspace")
                .when(() -> anySelected() || session.selectedWire().isPresent()));
        add(Command.of(
                        "dissolve",
                        Commands.EDIT,
                        2,
                        "Dissolve",
                        () -> workbench.apply(new Dissolve(session.selection())),
                        "Shortcut+Delete",
                        "Shortcut+Backspace")
                .when(this::anySelected));
        add(Command.of(
                        "disconnect",
                        Commands.EDIT,
                        2,
                        "Disconnect all",
                        () -> workbench.apply(new DisconnectAll(session.selection())))
                .when(this::anySelected));
        add(Command.of(
                        "freeze",
                        Commands.EDIT,
                        3,
                        "Freeze",
                        () -> workbench.apply(new Freeze(session.selection(), true)))
                .when(this::anySelected));
        add(Command.of(
                        "unfreeze",
                        Commands.EDIT,
                        3,
                        "Unfreeze",
                        () -> workbench.apply(new Freeze(session.selection(), false)))
                .when(this::anySelected));
    }

    void networks() {
        add(Command.of(
                        "group",
                        Commands.EDIT,
                        4,
                        "Group",
                        () -> workbench.apply(new MakeGroup(session.selection(), "group")),
                        "Shortcut+G")
                .when(this::anySelected));
        add(Command.of("ungroup", Commands.EDIT, 4, "Ungroup", this::ungroup, "Shortcut+Shift+G")
                .when(this::anySelected));
        add(Command.of(
                        "cut-after",
                        Commands.EDIT,
                        4,
                        "Cut network after layer",
                        () -> workbench.apply(
                                new CutAfter(session.selection().iterator().next())))
                .when(this::oneSelected));
        add(Command.of("extract", Commands.EDIT, 4, "Extract as network", this::extract)
                .when(this::anySelected));
        add(Command.of("close-network", Commands.EDIT, 4, "Close network", this::closeNetwork, "Shortcut+Shift+W")
                .when(this::anySelected));
    }

    /** Lets values pass a layer unchanged, where their shape stays. */
    private void bypass() {
        NodeId id = session.selection().iterator().next();
        List<TensorSpec> in = session.report().inputs(id);
        List<TensorSpec> out = session.report().outputs(id);
        if (in.size() == 1
                && out.size() == 1
                && in.get(0).shape().equals(out.get(0).shape())) {
            Edit identity = new ReplaceLayer(id, Adapters.passing());
            workbench.apply(
                    new Several(List.of(identity), "bypass " + graph().node(id).name()));
        } else {
            workbench.complain("You can bypass only a layer that keeps the shape; "
                    + graph().node(id).name() + " turns " + shapes(in) + " into " + shapes(out)
                    + ". Dissolve removes it and keeps the connection.");
        }
    }

    private static String shapes(List<TensorSpec> specs) {
        return specs.isEmpty()
                ? "nothing known"
                : specs.stream().map(spec -> spec.shape().toString()).collect(Collectors.joining(", "));
    }

    /** Deletes the selected layers, or the selected wire. */
    private void deleteSelected() {
        if (session.selectedWire().isPresent()) {
            workbench.apply(new Disconnect(
                    session.selectedWire().get().to(),
                    session.selectedWire().get().input()));
        } else {
            workbench.apply(new Remove(session.selection()));
        }
    }

    private Optional<NodeId> first() {
        return session.selection().stream().findFirst();
    }

    private void ungroup() {
        first().flatMap(graph()::groupOf)
                .ifPresentOrElse(
                        group -> workbench.apply(new Ungroup(group.id())),
                        () -> workbench.complain("Select a layer that is in a group."));
    }

    private void extract() {
        Reach.extracted(session.report(), session.selection())
                .ifPresentOrElse(
                        workbench::apply,
                        () -> workbench.complain("Select layers with known shapes to copy them as a new network."));
    }

    private void closeNetwork() {
        first().flatMap(graph()::outermostGroupOf)
                .map(Group::id)
                .ifPresentOrElse(
                        id -> workbench.apply(new CloseNetwork(id)),
                        () -> workbench.complain("Select a layer of the network to close."));
    }
}
