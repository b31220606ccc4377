package org.netsplice.gui.window;

import java.util.function.Supplier;
import javafx.geometry.Orientation;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Separator;
import javafx.scene.control.ToolBar;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.javafx.FontIcon;
import org.netsplice.editor.session.Session;
import org.netsplice.gui.command.Commands;
import org.netsplice.layers.Layers;
import org.netsplice.layers.kind.Kind;

/** The toolbar below the menus. */
final class ToolRow extends ToolBar {
    private final Session session;
    private final Commands commands;

    /** What a button looks like and explains, and the command whose keys do the same; an empty text shows the icon alone. */
    private record Look(String id, String text, String icon, Supplier<String> help, String command) {
        private Look(String id, String text, String icon, String help, String command) {
            this(id, text, icon, () -> help, command);
        }
    }

    ToolRow(Session session, Commands commands) {
        this.session = session;
        this.commands = commands;
        add(new Look("open", "Open", "mdi2f-folder-open-outline", "Open models", "open"));
        add(new Look("save", "Save", "mdi2c-content-save-outline", "Save the document", "save"));
        gap();
        history();
        gap();
        getItems().add(merge());
        add(new Look("layout", "Arrange", "mdi2f-family-tree", "Arrange all layers", "arrange"));
        add(new Look("fit", "Fit", "mdi2f-fit-to-page-outline", "Show everything", "fit-all"));
        gap();
        Look compile = new Look(
                "compile", "Compile", "mdi2c-cog-play-outline", "Build the network so that it can predict", "compile");
        add(compile);
        Look predict =
                new Look("predict-now", "Predict", "mdi2p-play-outline", "Predict with the chosen files", "predict");
        add(predict).getStyleClass().add("run");
        add(new Look("export", "Export", "mdi2i-image-outline", "Save or copy the picture", "export"));
    }

    private void history() {
        Button undo =
                add(new Look("undo", "", "mdi2u-undo", commands.named("undo").title(), "undo"));
        Button redo =
                add(new Look("redo", "", "mdi2r-redo", commands.named("redo").title(), "redo"));
        undo.setDisable(true);
        redo.setDisable(true);
        session.onChange(() -> {
            undo.setDisable(session.undoTitle().isEmpty());
            redo.setDisable(session.redoTitle().isEmpty());
        });
    }

    private MenuButton merge() {
        MenuButton merge = new MenuButton("Merge", new FontIcon("mdi2s-source-merge"));
        merge.setId("merge");
        merge.setTooltip(tooltip(() -> "Merge the selected outputs, or all outputs when nothing is selected", "merge"));
        for (Kind<?> kind : Layers.ALL) {
            if (kind.family() == Kind.Family.MERGE) {
                MenuItem item = new MenuItem(kind.className());
                item.setId("merge-by-" + kind.className());
                item.setOnAction(
                        event -> commands.named("merge-" + kind.className()).run());
                merge.getItems().add(item);
            }
        }
        return merge;
    }

    /** What a button does, and the keys for it, as they are when it is read. */
    private Tooltip tooltip(Supplier<String> help, String command) {
        Tooltip tooltip = new Tooltip();
        tooltip.setOnShowing(event -> {
            String keys = commands.shown(commands.named(command));
            tooltip.setText(help.get() + (keys.isEmpty() ? "" : " (" + keys + ")"));
        });
        return tooltip;
    }

    private void gap() {
        getItems().add(new Separator(Orientation.VERTICAL));
    }

    private Button add(Look look) {
        Button button = new Button(look.text(), new FontIcon(look.icon()));
        button.setId(look.id());
        button.setTooltip(tooltip(look.help(), look.command()));
        button.setAccessibleText(look.text().isEmpty() ? look.help().get() : look.text());
        button.setOnAction(event -> commands.named(look.command()).run());
        getItems().add(button);
        return button;
    }
}
