package org.netsplice.gui;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/** Rows of a dialog: a label and a control. */
final class Fields {
    private final GridPane grid = new GridPane();
    private int row;

    Fields() {
        grid.setHgap(8);
        grid.setVgap(7);
        javafx.scene.layout.ColumnConstraints keys = new javafx.scene.layout.ColumnConstraints();
        javafx.scene.layout.ColumnConstraints values = new javafx.scene.layout.ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().addAll(keys, values);
    }

    Node view() {
        return grid;
    }

    void add(String name, String help, Node control) {
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
