package org.netsplice.gui;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javafx.stage.WindowEvent;
import org.netsplice.diagram.Detail;
import org.netsplice.edit.Arrange;
import org.netsplice.edit.CloseNetwork;
import org.netsplice.edit.CutAfter;
import org.netsplice.edit.Disconnect;
import org.netsplice.edit.DisconnectAll;
import org.netsplice.edit.Dissolve;
import org.netsplice.edit.Freeze;
import org.netsplice.edit.MakeGroup;
import org.netsplice.edit.Remove;
import org.netsplice.edit.Ungroup;
import org.netsplice.editor.Reach;
import org.netsplice.editor.Samples;
import org.netsplice.editor.Session;
import org.netsplice.editor.Shortcuts;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.NodeId;
import org.netsplice.layers.Kind;
import org.netsplice.layers.Layers;

/** Everything the window can do, in the order of its menus. */
final class Commands {
    private static final String FILE = "File";
    private static final String EDIT = "Edit";
    private static final String SELECT = "Select";
    private static final String VIEW = "View";
    private static final String MODEL = "Model";

    private final MainWindow window;
    private final Session session;
    private final Actions actions;
    private final Shortcuts shortcuts;
    private final List<Command> all = new ArrayList<>();

    Commands(MainWindow window, Shortcuts shortcuts) {
        this.window = window;
        this.session = window.session();
        this.actions = window.actions();
        this.shortcuts = shortcuts;
        file();
        history();
        layers();
        networks();
        select();
        reach();
        view();
        model();
        all.forEach(command -> shortcuts.declare(command.id(), command.keys()));
    }

    List<Command> all() {
        return List.copyOf(all);
    }

    Shortcuts shortcuts() {
        return shortcuts;
    }

    /** The keys of a command as a user reads them; empty when it has none. */
    String shown(Command command) {
        return shortcuts.keys(command.id()).stream().map(Keystrokes::shown).collect(Collectors.joining(", "));
    }

