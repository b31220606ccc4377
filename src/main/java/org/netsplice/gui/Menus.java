package org.netsplice.gui;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCombination;
import org.netsplice.diagram.Detail;
import org.netsplice.edit.Arrange;
import org.netsplice.edit.CloseNetwork;
import org.netsplice.edit.Freeze;
import org.netsplice.edit.Remove;
import org.netsplice.edit.Ungroup;
import org.netsplice.editor.Samples;
import org.netsplice.editor.Session;
import org.netsplice.graph.Group;
import org.netsplice.layers.Kind;
import org.netsplice.layers.Layers;

/** The menu bar. */
final class Menus {
    private final MainWindow window;
    private final Session session;
    private final Actions actions;

    Menus(MainWindow window) {
        this.window = window;
        this.session = window.session();
        this.actions = window.actions();
    }

    MenuBar bar() {
        return new MenuBar(file(), edit(), view(), model());
    }

    private static MenuItem item(String text, String keys, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setMnemonicParsing(false);
        if (!keys.isEmpty()) {
            item.setAccelerator(KeyCombination.valueOf(keys));
        }
        item.setOnAction(event -> action.run());
        return item;
    }

    private Menu file() {
        Menu recent = new Menu("Open recent");
        Menu samples = new Menu("Open sample");
        samples.getItems()
                .addAll(
                        item(
                                "Tutorial 1: two models to concatenate",
                                "",
                                () -> actions.openSamples(Samples.bundled().tutorial())),
                        item(
                                "Tutorial 2: two models to average",
                                "",
                                () -> actions.openSamples(Samples.bundled().ensemble())),
                        item(
                                "Digits: two trained classifiers",
                                "",
                                () -> actions.openSamples(Samples.bundled().digits())));
        Menu menu = new Menu("File");
        menu.setOnShowing(event -> {
            recent.getItems().clear();
            for (Path path : actions.recent().list()) {
                recent.getItems().add(item(path.toString(), "", () -> actions.open(List.of(path))));
            }
            recent.setDisable(recent.getItems().isEmpty());
        });
        menu.getItems()
                .addAll(
                        item("New", "Shortcut+N", actions::startAnew),
                        item("Open…", "Shortcut+O", actions::open),
                        recent,
                        samples,
                        new SeparatorMenuItem(),
                        item("Save", "Shortcut+S", actions::save),
                        item("Save as…", "Shortcut+Shift+S", actions::saveAs),
                        item("Export picture…", "Shortcut+E", () -> actions.exportPicture(window.theme())),
                        new SeparatorMenuItem(),
                        item(
                                "Quit",
                                "Shortcut+Q",
                                () -> window.stage()
                                        .fireEvent(new javafx.stage.WindowEvent(
                                                window.stage(), javafx.stage.WindowEvent.WINDOW_CLOSE_REQUEST))));
        return menu;
    }

    private Menu edit() {
        MenuItem undo = item("Undo", "Shortcut+Z", session::undo);
        MenuItem redo = item("Redo", "Shortcut+Y", session::redo);
        session.onChange(() -> {
            undo.setText("Undo" + session.undoTitle().map(title -> " " + title).orElse(""));
            undo.setDisable(session.undoTitle().isEmpty());
            redo.setText("Redo" + session.redoTitle().map(title -> " " + title).orElse(""));
            redo.setDisable(session.redoTitle().isEmpty());
        });
        Menu menu = new Menu("Edit");
        menu.getItems()
                .addAll(
                        undo,
                        redo,
                        new SeparatorMenuItem(),
                        item("Add layer…", "Shift+A", window::searchAtPointer),
                        item("Delete", "", () -> deleteSelected(session, actions)),
                        item(
                                "Select all",
                                "Shortcut+A",
                                () -> session.select(new HashSet<>(
                                        session.document().graph().nodes().keySet()))),
                        new SeparatorMenuItem(),
                        item("Freeze", "", () -> actions.apply(new Freeze(session.selection(), true))),
                        item("Unfreeze", "", () -> actions.apply(new Freeze(session.selection(), false))),
                        item("Ungroup", "", this::ungroup),
                        item("Close network", "Shortcut+W", this::closeNetwork));
        return menu;
    }

    /** Deletes what is selected: layers, or a wire. */
    static void deleteSelected(Session session, Actions actions) {
        if (session.selectedWire().isPresent()) {
            actions.apply(new org.netsplice.edit.Disconnect(
                    session.selectedWire().get().to(),
                    session.selectedWire().get().input()));
        } else if (!session.selection().isEmpty()) {
            actions.apply(new Remove(session.selection()));
        }
    }

    private void ungroup() {
        session.selection().stream()
                .findFirst()
                .flatMap(session.document().graph()::groupOf)
                .ifPresent(group -> actions.apply(new Ungroup(group.id())));
    }

    private void closeNetwork() {
        session.selection().stream()
                .findFirst()
                .flatMap(session.document().graph()::outermostGroupOf)
                .map(Group::id)
                .ifPresentOrElse(
                        id -> actions.apply(new CloseNetwork(id)),
                        () -> actions.complain("Select a layer of the network to close."));
    }

    private Menu view() {
        CheckMenuItem dark = new CheckMenuItem("Dark");
        dark.setOnAction(event -> window.setDark(dark.isSelected()));
        CheckMenuItem across = new CheckMenuItem("Left to right");
        across.setAccelerator(KeyCombination.valueOf("Shortcut+Shift+D"));
        across.setOnAction(event -> {
            Detail d = session.detail();
            session.show(new Detail(
                    d.shapes(),
                    d.dtype(),
                    d.names(),
                    d.activations(),
                    d.trainable(),
                    d.nested(),
                    across.isSelected() ? Detail.Direction.LR : Detail.Direction.TB,
                    d.splines()));
            window.canvas().fitSoon();
        });
        Menu menu = new Menu("View");
        menu.getItems()
                .addAll(
                        item("Zoom in", "Shortcut+EQUALS", () -> window.canvas().zoom(1.2)),
                        item("Zoom out", "Shortcut+MINUS", () -> window.canvas().zoom(1 / 1.2)),
                        item("100 %", "Shortcut+0", () -> window.canvas().zoomTo(1)),
                        item("Fit all", "", () -> window.canvas().fitAll()),
                        item("Fit selection", "", () -> window.canvas().fitSelection()),
                        new SeparatorMenuItem(),
                        item("Arrange all", "", () -> actions.apply(new Arrange())),
                        across,
                        new SeparatorMenuItem(),
                        dark);
        return menu;
    }

    private Menu model() {
        Menu merge = new Menu("Merge selected outputs");
        for (Kind<?> kind : Layers.ALL) {
            if (kind.family() == Kind.Family.MERGE) {
                merge.getItems().add(item(kind.className(), "", () -> actions.merge(kind)));
            }
        }
        Menu menu = new Menu("Model");
        menu.getItems()
                .addAll(
                        merge,
                        new SeparatorMenuItem(),
                        item("Compile", "F5", window::compile),
                        item("Predict", "F6", window::predict));
        return menu;
    }
}
