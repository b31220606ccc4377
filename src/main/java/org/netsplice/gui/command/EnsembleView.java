package org.netsplice.gui.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.netsplice.editor.recipe.Ensemble;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.widget.DialogRows;
import org.netsplice.gui.widget.Picker;
import org.netsplice.layers.Deciding;

/** Asks for trained networks of one architecture and how to combine them, and makes an ensemble. */
final class EnsembleView {
    private final Workbench workbench;
    private final FileActions actions;
    private final ObservableList<Path> files = FXCollections.observableArrayList();
    private final ListView<Path> list = new ListView<>(files);
    private final ComboBox<Deciding> way = new ComboBox<>();
    private final TextField shares = new TextField();
    private final Label wrong = new Label();

    EnsembleView(Workbench workbench, FileActions actions) {
        this.workbench = workbench;
        this.actions = actions;
    }

    void show() {
        list.setId("ensemble-files");
        list.setAccessibleText("Files of the networks");
        list.setPrefSize(520, 170);
        list.setPlaceholder(new Label("Add at least two files."));
        list.setCellFactory(view -> new ListCell<>() {
            @Override
            protected void updateItem(Path path, boolean empty) {
                super.updateItem(path, empty);
                setText(empty || path == null ? "" : path.toString());
            }
        });
        Button add = new Button("Add…");
        add.setId("ensemble-add");
        add.setOnAction(event -> workbench
                .picker()
                .openMany("Networks of one architecture", actions.models(), Picker.Kind.ALL)
                .forEach(files::add));
        Button remove = new Button("Remove");
        remove.setOnAction(event -> files.removeAll(list.getSelectionModel().getSelectedItems()));
        remove.disableProperty()
                .bind(list.getSelectionModel().selectedItemProperty().isNull());
        way.setId("ensemble-way");
        way.getItems().setAll(Deciding.values());
        way.setValue(Deciding.AVERAGE);
        way.setAccessibleText("How the networks are combined");
        shares.setId("ensemble-shares");
        shares.setPromptText("One number for each file, such as 0.5, 0.3, 0.2");
        shares.disableProperty().bind(way.valueProperty().isNotEqualTo(Deciding.WEIGHTED));
        wrong.setWrapText(true);
        wrong.getStyleClass().add("problem");
        Label help = new Label(
                "All networks read one input, and their outputs are combined. The ensemble opens as a new document.");
        help.setWrapText(true);
        help.getStyleClass().add("muted");
        DialogRows fields = new DialogRows();
        fields.add("Together", "", way);
        fields.add("Shares", "How much each network counts.", shares);
        VBox content = new VBox(10, help, list, new HBox(6, add, remove), fields.view(), wrong);
        content.setPadding(new Insets(12));
        dialog(content);
    }

    private void dialog(Node content) {
        ButtonType make = new ButtonType("Make ensemble", ButtonBar.ButtonData.OK_DONE);
        Dialog<ButtonType> dialog = new Dialog<>();
        dialog.setTitle("Ensemble");
        dialog.initOwner(workbench.owner());
        dialog.getDialogPane().setContent(content);
        dialog.getDialogPane().getButtonTypes().addAll(make, ButtonType.CANCEL);
        Node button = dialog.getDialogPane().lookupButton(make);
        button.setId("ensemble-make");
        button.disableProperty().bind(Bindings.size(files).lessThan(2));
        button.addEventFilter(javafx.event.ActionEvent.ACTION, event -> {
            Optional<List<Double>> numbers = numbers();
            if (numbers.isEmpty()) {
                event.consume();
                return;
            }
            actions.makeEnsemble(new Ensemble(List.copyOf(files), way.getValue(), numbers.get()));
        });
        dialog.show();
    }

    /** The shares as typed; empty, with the reason shown, when they are none. */
    private Optional<List<Double>> numbers() {
        if (way.getValue() != Deciding.WEIGHTED || shares.getText().isBlank()) {
            return Optional.of(List.of());
        }
        List<Double> numbers = new ArrayList<>();
        for (String part : shares.getText().split("[,;\\s]+")) {
            try {
                numbers.add(Double.valueOf(part));
            } catch (NumberFormatException problem) {
                wrong.setText("\"" + part + "\" is not a number.");
                return Optional.empty();
            }
        }
        if (numbers.size() != files.size()) {
            wrong.setText(String.format(
                    Locale.ROOT,
                    "There are %d files and %d shares: %s.",
                    files.size(),
                    numbers.size(),
                    numbers.stream().map(String::valueOf).collect(Collectors.joining(", "))));
            return Optional.empty();
        }
        return Optional.of(numbers);
    }
}
