package org.netsplice.gui.score;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.netsplice.bench.Evaluation;
import org.netsplice.bench.Role;
import org.netsplice.graph.Tensor;
import org.netsplice.gui.result.Thumbnail;
import org.netsplice.gui.widget.TableText;
import org.netsplice.metrics.Scored;
import org.netsplice.predict.Digits;
import org.netsplice.problem.Printable;

/** Rows with what is right and what every network said; which rows is chosen above them. */
final class RowsView extends VBox {
    private static final double PICTURE = 26;

    private final ComboBox<String> which = new ComboBox<>();
    private final Label count = new Label();
    private final TableView<Integer> table = new TableView<>();
    private final RowDetail detail = new RowDetail();
    private final Map<String, IntPredicate> choices = new LinkedHashMap<>();
    private Optional<Scores> shown = Optional.empty();
    private String cell = "";

    RowsView() {
        super(4);
        which.setId("which-rows");
        which.setAccessibleText("Which rows");
        which.setMaxWidth(Double.MAX_VALUE);
        which.valueProperty().addListener((any, old, now) -> filter());
        HBox.setHgrow(which, Priority.ALWAYS);
        count.getStyleClass().add("muted");
        count.setMinWidth(USE_PREF_SIZE);
        table.setId("rows");
        table.setAccessibleText("Rows");
        table.getStyleClass().add("dense");
        TableText.makeCopyable(table);
        table.getSelectionModel()
                .selectedItemProperty()
                .addListener((any, old, now) ->
                        shown.filter(scores -> now != null).ifPresent(scores -> detail.show(scores, now)));
        HBox bar = new HBox(8, which, count);
        bar.setAlignment(Pos.CENTER_LEFT);
        HBox both = new HBox(8, table, detail);
        HBox.setHgrow(table, Priority.ALWAYS);
        VBox.setVgrow(both, Priority.ALWAYS);
        setPadding(new Insets(0, 0, 0, 6));
        getChildren().addAll(bar, both);
    }

    /** Shows the rows of an evaluation; {@code network} is the one whose errors are meant. */
    void show(Scores scores, Evaluation.Score network) {
        shown = Optional.of(scores);
        detail.clear();
        columns(scores, network);
        String before = which.getValue();
        choices.clear();
        String title = Printable.name(network.name());
        if (scores.ofClasses()) {
            Scored scored = network.scored();
            choices.put("Wrong by " + title, row -> scored.predictedClass(row) != scored.rightClass(row));
            if (members(scores).size() > 1) {
                choices.put(
                        "Members disagree",
                        row -> members(scores).stream()
                                        .mapToInt(member -> member.scored().predictedClass(row))
                                        .distinct()
                                        .count()
                                > 1);
            }
        }
        choices.put("All rows", row -> true);
        which.getItems().setAll(choices.keySet());
        which.setValue(choices.containsKey(before) ? before : which.getItems().get(0));
        filter();
    }

    /** The networks that are compared with each other: the members, or all when there are none. */
    private static List<Evaluation.Score> members(Scores scores) {
        List<Evaluation.Score> members = scores.networks().stream()
                .filter(network -> network.role() == Role.MEMBER)
                .toList();
        return members.isEmpty() ? scores.networks() : members;
    }

    /** Shows the rows of one class that a network took for a class. */
    void showCell(Scores scores, Evaluation.Score network, int right, int predicted) {
        choices.remove(cell);
        cell = scores.className(right) + " taken for " + scores.className(predicted);
        Scored scored = network.scored();
        choices.put(cell, row -> scored.rightClass(row) == right && scored.predictedClass(row) == predicted);
        which.getItems().setAll(choices.keySet());
        which.setValue(cell);
        filter();
        table.getSelectionModel().select(0);
    }

    private void filter() {
        IntPredicate wanted = choices.getOrDefault(which.getValue() == null ? "" : which.getValue(), row -> true);
        shown.ifPresent(scores -> {
            List<Integer> rows =
                    IntStream.range(0, scores.rows()).filter(wanted).boxed().toList();
            SortedList<Integer> sorted = new SortedList<>(FXCollections.observableArrayList(rows));
            sorted.comparatorProperty().bind(table.comparatorProperty());
            table.setItems(sorted);
            count.setText(rows.size() + " of " + scores.rows());
        });
    }

    private void columns(Scores scores, Evaluation.Score network) {
        table.getColumns().clear();
        column("row", 4, row -> row + 1);
        if (!scores.rowNames().isEmpty()) {
            column("file", 9, scores::rowName);
        }
        scores.pictures().ifPresent(this::pictures);
        column("right", 5, scores::right);
        for (Evaluation.Score one : scores.networks()) {
            column(Printable.name(one.name()), 8, row -> scores.said(one, row));
        }
        column("error", 5, row -> new Distance(scores.error(network, row)));
    }

    /** A distance from what is right, sorted by its size. */
    private record Distance(double size) implements Comparable<Distance> {
        @Override
        public int compareTo(Distance other) {
            return Comparator.comparingDouble(Distance::size).compare(this, other);
        }

        @Override
        public String toString() {
            return Digits.of(size);
        }
    }

    private void pictures(Tensor pictures) {
        TableColumn<Integer, Integer> column = new TableColumn<>("picture");
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        column.setSortable(false);
        column.setCellFactory(view -> new TableCell<>() {
            @Override
            protected void updateItem(Integer row, boolean empty) {
                super.updateItem(row, empty);
                setGraphic(empty || row == null ? null : Thumbnail.of(pictures, row, PICTURE));
            }
        });
        add(column, 6);
    }

    private <T> void column(String title, double letters, java.util.function.IntFunction<T> value) {
        TableColumn<Integer, T> column = new TableColumn<>(title);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
        add(column, Math.max(letters, Math.min(16, 0.75 * title.length() + 2)));
    }

    private void add(TableColumn<Integer, ?> column, double letters) {
        column.setPrefWidth(letters * javafx.scene.text.Font.getDefault().getSize());
        table.getColumns().add(column);
    }
}
