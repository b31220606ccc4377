package org.netsplice.gui.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.scene.control.MenuItem;
import org.netsplice.editor.Settings;
import org.netsplice.editor.Shortcuts;
import org.netsplice.editor.figure.FigureChoices;
import org.netsplice.editor.gesture.Gestures;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.canvas.Adding;
import org.netsplice.gui.canvas.CanvasView;
import org.netsplice.gui.canvas.FindBar;
import org.netsplice.gui.canvas.LayerSearch;
import org.netsplice.gui.canvas.Renaming;
import org.netsplice.gui.form.LayerWeights;
import org.netsplice.gui.form.NetworkFiles;
import org.netsplice.gui.result.Running;

/** Everything the window can do, in the order of its menus. */
public final class Commands {
    static final String FILE = "File";
    static final String EDIT = "Edit";
    static final String SELECT = "Select";

    private final Shortcuts shortcuts;
    private final List<Command> all;

    private Commands(List<Command> all, Shortcuts shortcuts) {
        this.all = List.copyOf(all);
        this.shortcuts = shortcuts;
        this.all.forEach(command -> shortcuts.declare(command.id(), command.keys()));
    }

    /**
     * What the commands of a document act on.
     *
     * @param goTo moves the focus to the part of the window with an id
     * @param close closes the document
     */
    public record Parts(
            Frame frame,
            Gestures gestures,
            CanvasView canvas,
            FindBar find,
            FileActions files,
            NetworkFiles networks,
            LayerWeights weights,
            Clipboard clipboard,
            Settings settings,
            Merging merging,
            Running running,
            Consumer<String> goTo,
            Runnable close) {}

    /** Makes all commands in the order of their menus, and lets the canvas start those that belong to the pointer. */
    public static Commands of(Workbench workbench, Parts parts, Shortcuts shortcuts) {
        Commands[] made = new Commands[1];
        CanvasView canvas = parts.canvas();
        Renaming renaming = new Renaming(workbench, canvas);
        LayerSearch search = new LayerSearch(workbench, parts.gestures(), canvas);
        List<Command> all = new ArrayList<>();
        FileCommands file = new FileCommands(workbench, all, parts.files(), parts.frame());
        file.files();
        FigureCommands figures = new FigureCommands(workbench, all, canvas, new FigureChoices(parts.settings()));
        figures.pictures();
        file.documents(parts.close());
        EditCommands edit = new EditCommands(workbench, all, parts.clipboard(), renaming, search);
        edit.history(canvas);
        edit.layers();
        edit.networks();
        new NetworkCommands(workbench, all, parts.weights(), parts.networks()).networks();
        SelectCommands select = new SelectCommands(workbench, all, parts.find());
        select.select();
        select.reach();
        ViewCommands view = new ViewCommands(workbench, all, canvas, parts.frame());
        view.zoom();
        view.appearance();
        view.options();
        view.places(parts.goTo(), parts.running()::goToPredictions);
        LayoutCommands layout = new LayoutCommands(workbench, all, canvas);
        layout.places();
        layout.routes();
        layout.folding();
        figures.figures();
        ModelCommands model = new ModelCommands(workbench, all);
        model.merges(parts.merging());
        model.chains();
        model.ensembles(parts.files());
        model.runs(parts.running());
        new HelpCommands(workbench, all, () -> made[0], parts.frame(), new Adding(canvas, parts.gestures())).help();
        made[0] = new Commands(all, shortcuts);
        new CanvasMenu(workbench.session(), canvas, parts.gestures(), made[0]);
        canvas.onSearch(search::addAt);
        canvas.onEnter(() -> parts.goTo().accept("inspector"));
        canvas.pointer().onNote(figures::edit);
        canvas.pointer().onBox(box -> renaming.rename(box.id()));
        return made[0];
    }

    /** Every command, in the order of the menus. */
    public List<Command> all() {
        return all;
    }

    /** The keys of every command. */
    public Shortcuts shortcuts() {
        return shortcuts;
    }

    /** The keys of a command as a user reads them; empty when it has none. */
    public String shown(Command command) {
        return shortcuts.keys(command.id()).stream()
                .map(Keystrokes::shown)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** A menu item for a command, in its present state; its id is a prefix and the command's id. */
    public MenuItem item(Command command, String prefix) {
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

    /** The command with an id, which must exist. */
    public Command named(String id) {
        return all.stream()
                .filter(command -> command.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
