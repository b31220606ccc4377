package org.netsplice.gui.score;

import java.util.Optional;
import javafx.geometry.Side;
import javafx.scene.chart.LineChart;
import javafx.scene.chart.NumberAxis;
import javafx.scene.chart.XYChart;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.util.StringConverter;
import org.netsplice.train.Epoch;

/** Loss and metric of each epoch, on the rows that are trained on and on those held back. */
final class LearningCurves extends HBox {
    private static final String TRAINED = "trained on";
    private static final String HELD = "held back";
    /** The height below which lines cannot be told apart, in points. */
    private static final double LEAST_HEIGHT = 150;

    /** More epochs are lines without dots, which would cover each other. */
    private static final int MAX_DOTS = 40;

    private final LineChart<Number, Number> losses = chart("training-loss", "loss");
    private final LineChart<Number, Number> metrics = chart("training-metric", "accuracy");

    LearningCurves() {
        super(8);
        setId("training-curves");
        setMinHeight(LEAST_HEIGHT);
        setVisible(false);
        losses.setLegendVisible(false);
        getChildren().addAll(losses, metrics);
    }

    private static LineChart<Number, Number> chart(String id, String name) {
        NumberAxis across = new NumberAxis();
        across.setLabel("epoch");
        across.setForceZeroInRange(false);
        across.setAnimated(false);
        across.setMinorTickVisible(false);
        across.setTickLabelFormatter(new Whole());
        NumberAxis up = new NumberAxis();
        up.setForceZeroInRange(false);
        up.setAnimated(false);
        up.setLabel(name);
        LineChart<Number, Number> chart = new LineChart<>(across, up);
        chart.setId(id);
        chart.setAnimated(false);
        chart.setLegendSide(Side.RIGHT);
        chart.setMinSize(0, 0);
        HBox.setHgrow(chart, Priority.ALWAYS);
        return chart;
    }

    /** Labels only whole epochs. */
    private static final class Whole extends StringConverter<Number> {
        @Override
        public String toString(Number value) {
            double epoch = value.doubleValue();
            return epoch == Math.rint(epoch) ? String.valueOf((long) epoch) : "";
        }

        @Override
        public Number fromString(String text) {
            return Double.valueOf(text);
        }
    }

    /** Forgets the epochs; nothing is seen until there is another. */
    void clear() {
        setVisible(false);
        losses.getData().clear();
        metrics.getData().clear();
    }

    /** Adds an epoch. */
    void add(Epoch epoch) {
        setVisible(true);
        losses.setCreateSymbols(epoch.number() <= MAX_DOTS);
        metrics.setCreateSymbols(epoch.number() <= MAX_DOTS);
        metrics.getYAxis().setLabel(epoch.metric().replace('_', ' '));
        add(epoch.number(), TRAINED, epoch.training());
        Optional<Epoch.Score> judged = epoch.validation();
        judged.ifPresent(score -> add(epoch.number(), HELD, score));
    }

    private void add(int epoch, String name, Epoch.Score score) {
        add(losses, name, epoch, score.loss());
        add(metrics, name, epoch, score.metric());
    }

    private static void add(LineChart<Number, Number> chart, String name, int epoch, double value) {
        XYChart.Series<Number, Number> line = chart.getData().stream()
                .filter(one -> one.getName().equals(name))
                .findFirst()
                .orElseGet(() -> {
                    XYChart.Series<Number, Number> added = new XYChart.Series<>();
                    added.setName(name);
                    chart.getData().add(added);
                    return added;
                });
        line.getData().add(new XYChart.Data<>(epoch, value));
    }
}
