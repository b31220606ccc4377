package org.netsplice.gui.command;

import javafx.geometry.Insets;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.netsplice.editor.ProblemLog;

/** Shows what to send with a report of a problem, and copies it. */
final class ReportView {
    private ReportView() {}

    static void show(Window owner, ProblemLog log) {
        Label words = new Label(
                "Send this text with a description of what you did. It holds versions and places in the program, "
                        + "and nothing of your files. The whole log is in " + log.folder() + ".");
        words.setWrapText(true);
        words.setMaxWidth(640);
        TextArea text = new TextArea(log.report());
        text.setId("report-text");
        text.setEditable(false);
        text.setPrefSize(640, 320);
        VBox.setVgrow(text, Priority.ALWAYS);
        ButtonType copy = new ButtonType("Copy", ButtonBar.ButtonData.LEFT);
        Dialog<ButtonType> dialog = new Dialog<>();
        dialog.setTitle("Report a problem");
        dialog.setResizable(true);
        dialog.initOwner(owner);
        VBox content = new VBox(10, words, text);
        content.setPadding(new Insets(12));
        dialog.getDialogPane().setContent(content);
        dialog.getDialogPane().getButtonTypes().addAll(copy, ButtonType.CLOSE);
        dialog.getDialogPane().lookupButton(copy).addEventFilter(javafx.event.ActionEvent.ACTION, event -> {
            ClipboardContent copied = new ClipboardContent();
            copied.putString(text.getText());
            Clipboard.getSystemClipboard().setContent(copied);
            event.consume();
        });
        dialog.show();
    }
}
