package org.netsplice.gui.result;

import java.util.Map;
import javafx.geometry.Insets;
import javafx.scene.control.CheckBox;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.netsplice.editor.session.Session;
import org.netsplice.export.Summary;

/** The summary of the document as text, which is copied as a table or in any format that the command line writes. */
final class SummaryTab extends VBox {
    private static final double GAP = 6;
    private static final Map<String, String> TITLES = Map.of(
            "text", "Text", "csv", "CSV", "markdown", "Markdown", "latex", "LaTeX", "json", "JSON", "html", "HTML");

    private final Session session;
    private final TextArea text = new TextArea();
    private final CheckBox sizes = new CheckBox("Operations and memory");

    SummaryTab(Session session) {
        this.session = session;
        text.setEditable(false);
        text.setId("summary");
        text.setAccessibleText("Summary of the model");
        text.getStyleClass().add("mono");
        sizes.setId("summary-sizes");
        sizes.setOnAction(event -> refresh());
        MenuButton copy = new MenuButton("Copy as");
        copy.setId("summary-copy");
        copy.getItems().add(item("Table", this::copyTable));
        for (String format : Summary.formats()) {
            copy.getItems().add(item(TITLES.get(format), () -> copy(format)));
        }
        HBox row = new HBox(GAP, copy, sizes);
        row.setPadding(new Insets(GAP));
        row.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        VBox.setVgrow(text, Priority.ALWAYS);
        getChildren().addAll(row, text);
    }

    private static MenuItem item(String title, Runnable action) {
        MenuItem item = new MenuItem(title);
        item.setOnAction(event -> action.run());
        return item;
    }

    /** Shows the present summary. */
    void refresh() {
        text.setText(summary().in("text"));
    }

    private Summary summary() {
        return new Summary(
                session.report(), session.document(), new Summary.Options(true, true, 0, sizes.isSelected()));
    }

    private void copy(String format) {
        ClipboardContent content = new ClipboardContent();
        content.putString(summary().in(format));
        Clipboard.getSystemClipboard().setContent(content);
    }

    /** Copies cells that text and table programs paste as a table. */
    private void copyTable() {
        ClipboardContent content = new ClipboardContent();
        content.putString(summary().tabs());
        content.putHtml(summary().in("html"));
        Clipboard.getSystemClipboard().setContent(content);
    }
}
