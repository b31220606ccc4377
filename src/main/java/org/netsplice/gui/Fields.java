package org.netsplice.gui;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;

/** Rows of a form: a label, a control, and below it what is wrong with the value. */
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

    void text(String name, String value) {
        Label label = new Label(value);
        label.setWrapText(true);
        add(name, "", label);
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

    /** A text that is taken over by Enter or by leaving the field; {@code commit} gives back what is wrong with it. */
    TextField input(String name, String help, String value, Function<String, Optional<String>> commit) {
        TextField field = new TextField(value);
        Label wrong = new Label();
        wrong.setWrapText(true);
        wrong.setTextFill(Color.web("#cf222e"));
        wrong.managedProperty().bind(wrong.textProperty().isNotEmpty());
        Runnable take = () -> {
            if (!field.getText().equals(value)) {
                wrong.setText(commit.apply(field.getText()).orElse(""));
            }
        };
        field.setOnAction(event -> take.run());
        field.focusedProperty().addListener((any, had, has) -> {
            if (had && !has && field.getScene() != null) {
                take.run();
            }
        });
        field.setAccessibleText(name);
        field.setTooltip(help.isEmpty() ? null : new Tooltip(help));
        add(name, help, new VBox(3, field, wrong));
        return field;
    }

    /** A choice among texts. */
    ComboBox<String> choice(String name, String help, List<String> choices, String value, Consumer<String> commit) {
        ComboBox<String> box = new ComboBox<>();
        box.getItems().setAll(choices);
        box.setValue(value);
        box.setMaxWidth(Double.MAX_VALUE);
        box.setOnAction(event -> {
            if (!value.equals(box.getValue())) {
                commit.accept(box.getValue());
            }
        });
        HBox.setHgrow(box, Priority.ALWAYS);
        add(name, help, box);
        return box;
    }
}
