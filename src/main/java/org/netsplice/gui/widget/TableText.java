package org.netsplice.gui.widget;

import java.util.List;
import java.util.stream.Collectors;
import javafx.collections.ObservableList;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.netsplice.problem.Printable;

/** Copies rows of tables as text that spreadsheets take: cells separated by tabs, below a line of the columns' names. */
public final class TableText {
    private TableText() {}

    /** Lets the user select several rows of a table and copy them by the keys of the platform. */
    public static void makeCopyable(TableView<?> table) {
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.isShortcutDown() && event.getCode() == KeyCode.C) {
                copy(table);
                event.consume();
            }
        });
    }

    /** Copies the selected rows, or all that are shown when at most one is selected. */
    public static void copy(TableView<?> table) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text(table));
        Clipboard.getSystemClipboard().setContent(content);
    }

    /** The selected rows, or all that are shown when at most one is selected. */
    public static String text(TableView<?> table) {
        List<Integer> selected = table.getSelectionModel().getSelectedIndices();
        List<Integer> rows = selected.size() > 1
                ? selected.stream().sorted().toList()
                : java.util.stream.IntStream.range(0, table.getItems().size())
                        .boxed()
                        .toList();
        ObservableList<? extends TableColumn<?, ?>> columns = table.getVisibleLeafColumns();
        String header =
                columns.stream().map(TableColumn::getText).map(TableText::cell).collect(Collectors.joining("\t"));
        return header + "\n"
                + rows.stream()
                        .map(row -> columns.stream()
                                .map(column -> cell(shown(column.getCellData(row))))
                                .collect(Collectors.joining("\t")))
                        .collect(Collectors.joining("\n"));
    }

    private static String shown(Object value) {
        return value == null ? "" : value.toString();
    }

    /** On one line, and never read as a formula. */
    private static String cell(String text) {
        String plain = Printable.text(text.replace('\t', ' '));
        boolean number = plain.matches("[+-]?\\d[\\d.eE+-]*");
        return !number && plain.matches("^[=+\\-@].*") ? "'" + plain : plain;
    }
}
