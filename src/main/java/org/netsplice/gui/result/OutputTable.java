package org.netsplice.gui.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.transformation.FilteredList;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.netsplice.graph.Tensor;
import org.netsplice.gui.widget.TableText;
import org.netsplice.predict.Digits;
import org.netsplice.predict.Outputs;
import org.netsplice.problem.Printable;

/** What a network says of every row at one output: sortable, filtered by a text, and copied with the keys of the platform. */
final class OutputTable extends VBox {
    private static final int MAX_COLUMNS = 64;
    private static final double PICTURE = 28;
    private static final int LONGEST_NUMBER = 9;
    /** Letters of a name that a column has room for. */
    private static final int LONGEST_NAME = 14;
    /** The likeliest classes that are told of many, and of fewer than these. */
    private static final int MAX_NAMED = 5;

    private static final int FEW = 3;
    private static final int MANY = 20;

    private final TableView<Integer> table = new TableView<>();
    private final TextField filter = new TextField();
    private final Label count = new Label();
    private final Tensor values;
    private final int width;
    private final RowsOf rows;
    private final List<String> names;
    private final Optional<RowClasses> classes;
    private final FilteredList<Integer> seen;
    private IntPredicate wanted = row -> true;

    /**
     * What is known about the rows beside their predictions.
     *
     * @param names of the rows, such as files of pictures; empty when they have none
     * @param pictures the rows as pictures, where they are some
     */
    record RowsOf(List<String> names, Optional<Tensor> pictures) {}

    /** A number that a cell shows in digits that matter, and that is sorted by its value. */
    private record Shown(double value) implements Comparable<Shown> {
        @Override
        public int compareTo(Shown other) {
            return Double.compare(value, other.value);
        }

        @Override
        public String toString() {
            return Digits.of(value);
        }
    }

    /**
     * Shows an output of shape (rows, …).
     *
     * @param names of the classes; may be empty
     */
    OutputTable(Tensor values, RowsOf rows, List<String> names) {
        super(4);
        this.values = values;
        this.rows = rows;
        this.names = names;
        this.classes = RowClasses.of(values, names);
        int count = (int) values.shape().size(0);
        this.width = count == 0 ? 0 : values.length() / count;
        table.setId("predictions");
        table.setAccessibleText("Predictions");
        table.getStyleClass().add("dense");
        TableText.makeCopyable(table);
        columns();
        seen = new FilteredList<>(FXCollections.observableArrayList(
                IntStream.range(0, count).boxed().toList()));
        SortedList<Integer> sorted = new SortedList<>(seen);
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(sorted);
        table.setPlaceholder(new Label("No row holds this text."));
        filter.setId("filter-predictions");
        filter.setPromptText(classes.isPresent() ? "Filter by class or name" : "Filter by row or name");
        filter.setAccessibleText("Filter the rows");
        filter.textProperty().addListener((any, old, now) -> filter());
        HBox.setHgrow(filter, Priority.ALWAYS);
        this.count.setId("row-count");
        this.count.setMinWidth(Region.USE_PREF_SIZE);
        this.count.getStyleClass().add("muted");
        HBox bar = new HBox(8, filter, this.count);
        bar.setAlignment(Pos.CENTER_LEFT);
        VBox.setVgrow(table, Priority.ALWAYS);
        filter();
        getChildren().addAll(bar, table);
    }

    private void filter() {
        String text = filter.getText().strip().toLowerCase(Locale.ROOT);
        IntPredicate only = wanted;
        seen.setPredicate(row -> only.test(row) && (text.isEmpty() || text(row).contains(text)));
        int shown = seen.size();
        int all = (int) values.shape().size(0);
        String columns = width > MAX_COLUMNS ? ", the first " + MAX_COLUMNS + " of " + width + " numbers" : "";
        count.setText((shown == all ? String.format(Locale.ROOT, "%,d rows", all) : shown + " of " + all + " rows")
                + columns);
    }

    /** What the filter looks at: name and class of a row, or its number where it has neither. */
    private String text(int row) {
        String name = rows.names().isEmpty() ? "" : rows.names().get(row) + " ";
        String type = classes.map(of -> of.name(of.best(row))).orElse("");
        return (name + type).isEmpty() ? String.valueOf(row + 1) : (name + type).toLowerCase(Locale.ROOT);
    }

