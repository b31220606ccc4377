package org.netsplice.gui.command;

import java.util.List;
import java.util.stream.Collectors;
import javafx.event.ActionEvent;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.stage.Window;
import org.netsplice.config.Json;
import org.netsplice.safety.FileReport;

/** Shows what opened files hold, what was left out of them, and which code was not run; copies it as text or JSON. */
final class FileReportView {
    private FileReportView() {}

    static void show(Window owner, List<FileReport> reports) {
        TextArea text = new TextArea(reports.stream().map(FileReport::text).collect(Collectors.joining("\n")));
        text.setId("file-report");
        text.setAccessibleText("What the opened files hold");
        text.setEditable(false);
        text.setPrefSize(720, 320);
        ButtonType copy = new ButtonType("Copy", ButtonBar.ButtonData.LEFT);
        ButtonType json = new ButtonType("Copy as JSON", ButtonBar.ButtonData.LEFT);
        Dialog<ButtonType> dialog = new Dialog<>();
        dialog.setTitle("What was opened");
        dialog.setResizable(true);
        dialog.initOwner(owner);
        dialog.getDialogPane().setContent(text);
        dialog.getDialogPane().getButtonTypes().addAll(copy, json, ButtonType.CLOSE);
        keepOpen(dialog, copy, text.getText());
        keepOpen(
                dialog,
                json,
                Json.of(reports.stream().map(FileReport::fields).toList()).pretty() + "\n");
        dialog.show();
    }

    /** Makes a button copy a text and leave the dialog open. */
    private static void keepOpen(Dialog<ButtonType> dialog, ButtonType button, String text) {
        dialog.getDialogPane().lookupButton(button).addEventFilter(ActionEvent.ACTION, event -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(text);
            Clipboard.getSystemClipboard().setContent(content);
            event.consume();
        });
    }
}
