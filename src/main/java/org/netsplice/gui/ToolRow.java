package org.netsplice.gui;

import java.util.function.Supplier;
import javafx.geometry.Orientation;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Separator;
import javafx.scene.control.ToolBar;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.javafx.FontIcon;
import org.netsplice.edit.step.Arrange;
import org.netsplice.layers.Layers;
import org.netsplice.layers.kind.Kind;

/** The row of buttons below the menus. */
final class ToolRow extends ToolBar {
    private final DocumentView window;
    private final Actions actions;

    /** What a button looks like and explains, and the command whose keys do the same; an empty text shows the icon alone. */
    private record Look(String id, String text, String icon, Supplier<String> help, String command) {
        private Look(String id, String text, String icon, String help, String command) {
            this(id, text, icon, () -> help, command);
        }
    }

    ToolRow(DocumentView window) {
        this.window = window;
        this.actions = window.actions();
        add(new Look("open", "Open", "mdi2f-folder-open-outline", "Open models", "open"), actions::open);
        add(new Look("save", "Save", "mdi2c-content-save-outline", "Save the document", "save"), actions::save);
        gap();
        history();
        gap();
        getItems().add(merge());
        add(
                new Look("layout", "Arrange", "mdi2f-family-tree", "Place all layers anew", "arrange"),
                () -> actions.apply(new Arrange()));
        add(
                new Look("fit", "Fit", "mdi2f-fit-to-page-outline", "Show everything", "fit-all"),
                () -> window.canvas().fitAll());
        gap();
        Look compile =
                new Look("compile", "Compile", "mdi2c-cog-play-outline", "Make a runnable DL4J graph", "compile");
        add(compile, window::compile).getStyleClass().add("compile");
        add(
                new Look("predict-now", "Predict", "mdi2p-play-outline", "Run on the chosen files", "predict"),
                window::predict);
        add(
                new Look("export", "Export", "mdi2i-image-outline", "Save the picture as PNG or SVG", "export"),
                () -> actions.exportPicture(window.theme()));
    }

    private void history() {
        Button undo = add(
                new Look(
                        "undo",
                        "",
                        "mdi2u-undo",
                        window.commands().named("undo").title(),
                        "undo"),
                window.session()::undo);
        Button redo = add(
                new Look(
                        "redo",
                        "",
                        "mdi2r-redo",
                        window.commands().named("redo").title(),
                        "redo"),
                window.session()::redo);
        undo.setDisable(true);
        redo.setDisable(true);
        window.session().onChange(() -> {
            undo.setDisable(window.session().undoTitle().isEmpty());
            redo.setDisable(window.session().redoTitle().isEmpty());
        });
    }

    private MenuButton merge() {
        MenuButton merge = new MenuButton("Merge", new FontIcon("mdi2s-source-merge"));
        merge.setId("merge");
        merge.setTooltip(tooltip(() -> "Join the selected outputs, or all outputs when nothing is selected", "merge"));
        for (Kind<?> kind : Layers.ALL) {
            if (kind.family() == Kind.Family.MERGE) {
                MenuItem item = new MenuItem(kind.className());
                item.setOnAction(event -> actions.merge(kind));
                merge.getItems().add(item);
            }
        }
        return merge;
    }

    /** What a button does, and the keys for it, as they are when it is read. */
    private Tooltip tooltip(Supplier<String> help, String command) {
        Tooltip tooltip = new Tooltip();
        tooltip.setOnShowing(event -> {
            String keys = window.commands().shown(window.commands().named(command));
            tooltip.setText(help.get() + (keys.isEmpty() ? "" : " (" + keys + ")"));
        });
        return tooltip;
    }

    private void gap() {
        getItems().add(new Separator(Orientation.VERTICAL));
    }

    private Button add(Look look, Runnable action) {
        Button button = new Button(look.text(), new FontIcon(look.icon()));
        button.setId(look.id());
        button.setTooltip(tooltip(look.help(), look.command()));
        button.setAccessibleText(look.text().isEmpty() ? look.help().get() : look.text());
        button.setOnAction(event -> action.run());
        getItems().add(button);
        return button;
    }
}
