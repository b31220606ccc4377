package org.netsplice.gui.score;

import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.netsplice.bench.Evaluation;
import org.netsplice.bench.Scoreboard;
import org.netsplice.gui.widget.TableText;
import org.netsplice.metrics.Bootstrap;
import org.netsplice.metrics.Metric;
import org.netsplice.problem.Printable;

/** A row for each metric and a column for each network; the best of a row is marked. */
final class MetricTable extends TableView<Metric> {
    private static final double NAME = 15;
    private static final double VALUE = 9;
    private static final double WITH_INTERVAL = 20;

    MetricTable() {
        setId("scores");
        setAccessibleText("Scores");
        getStyleClass().add("dense");
        TableText.makeCopyable(this);
    }

    /** Shows the values of all networks. */
    void show(Scores scores) {
        getColumns().clear();
        TableColumn<Metric, String> name = new TableColumn<>("metric");
        name.setCellValueFactory(
                cell -> new ReadOnlyStringWrapper(cell.getValue().title()));
        add(name, NAME);
        boolean intervals = scores.networks().stream()
                .anyMatch(network -> !network.intervals().isEmpty());
        for (Evaluation.Score network : scores.networks()) {
            TableColumn<Metric, Value> column = new TableColumn<>(Printable.name(network.name()));
            column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(Value.of(scores, cell.getValue(), network)));
            column.setCellFactory(view -> new Marked());
            double title = 0.75 * network.name().length() + 3;
            add(column, Math.max(Math.min(title, 24), intervals ? WITH_INTERVAL : VALUE));
        }
        getColumns().forEach(column -> column.setSortable(false));
        setItems(FXCollections.observableArrayList(scores.evaluation().metrics()));
    }

    private void add(TableColumn<Metric, ?> column, double letters) {
        double size = javafx.scene.text.Font.getDefault().getSize();
        column.setPrefWidth(size * letters);
        getColumns().add(column);
    }

    /** A value with its interval, and whether it is the best of its row. */
    private record Value(String text, boolean best) {
        static Value of(Scores scores, Metric metric, Evaluation.Score network) {
            Bootstrap.Interval interval = network.intervals().get(metric.name());
            String text = Scoreboard.number(network.value(metric));
            boolean best = scores.isBest(metric, network);
            return new Value(
                    (best ? "★ " : "")
                            + text
                            + (interval == null
                                    ? ""
                                    : "  (" + Scoreboard.number(interval.low()) + " to "
                                            + Scoreboard.number(interval.high()) + ")"),
                    best);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class Marked extends TableCell<Metric, Value> {
        @Override
        protected void updateItem(Value value, boolean empty) {
            super.updateItem(value, empty);
            setText(empty || value == null ? "" : value.text());
            getStyleClass().remove("best");
            if (!empty && value != null && value.best()) {
                getStyleClass().add("best");
            }
        }
    }
}
