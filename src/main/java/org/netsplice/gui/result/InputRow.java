package org.netsplice.gui.result;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.geometry.Pos;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.netsplice.graph.Tensor;
import org.netsplice.predict.Digits;
import org.netsplice.predict.Preview;
import org.netsplice.problem.Printable;

/** An input with the file that is chosen for it, and what the file holds or why it does not fit. */
final class InputRow extends VBox {
    private static final int NUMBERS_SHOWN = 6;
    private static final double PICTURE = 22;

    private final String input;

    /**
     * What a user can do in a row.
     *
     * @param columns takes the columns of a table that are typed
     */
    record Actions(ButtonBase choose, java.util.function.Consumer<String> columns) {}

    InputRow(String input, Label name, Label shape, Actions actions, Optional<Chosen> chosen) {
        super(3);
        this.input = input;
        FlowPane line = new FlowPane(8, 4, name, shape, actions.choose());
        line.setAlignment(Pos.CENTER_LEFT);
        getChildren().add(line);
        chosen.ifPresent(file -> show(file, actions));
    }

    private void show(Chosen chosen, Actions actions) {
        if (chosen.preview().isEmpty()) {
            getChildren().add(words("Looking at it…", "muted"));
            return;
        }
        Preview seen = chosen.preview().get();
        if (seen.wrong().isPresent()) {
            getChildren().add(words(seen.wrong().get(), "problem"));
        } else {
            getChildren().add(look(seen, seen.first().orElseThrow()));
        }
        if (seen.header().size() > 1) {
            getChildren().add(columns(seen, chosen.columns().text(), actions));
        }
    }

    private Label words(String text, String style) {
        Label label = new Label(text);
        label.setId("check-" + input);
        label.getStyleClass().add(style);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    private javafx.scene.Node look(Preview seen, Tensor first) {
        String rows = String.format(Locale.ROOT, "%,d %s", seen.rows(), seen.rows() == 1 ? "row" : "rows");
        if (!Thumbnail.shows(first)) {
            Label label = words(rows + ", the first " + numbers(first, 0), "muted");
            label.setTooltip(new Tooltip(IntStream.range(0, (int) first.shape().size(0))
                    .mapToObj(row -> numbers(first, row))
                    .collect(Collectors.joining("\n"))));
            return label;
        }
        HBox pictures = new HBox(4);
        pictures.setAlignment(Pos.CENTER_LEFT);
        IntStream.range(0, (int) first.shape().size(0))
                .forEach(row -> pictures.getChildren().add(Thumbnail.of(first, row, PICTURE)));
        FlowPane both = new FlowPane(8, 2, words(rows, "muted"), pictures);
        both.setAlignment(Pos.CENTER_LEFT);
        return both;
    }

    private static String numbers(Tensor data, int row) {
        int width = data.length() / (int) data.shape().size(0);
        return IntStream.range(0, Math.min(width, NUMBERS_SHOWN))
                        .mapToObj(i -> Digits.of(data.at(row * width + i)))
                        .collect(Collectors.joining(", "))
                + (width > NUMBERS_SHOWN ? ", …" : "");
    }

    private HBox columns(Preview seen, String present, Actions actions) {
        Label label = new Label("Columns");
        label.setMinWidth(Region.USE_PREF_SIZE);
        label.getStyleClass().add("muted");
        TextField field = new TextField(present);
        field.setId("columns-" + input);
        field.setPromptText("all " + seen.header().size());
        field.setPrefColumnCount(7);
        field.setAccessibleText("Columns for the input " + Printable.name(input));
        field.setTooltip(new Tooltip("Names or numbers, such as age, sex, 5-9. The table has:\n"
                + Printable.name(String.join(", ", seen.header()))));
        field.setOnAction(event -> actions.columns().accept(field.getText()));
        field.focusedProperty().addListener((any, was, is) -> {
            if (was && !field.getText().equals(present)) {
                actions.columns().accept(field.getText());
            }
        });
        HBox box = new HBox(6, label, field);
        HBox.setHgrow(field, Priority.SOMETIMES);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }
}
