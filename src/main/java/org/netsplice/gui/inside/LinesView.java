package org.netsplice.gui.inside;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Side;
import javafx.scene.chart.LineChart;
import javafx.scene.chart.NumberAxis;
import javafx.scene.chart.XYChart;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.StackPane;
import org.netsplice.export.Raster;
import org.netsplice.graph.Tensor;

/** A sequence as lines over its steps, one for each of the first features. */
final class LinesView extends StackPane {
    /** More lines cannot be told from each other. */
    private static final int MAX_LINES = 8;
    /** More points of a line lie beside each other in one pixel. */
    private static final int MAX_POINTS = 2000;

    private static final double LEAST = 80;

    private static final int MAX_TICKS = 10;

    private final NumberAxis across = axis("step");
    private final LineChart<Number, Number> chart = new LineChart<>(across, axis(""));

    LinesView() {
        chart.setId("values-lines");
        chart.setAnimated(false);
        chart.setCreateSymbols(false);
        chart.setLegendSide(Side.RIGHT);
        across.setAutoRanging(false);
        across.setMinorTickVisible(false);
        chart.setMinSize(LEAST, LEAST);
        chart.setPrefSize(LEAST, LEAST);
        setMinSize(LEAST, LEAST);
        getChildren().add(chart);
    }

    private static NumberAxis axis(String label) {
        NumberAxis axis = new NumberAxis();
        axis.setLabel(label);
        axis.setForceZeroInRange(false);
        axis.setAnimated(false);
        return axis;
    }

    /** Whether one row of values is a sequence: shape (1, steps, features), more than one step. */
    static boolean fits(Tensor row) {
        return row.shape().rank() == 3 && row.shape().size(1) > 1 && row.shape().size(2) > 0;
    }

    /** Shows a row that fits. */
    void show(Tensor row) {
        int steps = (int) row.shape().size(1);
        int features = (int) row.shape().size(2);
        int stride = Math.max(1, (steps + MAX_POINTS - 1) / MAX_POINTS);
        List<XYChart.Series<Number, Number>> lines = new ArrayList<>();
        for (int feature = 0; feature < Math.min(MAX_LINES, features); feature++) {
            XYChart.Series<Number, Number> line = new XYChart.Series<>();
            line.setName("feature " + feature);
            for (int step = 0; step < steps; step += stride) {
                double value = row.numberAt(step * features + feature);
                if (Double.isFinite(value)) {
                    line.getData().add(new XYChart.Data<>(step, value));
                }
            }
            lines.add(line);
        }
        across.setUpperBound(steps - 1);
        across.setTickUnit(Math.ceil(steps / (double) MAX_TICKS));
        chart.getData().setAll(lines);
        chart.setLegendVisible(features > 1);
        chart.getYAxis().setLabel(features > MAX_LINES ? "features 0 to " + (MAX_LINES - 1) + " of " + features : "");
    }

    /** The plot as it is seen. */
    Raster raster() {
        WritableImage image = snapshot(null, null);
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] pixels = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        return new Raster(width, height, pixels);
    }
}
