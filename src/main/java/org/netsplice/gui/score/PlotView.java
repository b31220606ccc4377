package org.netsplice.gui.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.collections.FXCollections;
import javafx.geometry.Side;
import javafx.scene.chart.LineChart;
import javafx.scene.chart.NumberAxis;
import javafx.scene.chart.ScatterChart;
import javafx.scene.chart.XYChart;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.netsplice.bench.Evaluation;
import org.netsplice.export.Raster;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.widget.Picker;
import org.netsplice.metrics.Calibration;
import org.netsplice.metrics.Ranking;
import org.netsplice.metrics.Scored;
import org.netsplice.metrics.Task;
import org.netsplice.problem.Printable;
import org.netsplice.work.Lane;

/** Curves of an evaluation, a line for each network: ROC and calibration of classes, errors of numbers. */
final class PlotView extends HBox {
    /** More points of a cloud would only cover each other. */
    private static final int MAX_POINTS = 2000;

    private static final int BINS = 24;

    private final Workbench workbench;
    private final ComboBox<String> kind = new ComboBox<>();
    private final ComboBox<String> of = new ComboBox<>();
    private final StackPane place = new StackPane();
    private Optional<Scores> shown = Optional.empty();

    PlotView(Workbench workbench) {
        super(8);
        this.workbench = workbench;
        kind.setId("plot-kind");
        kind.setAccessibleText("Kind of plot");
        of.setId("plot-class");
        of.setAccessibleText("Class or number");
        Button save = new Button("Save PNG…");
        save.setId("save-plot");
        save.setOnAction(event -> save());
        save.setMinWidth(USE_PREF_SIZE);
        kind.valueProperty().addListener((any, old, now) -> draw());
        of.valueProperty().addListener((any, old, now) -> draw());
        VBox bar = new VBox(6, kind, of, save);
        bar.setMinWidth(USE_PREF_SIZE);
        HBox.setHgrow(place, Priority.ALWAYS);
        place.setMinSize(0, 0);
        getChildren().addAll(bar, place);
    }

    /** Offers the plots that fit an evaluation. */
    void show(Scores scores) {
        shown = Optional.empty();
        Task task = scores.evaluation().task();
        kind.setItems(FXCollections.observableArrayList(
                switch (task) {
                    case BINARY, CLASSES -> List.of("ROC curve", "Calibration");
                    case MULTILABEL -> List.of("ROC curve");
                    case REGRESSION -> List.of("Predicted and right", "Errors");
                }));
        int width = scores.networks().get(0).scored().width();
        of.setItems(FXCollections.observableArrayList(IntStream.range(0, width)
                .mapToObj(i -> switch (task) {
                    case BINARY -> scores.className(1);
                    case CLASSES -> scores.className(i);
                    case MULTILABEL -> "label " + i;
                    case REGRESSION -> "number " + i;
                })
                .toList()));
        kind.getSelectionModel().select(0);
        of.getSelectionModel().select(0);
        of.setVisible(width > 1);
        of.setManaged(width > 1);
        shown = Optional.of(scores);
        draw();
    }

    private void draw() {
        if (shown.isEmpty() || kind.getValue() == null || of.getValue() == null) {
            return;
        }
        Scores scores = shown.get();
        int column = of.getSelectionModel().getSelectedIndex();
        boolean calibration = kind.getValue().equals("Calibration");
        of.setDisable(calibration);
        XYChart<Number, Number> chart = switch (kind.getValue()) {
            case "ROC curve" -> roc(scores, column);
            case "Calibration" -> calibration(scores);
            case "Errors" -> errors(scores, column);
            default -> cloud(scores, column);
        };
        chart.setAnimated(false);
        chart.setLegendSide(Side.RIGHT);
        chart.setMinHeight(0);
        chart.setId("plot");
        place.getChildren().setAll(chart);
    }

    private static NumberAxis axis(String label, boolean share) {
        NumberAxis axis = share ? new NumberAxis(label, 0, 1, 0.2) : new NumberAxis();
        axis.setLabel(label);
        axis.setForceZeroInRange(false);
        axis.setAnimated(false);
        return axis;
    }

    private static LineChart<Number, Number> lines(NumberAxis across, NumberAxis up, boolean dots) {
        LineChart<Number, Number> chart = new LineChart<>(across, up);
        chart.setCreateSymbols(dots);
        chart.setAxisSortingPolicy(LineChart.SortingPolicy.NONE);
        return chart;
    }

    private static XYChart.Series<Number, Number> series(String name) {
        XYChart.Series<Number, Number> series = new XYChart.Series<>();
        series.setName(Printable.name(name));
        return series;
    }

