package org.netsplice.gui.inside;

import java.util.Locale;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.chart.BarChart;
import javafx.scene.chart.CategoryAxis;
import javafx.scene.chart.NumberAxis;
import javafx.scene.chart.XYChart;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.netsplice.graph.Tensor;
import org.netsplice.gui.widget.TableText;
import org.netsplice.inside.Statistics;
import org.netsplice.predict.Digits;

/** The values of a row in numbers: what they are like, how they are distributed, and each of them with its place. */
final class NumbersView extends HBox {
    /** A longer table helps nobody; the file holds all numbers. */
    private static final int MAX_NUMBERS = 10_000;
    /** In font sizes. */
    private static final double LIKE_WIDTH = 17;

    private static final double TABLE_WIDTH = 17;

    private final Label like = new Label();
    private final NumberAxis counts = new NumberAxis();
    private final BarChart<String, Number> histogram = new BarChart<>(new CategoryAxis(), counts);
    private final TableView<Integer> table = new TableView<>();
    private Tensor values;

    NumbersView() {
        super(12);
        like.setId("values-statistics");
        like.setMinHeight(USE_PREF_SIZE);
        histogram.setId("values-histogram");
        histogram.setAnimated(false);
        histogram.setLegendVisible(false);
        histogram.setBarGap(0);
        histogram.setCategoryGap(1);
        histogram.setVerticalGridLinesVisible(false);
        histogram.setMinSize(0, 0);
        histogram.setPrefHeight(80);
        histogram.getXAxis().setTickLabelsVisible(false);
        histogram.getXAxis().setTickMarkVisible(false);
        counts.setAnimated(false);
        counts.setMinorTickVisible(false);
        VBox.setVgrow(histogram, Priority.ALWAYS);
        VBox left = new VBox(4, like, histogram);
        left.setMinWidth(0);
        width(left, LIKE_WIDTH);
        table.setId("values-numbers");
        table.setAccessibleText("Numbers");
        table.getStyleClass().add("dense");
        TableText.makeCopyable(table);
        column("place", this::place);
        column("value", at -> new Shown(values.numberAt(at)));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        width(table, TABLE_WIDTH);
        getChildren().addAll(left, table);
    }

    /** A number that is shown in digits that matter and sorted by its value. */
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

    private void width(javafx.scene.layout.Region region, double sizes) {
        region.prefWidthProperty().bind(like.fontProperty().map(font -> font.getSize() * sizes));
    }

    private <T> void column(String title, java.util.function.IntFunction<T> value) {
        TableColumn<Integer, T> column = new TableColumn<>(title);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
        table.getColumns().add(column);
    }

    /** Shows the values of one row. */
    void show(Tensor row) {
        values = row;
        Statistics statistics = Statistics.of(row);
        like.setText(text(statistics));
        XYChart.Series<String, Number> bars = new XYChart.Series<>();
        double width = (statistics.most() - statistics.least()) / statistics.bins().length;
        for (int i = 0; i < statistics.bins().length; i++) {
            bars.getData()
                    .add(new XYChart.Data<>(
                            i + ": " + Digits.of(statistics.least() + i * width),
                            statistics.bins()[i]));
        }
        histogram.getData().setAll(java.util.List.of(bars));
        histogram.getXAxis().setLabel(Digits.of(statistics.least()) + "  to  " + Digits.of(statistics.most()));
        table.getItems()
                .setAll(IntStream.range(0, Math.min(MAX_NUMBERS, row.length()))
                        .boxed()
                        .toList());
    }

    private static String text(Statistics of) {
        String text = String.format(Locale.ROOT, "%,d %s", of.count(), of.count() == 1 ? "number" : "numbers")
                + ", " + share(of.zeros(), of.count()) + " zero"
                + "\nmean " + Digits.of(of.mean()) + "\ndeviation " + Digits.of(of.deviation());
        return of.notFinite() == 0
                ? text
                : text + String.format(Locale.ROOT, "\n%,d infinite or not a number", of.notFinite());
    }

    private static String share(int part, int all) {
        double percent = all == 0 ? 0 : 100.0 * part / all;
        return part > 0 && percent < 1 ? "under 1 %" : Math.round(percent) + " %";
    }

    /** The indices of a number in the row, counted from 0, one for each axis after the rows. */
    private String place(int at) {
        long[] sizes = values.shape().sizes();
        StringBuilder text = new StringBuilder();
        long rest = at;
        for (int axis = sizes.length - 1; axis > 0; axis--) {
            text.insert(0, rest % sizes[axis] + (text.isEmpty() ? "" : ", "));
            rest /= sizes[axis];
        }
        return text.isEmpty() ? "0" : text.toString();
    }
}
