package org.netsplice.gui;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.control.MenuItem;
import org.netsplice.editor.Samples;
import org.netsplice.editor.Shortcuts;
import org.netsplice.layers.Layers;
import org.netsplice.layers.kind.Kind;

/** Everything the window can do, in the order of its menus. */
final class Commands {
    static final String FILE = "File";
    static final String EDIT = "Edit";
    static final String SELECT = "Select";
    static final String VIEW = "View";
    static final String MODEL = "Model";

    private final DocumentView window;
    private final Actions actions;
    private final Shortcuts shortcuts;
    private final FigureCommands figures;
    private final List<Command> all = new ArrayList<>();

    Commands(DocumentView window, Shortcuts shortcuts) {
        this.window = window;
        this.actions = window.actions();
        this.shortcuts = shortcuts;
        file();
        documents();
        EditCommands edit = new EditCommands(window, all);
        edit.history();
        edit.layers();
        edit.networks();
        new NetworkCommands(window, all).networks();
        SelectCommands select = new SelectCommands(window, all);
        select.select();
        select.reach();
        ViewCommands view = new ViewCommands(window, all);
        view.zoom();
        view.appearance();
        view.habits();
        view.places();
        view.help();
        LayoutCommands layout = new LayoutCommands(window, all);
        layout.places();
        layout.routes();
        layout.folding();
        figures = new FigureCommands(window, all);
        figures.figures();
        model();
        all.forEach(command -> shortcuts.declare(command.id(), command.keys()));
    }

    /** What can be done to the figure. */
    FigureCommands figures() {
        return figures;
    }

    List<Command> all() {
        return List.copyOf(all);
    }

    Shortcuts shortcuts() {
        return shortcuts;
    }

    /** The keys of a command as a user reads them; empty when it has none. */
    String shown(Command command) {
        return shortcuts.keys(command.id()).stream()
                .map(Keystrokes::shown)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** What a command stands for in a menu, as it is now; its name in the scene graph is that of the command behind a prefix. */
    MenuItem item(Command command, String prefix) {
        MenuItem item = new MenuItem();
        item.setMnemonicParsing(false);
        item.setId(prefix + command.id());
        item.setOnAction(event -> command.run());
        refresh(command, item);
        return item;
    }

    /** Shows a command's title, its first keys and whether it is possible as they are now. */
    void refresh(Command command, MenuItem item) {
        item.setText(command.title().get());
        item.setDisable(!command.possible().getAsBoolean());
        item.setAccelerator(shortcuts.keys(command.id()).stream()
                .findFirst()
                .map(Keystrokes::forMenu)
                .orElse(null));
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
        add(Command.of("new", FILE, 0, "New", () -> window.host().add(), "Shortcut+N"));
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
    }

    private void documents() {
        add(Command.of(
                "close", FILE, 2, "Close document", () -> window.host().close(window), "Shortcut+W", "Shortcut+F4"));
        add(Command.of(
                        "next-document",
                        FILE,
                        2,
                        "Next document",
                        () -> window.host().step(1),
                        "Shortcut+Page Down")
                .when(() -> window.host().views().size() > 1));
        add(Command.of(
                        "previous-document",
                        FILE,
                        2,
                        "Previous document",
                        () -> window.host().step(-1),
                        "Shortcut+Page Up")
                .when(() -> window.host().views().size() > 1));
        add(Command.of("quit", FILE, 2, "Quit", () -> window.host().quit(), "Shortcut+Q"));
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
        add(Command.of("ensemble", MODEL, 0, "Ensemble…", () -> new EnsembleView(actions).show(window.stage())));
        add(Command.of("compile", MODEL, 1, "Compile", window::compile, "F5"));
        add(Command.of("predict", MODEL, 1, "Predict", window::predict, "F6"));
    }
}