    /** Where a network would be that is right as often as it is sure. */
    private static XYChart.Series<Number, Number> diagonal() {
        XYChart.Series<Number, Number> series = series("as sure as right");
        series.getData().add(new XYChart.Data<>(0, 0));
        series.getData().add(new XYChart.Data<>(1, 1));
        return series;
    }

    private static XYChart<Number, Number> roc(Scores scores, int column) {
        LineChart<Number, Number> chart = lines(axis("false alarms", true), axis("hits", true), false);
        for (Evaluation.Score network : scores.networks()) {
            Scored scored = network.scored();
            double[] values = new double[scored.rows()];
            boolean[] positive = new boolean[scored.rows()];
            for (int row = 0; row < values.length; row++) {
                values[row] = scored.predicted(row, column);
                positive[row] = switch (scored.task()) {
                    case BINARY -> scored.rightClass(row) == 1;
                    case CLASSES -> scored.rightClass(row) == column;
                    default -> scored.target(row, column) > 0.5;
                };
            }
            Ranking ranking = Ranking.of(values, positive);
            if (ranking.isDefined()) {
                XYChart.Series<Number, Number> series = series(
                        String.format(java.util.Locale.ROOT, "%s (area %.4f)", network.name(), ranking.rocArea()));
                Ranking.Step last = ranking.steps().get(ranking.steps().size() - 1);
                series.getData().add(new XYChart.Data<>(0, 0));
                ranking.steps()
                        .forEach(step -> series.getData()
                                .add(new XYChart.Data<>(
                                        (double) step.falseAlarms() / last.falseAlarms(),
                                        (double) step.hits() / last.hits())));
                chart.getData().add(series);
            }
        }
        return chart;
    }

    private static XYChart<Number, Number> calibration(Scores scores) {
        LineChart<Number, Number> chart = lines(axis("how sure", true), axis("how often right", true), true);
        for (Evaluation.Score network : scores.networks()) {
            XYChart.Series<Number, Number> series = series(network.name());
            Calibration.of(network.scored(), network.scored().allRows())
                    .bins()
                    .forEach(bin -> series.getData().add(new XYChart.Data<>(bin.confidence(), bin.accuracy())));
            chart.getData().add(series);
        }
        chart.getData().add(diagonal());
        return chart;
    }

    private static XYChart<Number, Number> cloud(Scores scores, int column) {
        ScatterChart<Number, Number> chart = new ScatterChart<>(axis("right", false), axis("predicted", false));
        for (Evaluation.Score network : scores.networks()) {
            Scored scored = network.scored();
            XYChart.Series<Number, Number> series = series(network.name());
            int step = Math.max(1, scored.rows() / MAX_POINTS);
            for (int row = 0; row < scored.rows(); row += step) {
                series.getData().add(new XYChart.Data<>(scored.target(row, column), scored.predicted(row, column)));
            }
            chart.getData().add(series);
        }
        return chart;
    }

    /** How many rows have an error of each size. */
    private static XYChart<Number, Number> errors(Scores scores, int column) {
        LineChart<Number, Number> chart = lines(axis("predicted less right", false), axis("rows", false), false);
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        List<double[]> all = new ArrayList<>();
        for (Evaluation.Score network : scores.networks()) {
            Scored scored = network.scored();
            double[] errors = IntStream.range(0, scored.rows())
                    .mapToDouble(row -> scored.predicted(row, column) - scored.target(row, column))
                    .toArray();
            all.add(errors);
            for (double error : errors) {
                least = Math.min(least, error);
                most = Math.max(most, error);
            }
        }
        double width = Math.max((most - least) / BINS, Double.MIN_NORMAL);
        for (int i = 0; i < all.size(); i++) {
            int[] counts = new int[BINS];
            for (double error : all.get(i)) {
                counts[(int) Math.min(BINS - 1, (error - least) / width)]++;
            }
            XYChart.Series<Number, Number> series =
                    series(scores.networks().get(i).name());
            for (int bin = 0; bin < BINS; bin++) {
                series.getData().add(new XYChart.Data<>(least + (bin + 0.5) * width, counts[bin]));
            }
            chart.getData().add(series);
        }
        return chart;
    }

    private void save() {
        WritableImage image = place.snapshot(null, null);
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] colours = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), colours, 0, width);
        workbench
                .picker()
                .save(
                        "Save the plot",
                        kind.getValue().toLowerCase(java.util.Locale.ROOT).replace(' ', '-') + ".png",
                        Picker.Kind.of("PNG", "*.png"))
                .ifPresent(path -> workbench.run(
                        "Saving " + path.getFileName(),
                        Lane.FILES,
                        progress -> {
                            new Raster(width, height, colours).write(path);
                            return path;
                        },
                        done -> workbench.announce("Saved " + Printable.name(String.valueOf(done.getFileName())))));
    }
}