    Command named(String id) {
        return all.stream()
                .filter(command -> command.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void add(Command command) {
        all.add(command);
    }

    private void file() {
        add(Command.of("new", FILE, 0, "New", actions::startAnew, "Shortcut+N"));
        add(Command.of("open", FILE, 0, "Open…", actions::open, "Shortcut+O"));
        String samples = FILE + "/Open sample";
        add(Command.of(
                "sample-concatenate",
                samples,
                0,
                "Tutorial 1: two models to concatenate",
                () -> actions.openSamples(Samples.bundled().tutorial())));
        add(Command.of(
                "sample-average",
                samples,
                0,
                "Tutorial 2: two models to average",
                () -> actions.openSamples(Samples.bundled().ensemble())));
        add(Command.of(
                "sample-digits",
                samples,
                0,
                "Digits: two trained classifiers",
                () -> actions.openSamples(Samples.bundled().digits())));
        add(Command.of("save", FILE, 1, "Save", actions::save, "Shortcut+S"));
        add(Command.of("save-as", FILE, 1, "Save as…", actions::saveAs, "Shortcut+Shift+S"));
        add(Command.of(
                "export", FILE, 1, "Export picture…", () -> actions.exportPicture(window.theme()), "Shortcut+E"));
        add(Command.of(
                "quit",
                FILE,
                2,
                "Quit",
                () -> window.stage().fireEvent(new WindowEvent(window.stage(), WindowEvent.WINDOW_CLOSE_REQUEST)),
                "Shortcut+Q"));
    }

    private void history() {
        add(Command.of("undo", EDIT, 0, "Undo", session::undo, "Shortcut+Z")
                .titled(() ->
                        "Undo" + session.undoTitle().map(title -> " " + title).orElse(""))
                .when(() -> session.undoTitle().isPresent()));
        add(Command.of("redo", EDIT, 0, "Redo", session::redo, "Shortcut+Y", "Shortcut+Shift+Z")
                .titled(() ->
                        "Redo" + session.redoTitle().map(title -> " " + title).orElse(""))
                .when(() -> session.redoTitle().isPresent()));
        add(Command.of("cut", EDIT, 1, "Cut", () -> window.clipboard().cut(), "Shortcut+X")
                .when(this::some));
        add(Command.of("copy", EDIT, 1, "Copy", () -> window.clipboard().copy(), "Shortcut+C")
                .when(this::some));
        BooleanSupplier copied = window.clipboard()::full;
        add(Command.of("paste", EDIT, 1, "Paste", () -> window.clipboard().paste(false), "Shortcut+V")
                .when(copied));
        add(Command.of(
                        "paste-connected",
                        EDIT,
                        1,
                        "Paste with inputs",
                        () -> window.clipboard().paste(true),
                        "Shortcut+Shift+V")
                .when(copied));
        add(Command.of(
                        "duplicate",
                        EDIT,
                        1,
                        "Duplicate",
                        () -> window.clipboard().duplicate(),
                        "Shortcut+D",
                        "Shift+D")
                .when(this::some));
    }

    private void layers() {
        add(Command.of("add", EDIT, 2, "Add layer…", window::searchAtPointer, "Shift+A"));
        add(Command.of("replace", EDIT, 2, "Replace by…", window::replaceSelected)
                .when(this::one));
        add(Command.of("delete", EDIT, 2, "Delete", this::deleteSelected, "Delete", "Backspace")
                .when(() -> some() || session.selectedWire().isPresent()));
        add(Command.of(
                        "dissolve",
                        EDIT,
                        2,
                        "Dissolve",
                        () -> actions.apply(new Dissolve(session.selection())),
                        "Shortcut+Delete",
                        "Shortcut+Backspace")
                .when(this::some));
        add(Command.of(
                        "disconnect",
                        EDIT,
                        2,
                        "Disconnect all",
                        () -> actions.apply(new DisconnectAll(session.selection())))
                .when(this::some));
        add(Command.of("freeze", EDIT, 3, "Freeze", () -> actions.apply(new Freeze(session.selection(), true)))
                .when(this::some));
        add(Command.of("unfreeze", EDIT, 3, "Unfreeze", () -> actions.apply(new Freeze(session.selection(), false)))
                .when(this::some));
    }

    private void networks() {
        add(Command.of(
                        "group",
                        EDIT,
                        4,
                        "Group",
                        () -> actions.apply(new MakeGroup(session.selection(), "group")),
                        "Shortcut+G")
                .when(this::some));
        add(Command.of("ungroup", EDIT, 4, "Ungroup", this::ungroup, "Shortcut+Shift+G")
                .when(this::some));
        add(Command.of(
                        "cut-after",
                        EDIT,
                        4,
                        "Cut network after layer",
                        () -> actions.apply(
                                new CutAfter(session.selection().iterator().next())))
                .when(this::one));
        add(Command.of("extract", EDIT, 4, "Extract as own network", this::extract)
                .when(this::some));
        add(Command.of("close-network", EDIT, 4, "Close network", this::closeNetwork, "Shortcut+W")
                .when(this::some));
    }

    private void select() {
        add(Command.of("find", SELECT, 0, "Find…", window::find, "Shortcut+F"));
        add(Command.of(
                        "find-next",
                        SELECT,
                        0,
                        "Next found",
                        () -> session.search().next(1),
                        "F3")
                .when(() -> session.search().active()));
        add(Command.of(
                        "find-previous",
                        SELECT,
                        0,
                        "Previous found",
                        () -> session.search().next(-1),
                        "Shift+F3")
                .when(() -> session.search().active()));
    }

    private void reach() {
        add(Command.of(
                "select-all",
                SELECT,
                1,
                "Select all",
                () -> session.select(new HashSet<>(graph().nodes().keySet())),
                "Shortcut+A"));
        add(Command.of("select-none", SELECT, 1, "Select nothing", () -> session.select(Set.of()))
                .when(this::some));
        add(Command.of(
                        "upstream",
                        SELECT,
                        1,
                        "All it depends on",
                        () -> session.select(Reach.upstream(graph(), session.selection())),
                        "L")
                .when(this::some));
        add(Command.of(
                        "downstream",
                        SELECT,
                        1,
                        "All that depends on it",
                        () -> session.select(Reach.downstream(graph(), session.selection())),
                        "Shift+L")
                .when(this::some));
        add(Command.of(
                        "between",
                        SELECT,
                        1,
                        "All between",
                        () -> session.select(Reach.between(graph(), session.selection())),
                        "P")
                .when(() -> session.selection().size() > 1));
    }

    private void view() {
        add(Command.of(
                "zoom-in",
                VIEW,
                0,
                "Zoom in",
                () -> window.canvas().zoom(1.2),
                "Shortcut+EQUALS",
                "Shortcut+PLUS",
                "Shortcut+ADD"));
        add(Command.of(
                "zoom-out",
                VIEW,
                0,
                "Zoom out",
                () -> window.canvas().zoom(1 / 1.2),
                "Shortcut+MINUS",
                "Shortcut+SUBTRACT"));
        add(Command.of("zoom-100", VIEW, 0, "100 %", () -> window.canvas().zoomTo(1), "Shortcut+0"));
        add(Command.of("fit-all", VIEW, 0, "Fit all", () -> window.canvas().fitAll(), "Home"));
        add(Command.of(
                "fit-selection", VIEW, 0, "Fit selection", () -> window.canvas().fitSelection(), "."));
        add(Command.of("arrange", VIEW, 1, "Arrange all", () -> actions.apply(new Arrange())));
        add(Command.of("direction", VIEW, 1, "Left to right", this::turn, "Shortcut+Shift+D")
                .titled(() -> session.detail().direction() == Detail.Direction.TB ? "Left to right" : "Top to bottom"));
        add(Command.of("dark", VIEW, 2, "Dark", () -> window.setDark(!window.isDark()))
                .titled(() -> window.isDark() ? "Light" : "Dark"));
        add(Command.of("commands", VIEW, 3, "All commands…", window::showCommands, "Shortcut+K", "Shortcut+Shift+P"));
        add(Command.of("shortcuts", VIEW, 3, "Shortcuts…", window::showShortcuts, "?", "F1"));
    }

    private void model() {
        add(Command.of("merge", MODEL, 0, "Merge selected outputs", actions::mergeSelected, "F"));
        for (Kind<?> kind : Layers.ALL) {
            if (kind.family() == Kind.Family.MERGE) {
                add(Command.of(
                        "merge-" + kind.className(),
                        MODEL + "/Merge by",
                        0,
                        kind.className(),
                        () -> actions.merge(kind)));
            }
        }
        add(Command.of("compile", MODEL, 1, "Compile", window::compile, "F5"));
        add(Command.of("predict", MODEL, 1, "Predict", window::predict, "F6"));
    }

    private Graph graph() {
        return session.document().graph();
    }

    private boolean some() {
        return !session.selection().isEmpty();
    }

    private boolean one() {
        return session.selection().size() == 1;
    }

    /** Deletes what is selected: layers, or a wire. */
    private void deleteSelected() {
        if (session.selectedWire().isPresent()) {
            actions.apply(new Disconnect(
                    session.selectedWire().get().to(),
                    session.selectedWire().get().input()));
        } else {
            actions.apply(new Remove(session.selection()));
        }
    }

    private Optional<NodeId> first() {
        return session.selection().stream().findFirst();
    }

    private void ungroup() {
        first().flatMap(graph()::groupOf)
                .ifPresentOrElse(
                        group -> actions.apply(new Ungroup(group.id())),
                        () -> actions.complain("The selected layer is in no group."));
    }

    private void extract() {
        Reach.extracted(session.report(), session.selection())
                .ifPresentOrElse(
                        actions::apply,
                        () -> actions.complain(
                                "Select layers with known shapes to copy them as a network of their own."));
    }

    private void closeNetwork() {
        first().flatMap(graph()::outermostGroupOf)
                .map(Group::id)
                .ifPresentOrElse(
                        id -> actions.apply(new CloseNetwork(id)),
                        () -> actions.complain("Select a layer of the network to close."));
    }

    private void turn() {
        Detail d = session.detail();
        boolean down = d.direction() == Detail.Direction.TB;
        session.show(new Detail(
                d.shapes(),
                d.dtype(),
                d.names(),
                d.activations(),
                d.trainable(),
                d.nested(),
                down ? Detail.Direction.LR : Detail.Direction.TB,
                d.splines()));
        window.canvas().fitSoon();
    }
}
