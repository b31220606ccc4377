package org.netsplice.gui.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
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

    private final TableView<Integer> table = new TableView<>();
    private final TextField filter = new TextField();
    private final Label count = new Label();
    private final Tensor values;
    private final int width;
    private final RowsOf rows;
    private final List<String> classes;

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

    /** Shows an output of shape (rows, …). */
    OutputTable(Tensor values, RowsOf rows, List<String> classes) {
        super(4);
        this.values = values;
        this.rows = rows;
        this.classes = classes;
        int count = (int) values.shape().size(0);
        this.width = count == 0 ? 0 : values.length() / count;
        table.setId("predictions");
        table.setAccessibleText("Predictions");
        table.getStyleClass().add("dense");
        TableText.makeCopyable(table);
        columns();
        FilteredList<Integer> seen = new FilteredList<>(FXCollections.observableArrayList(
                IntStream.range(0, count).boxed().toList()));
        SortedList<Integer> sorted = new SortedList<>(seen);
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(sorted);
        table.setPlaceholder(new Label("No row holds this text."));
        filter.setId("filter-predictions");
        filter.setPromptText(named() ? "Filter by class or name" : "Filter by row or name");
        filter.setAccessibleText("Filter the rows");
        filter.textProperty().addListener((any, old, now) -> {
            String wanted = now.strip().toLowerCase(Locale.ROOT);
            seen.setPredicate(row -> wanted.isEmpty() || text(row).contains(wanted));
            tell(seen.size(), count);
        });
        HBox.setHgrow(filter, Priority.ALWAYS);
        this.count.setMinWidth(Region.USE_PREF_SIZE);
        this.count.getStyleClass().add("muted");
        HBox bar = new HBox(8, filter, this.count);
        bar.setAlignment(Pos.CENTER_LEFT);
        VBox.setVgrow(table, Priority.ALWAYS);
        tell(count, count);
        getChildren().addAll(bar, table);
    }

    private void tell(int shown, int all) {
        String columns = width > MAX_COLUMNS ? ", the first " + MAX_COLUMNS + " of " + width + " numbers" : "";
        count.setText((shown == all ? String.format(Locale.ROOT, "%,d rows", all) : shown + " of " + all + " rows")
                + columns);
    }

    /** What the filter looks at: name and class of a row, or its number where it has neither. */
    private String text(int row) {
        String name = rows.names().isEmpty() ? "" : rows.names().get(row) + " ";
        String type = named() ? className(row) : "";
        return (name + type).isEmpty() ? String.valueOf(row + 1) : (name + type).toLowerCase(Locale.ROOT);
    }

    private void columns() {
        column("row", row -> row + 1);
        if (!rows.names().isEmpty()) {
            column("file", row -> Printable.name(rows.names().get(row)));
        }
        rows.pictures().ifPresent(pictures -> pictures("picture", pictures));
        if (named()) {
            column("class", this::className);
            column("probability", row -> new Shown(probability(row)));
        }
        if (Thumbnail.shows(values)) {
            pictures("as picture", values);
        }
        List<String> names = new ArrayList<>(
                Outputs.columns("", values).stream().limit(MAX_COLUMNS).toList());
        for (int i = 0; i < Math.min(names.size(), classes.size()); i++) {
            if (width == classes.size()) {
                names.set(i, Printable.name(classes.get(i)));
            }
        }
        for (int i = 0; i < names.size(); i++) {
            numbers(width == 1 ? "value" : names.get(i), i);
        }
    }

    private <T> void column(String title, IntFunction<T> value) {
        TableColumn<Integer, T> column = new TableColumn<>(title);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
        add(column, title.length());
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

    /** Whether the numbers of a row are probabilities of classes: of several, with the sum 1, or of one among two that have names. */
    private boolean named() {
        if (values.shape().rank() != 2) {
            return false;
        }
        return width == 1 ? classes.size() == 2 && withinOne() : width > 1 && sumToOne();
    }

    private boolean withinOne() {
        return IntStream.range(0, values.length()).allMatch(i -> values.at(i) >= 0 && values.at(i) <= 1);
    }

    private boolean sumToOne() {
        return withinOne()
                && IntStream.range(0, values.length() / width)
                        .allMatch(row -> Math.abs(IntStream.range(0, width)
                                                .mapToDouble(i -> values.at(row * width + i))
                                                .sum()
                                        - 1)
                                < 1e-2);
    }

    private int best(int row) {
        return width == 1 ? values.at(row) > 0.5 ? 1 : 0 : Outputs.largest(values, row);
    }

    private String className(int row) {
        int best = best(row);
        return best < classes.size() ? Printable.name(classes.get(best)) : String.valueOf(best);
    }

    private double probability(int row) {
        if (width == 1) {
            return best(row) == 1 ? values.at(row) : 1 - values.at(row);
        }
        return values.at(row * width + best(row));
    }

    /** The table itself. */
    TableView<Integer> table() {
        return table;
    }

    /** The classes of the rows; empty when the output says none. */
    List<String> classesOfRows() {
        return named()
                ? IntStream.range(0, (int) values.shape().size(0))
                        .mapToObj(this::className)
                        .toList()
                : List.of();
    }
}
