package org.netsplice.gui.widget;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/** Rows of a dialog: a label and a control. */
public final class DialogRows {
    private final GridPane grid = new GridPane();
    private int row;

    /** No rows yet. */
    public DialogRows() {
        grid.setHgap(8);
        grid.setVgap(7);
        javafx.scene.layout.ColumnConstraints keys = new javafx.scene.layout.ColumnConstraints();
        javafx.scene.layout.ColumnConstraints values = new javafx.scene.layout.ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().addAll(keys, values);
    }

    /** What shows the rows. */
    public Node view() {
        return grid;
    }

    /** Adds a row; {@code help} is shown over the label, and may be empty. */
    public void add(String name, String help, Node control) {
        Label label = new Label(name);
        label.getStyleClass().add("field-name");
        label.setLabelFor(control);
        control.setAccessibleText(name);
        if (!help.isEmpty()) {
            label.setTooltip(new Tooltip(help));
        }
        grid.addRow(row++, label, control);
    }
}