    private void columns() {
        column("row", row -> row + 1);
        if (!rows.names().isEmpty()) {
            int longest = rows.names().stream().mapToInt(String::length).max().orElse(0);
            column("file", row -> Printable.name(rows.names().get(row)), Math.min(LONGEST_NAME, longest));
        }
        rows.pictures().ifPresent(pictures -> pictures("picture", pictures));
        classes.ifPresent(of -> {
            column("class", row -> of.name(of.best(row)));
            column("probability", row -> new Shown(of.probability(row, of.best(row))));
            if (of.count() > 2) {
                likeliest(of, of.count() > MANY ? MAX_NAMED : FEW);
            }
        });
        if (Thumbnail.shows(values)) {
            pictures("as picture", values);
        }
        List<String> titles = new ArrayList<>(
                Outputs.columns("", values).stream().limit(MAX_COLUMNS).toList());
        for (int i = 0; i < Math.min(titles.size(), names.size()); i++) {
            if (width == names.size()) {
                titles.set(i, Printable.name(names.get(i)));
            }
        }
        for (int i = 0; i < titles.size(); i++) {
            numbers(width == 1 ? "value" : titles.get(i), i);
        }
    }

    /** Adds a column with the likeliest classes behind the first, and how likely each is. */
    private void likeliest(RowClasses of, int most) {
        TableColumn<Integer, String> column = new TableColumn<>(most == FEW ? "2nd and 3rd" : "2nd to " + most + "th");
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(of.likeliest(cell.getValue(), most).stream()
                .skip(1)
                .map(one -> of.name(one) + ": " + Digits.of(of.probability(cell.getValue(), one)))
                .collect(Collectors.joining(", "))));
        column.setSortable(false);
        add(column, (most - 1) * LONGEST_NUMBER);
    }

    private <T> void column(String title, IntFunction<T> value) {
        column(title, value, title.length());
    }

    private <T> void column(String title, IntFunction<T> value, int letters) {
        TableColumn<Integer, T> column = new TableColumn<>(title);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
        add(column, letters);
    }

    private void numbers(String title, int at) {
        TableColumn<Integer, Shown> column = new TableColumn<>(title);
        column.setCellValueFactory(
                cell -> new ReadOnlyObjectWrapper<>(new Shown(values.at(cell.getValue() * width + at))));
        add(column, Math.max(LONGEST_NUMBER, title.length()));
    }

    private void pictures(String title, Tensor pictures) {
        TableColumn<Integer, Integer> column = new TableColumn<>(title);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        column.setSortable(false);
        column.setCellFactory(view -> new TableCell<>() {
            @Override
            protected void updateItem(Integer row, boolean empty) {
                super.updateItem(row, empty);
                setGraphic(empty || row == null ? null : Thumbnail.of(pictures, row, PICTURE));
            }
        });
        add(column, title.length());
    }

    /** Adds a column that is wide enough for some letters. */
    private void add(TableColumn<Integer, ?> column, int needed) {
        double letters = Math.max(5, needed);
        column.prefWidthProperty().bind(count.fontProperty().map(font -> font.getSize() * (2.2 + 0.68 * letters)));
        table.getColumns().add(column);
    }

    /**
     * Shows only the rows for which opinions differ, and what each of them is.
     *
     * @param outputs of shape (rows, classes), by the name of who says it
     */
    void showDisagreeing(Map<String, Tensor> outputs) {
        classes.map(own -> Opinions.like(own, outputs, names))
                .filter(Opinions::several)
                .ifPresent(opinions -> {
                    List<TableColumn<Integer, ?>> before = List.copyOf(table.getColumns());
                    int behind = titles().indexOf("class") + 1;
                    opinions.said()
                            .forEach((name, said) -> column(Printable.name(name), row -> said.name(said.best(row))));
                    List<TableColumn<Integer, ?>> ordered = new ArrayList<>(before.subList(0, behind));
                    ordered.addAll(table.getColumns()
                            .subList(before.size(), table.getColumns().size()));
                    ordered.addAll(before.subList(behind, before.size()));
                    table.getColumns().setAll(ordered);
                    table.setPlaceholder(new Label("No such row."));
                    wanted = opinions::differ;
                    filter();
                });
    }

    private List<String> titles() {
        return table.getColumns().stream().map(TableColumn::getText).toList();
    }

    /** Selects a row, counted from 0, if the filter lets it be seen. */
    void select(Integer row) {
        if (!row.equals(table.getSelectionModel().getSelectedItem())) {
            table.getSelectionModel().clearSelection();
            table.getSelectionModel().select(row);
        }
    }

    /** Sets what hears of a selected row, counted from 0. */
    void onRow(IntConsumer listener) {
        table.getSelectionModel().selectedItemProperty().addListener((any, old, now) -> {
            if (now != null) {
                listener.accept(now);
            }
        });
    }

    /** The table itself. */
    TableView<Integer> table() {
        return table;
    }

    /** The classes of the rows; empty when the output says none. */
    List<String> classesOfRows() {
        return classes.map(of -> IntStream.range(0, of.rows())
                        .mapToObj(row -> of.name(of.best(row)))
                        .toList())
                .orElse(List.of());
    }
}
