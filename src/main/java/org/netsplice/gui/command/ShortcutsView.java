package org.netsplice.gui.command;

import java.util.List;
import java.util.stream.Collectors;
import javafx.beans.property.SimpleStringProperty;
import javafx.collections.FXCollections;
import javafx.geometry.Insets;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import javafx.stage.Window;

/** Every command with its keys, which can be changed: choose a command, press Enter, then the new keys. */
final class ShortcutsView {
    private static final String HELP =
            "Press Enter or double-click to change a command's keys. Press Delete to remove them.";

    /** The width of the table, wide enough for the longest keys. */
    private static final double WIDTH = 720;

    private final Commands commands;
    private final Dialog<Void> dialog = new Dialog<>();
    private final TableView<Command> table = new TableView<>();
    private final Label help = new Label(HELP);
    private boolean waiting;

    ShortcutsView(Commands commands) {
        this.commands = commands;
        ButtonType reset = new ButtonType("Reset all", ButtonBar.ButtonData.LEFT);
        dialog.setTitle("Shortcuts");
        dialog.setResizable(true);
        dialog.getDialogPane().getButtonTypes().addAll(reset, ButtonType.CLOSE);
        dialog.getDialogPane().lookupButton(reset).addEventFilter(javafx.event.ActionEvent.ACTION, event -> {
            commands.shortcuts().reset();
            table.refresh();
            event.consume();
        });
        table.setId("shortcuts");
        table.setItems(FXCollections.observableList(commands.all()));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        column("Command", 280, command -> command.title().get());
        column("Menu", 170, command -> command.menu().replace("/", " › "));
        column("Keys", 230, commands::shown);
        table.setPrefSize(WIDTH, 460);
        table.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        table.setOnMouseClicked(event -> {
            Command chosen = table.getSelectionModel().getSelectedItem();
            if (event.getClickCount() == 2 && chosen != null) {
                ask(chosen);
            }
        });
        help.setId("shortcuts-help");
        VBox content = new VBox(8, table, help);
        content.setPadding(new Insets(12));
        dialog.getDialogPane().setContent(content);
        dialog.getDialogPane().setMinWidth(WIDTH + 28);
        table.getSelectionModel().select(0);
    }

    private void column(String title, double width, java.util.function.Function<Command, String> text) {
        TableColumn<Command, String> column = new TableColumn<>(title);
        column.setCellValueFactory(row -> new SimpleStringProperty(text.apply(row.getValue())));
        column.setSortable(false);
        column.setPrefWidth(width);
        column.setMinWidth(width * 0.9);
        table.getColumns().add(column);
    }

    void show(Window owner) {
        dialog.initOwner(owner);
        dialog.setOnShown(event -> table.requestFocus());
        dialog.show();
    }

    private void pressed(KeyEvent event) {
        Command command = table.getSelectionModel().getSelectedItem();
        if (waiting) {
            event.consume();
            String keys = Keystrokes.of(event);
            if (!keys.isEmpty()) {
                waiting = false;
                help.setText(event.getCode() == KeyCode.ESCAPE ? HELP : given(command, keys));
            }
        } else if (event.getCode() == KeyCode.ENTER && command != null) {
            event.consume();
            ask(command);
        } else if (event.getCode() == KeyCode.DELETE && command != null) {
            event.consume();
            commands.shortcuts().clear(command.id());
            table.refresh();
        }
    }

    private void ask(Command command) {
        waiting = true;
        help.setText("Press the new keys for “" + command.title().get() + "”. Esc keeps the old ones.");
    }

    /** Gives a command its keys and says which commands lost them. */
    private String given(Command command, String keys) {
        List<String> losers = commands.shortcuts().give(command.id(), keys);
        table.refresh();
        String taken = losers.stream()
                .map(id -> "“" + commands.named(id).title().get() + "”")
                .collect(Collectors.joining(", "));
        return taken.isEmpty() ? HELP : Keystrokes.shown(keys) + " was taken from " + taken + ".";
    }
}
