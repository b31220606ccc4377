package org.netsplice.gui.window;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.netsplice.editor.session.Recovery;

/** Offers copies of documents with unsaved changes after the program ended unexpectedly. */
final class RecoveryView {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofLocalizedDateTime(
                    FormatStyle.MEDIUM, FormatStyle.SHORT)
            .withZone(ZoneId.systemDefault());

    private RecoveryView() {}

    /** Shows them; those that are neither opened nor discarded are offered again at the next start. */
    static void offer(Window owner, List<Recovery.Left> left, MainWindow window) {
        ButtonType recover = new ButtonType("Recover", ButtonBar.ButtonData.OK_DONE);
        ButtonType discard = new ButtonType("Discard", ButtonBar.ButtonData.LEFT);
        ButtonType later = new ButtonType("Not now", ButtonBar.ButtonData.CANCEL_CLOSE);
        ListView<Recovery.Left> list = new ListView<>(FXCollections.observableArrayList(left));
        list.setId("recovery");
        list.setPrefSize(460, 160);
        list.setCellFactory(view -> new ListCell<>() {
            @Override
            protected void updateItem(Recovery.Left one, boolean empty) {
                super.updateItem(one, empty);
                setText(empty || one == null ? "" : described(one));
            }
        });
        list.getSelectionModel().select(0);
        Dialog<ButtonType> dialog = new Dialog<>();
        dialog.setTitle("Recover");
        dialog.setHeaderText("NetSplice ended before you saved these documents.");
        dialog.getDialogPane().getButtonTypes().addAll(discard, recover, later);
        VBox content = new VBox(8, list, new Label("Recover opens the last state. Your saved file stays as it is."));
        content.setPadding(new Insets(12));
        dialog.getDialogPane().setContent(content);
        dialog.initOwner(owner);
        Node remove = dialog.getDialogPane().lookupButton(discard);
        remove.addEventFilter(javafx.event.ActionEvent.ACTION, event -> {
            event.consume();
            Recovery.Left chosen = list.getSelectionModel().getSelectedItem();
            if (chosen != null) {
                chosen.discard();
                list.getItems().remove(chosen);
            }
            if (list.getItems().isEmpty()) {
                dialog.setResult(later);
                dialog.close();
            }
        });
        dialog.setResultConverter(button -> button);
        dialog.setOnHidden(event -> {
            Recovery.Left chosen = list.getSelectionModel().getSelectedItem();
            if (dialog.getResult() == recover && chosen != null) {
                window.untouched().recover(chosen);
            }
        });
        dialog.show();
    }

    private static String described(Recovery.Left left) {
        String name = left.name().isEmpty() ? "a document" : left.name();
        String file =
                left.origin().map(path -> String.valueOf(path.getFileName())).orElse("never saved");
        return name + "  –  " + file + "  –  " + TIME.format(left.changed());
    }
}
