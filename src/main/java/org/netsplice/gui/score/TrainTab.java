package org.netsplice.gui.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoublePredicate;
import javafx.application.Platform;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.chart.LineChart;
import javafx.scene.chart.NumberAxis;
import javafx.scene.chart.XYChart;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.netsplice.edit.Document;
import org.netsplice.gui.Workbench;
import org.netsplice.problem.Printable;
import org.netsplice.problem.Problem;
import org.netsplice.train.Epoch;
import org.netsplice.train.Goal;
import org.netsplice.train.Listener;
import org.netsplice.train.Options;
import org.netsplice.train.Rows;
import org.netsplice.train.Selection;
import org.netsplice.train.Trained;
import org.netsplice.train.Trainer;
import org.netsplice.work.Lane;
import org.netsplice.work.Progress;
import org.netsplice.work.Stopped;

/** Trains what is untrained, or layers that are named, on the data of Predictions and the targets of the Scoreboard, as one step. */
public final class TrainTab extends VBox {
    private final Workbench workbench;
    private final ScoreTab scores;
    private final TextField layers = field("train-layers", "", 12, "Layers to train");
    private final TextField epochs = field("train-epochs", "10", 4, "Epochs");
    private final TextField batch = field("train-batch", "32", 4, "Rows of a batch");
    private final TextField rate = field("train-rate", "0.001", 6, "Learning rate");
    private final TextField held = field("train-held", "0.2", 4, "Share held back");
    private final Button train = new Button("Train");
    private final Button stop = new Button("Stop and keep");
    private final Label note = new Label("Layers without trained weights learn, unless others are named.");
    private final NumberAxis across = new NumberAxis();
    private final LineChart<Number, Number> curves = new LineChart<>(across, new NumberAxis());
    private Optional<AtomicBoolean> running = Optional.empty();

    /** Trains the document of a workbench. */
    public TrainTab(Workbench workbench, ScoreTab scores) {
        super(6);
        this.workbench = workbench;
        this.scores = scores;
        setId("training");
        setPadding(new Insets(8));
        layers.setPromptText("what is untrained");
        layers.setTooltip(new Tooltip("Names of layers or networks, with commas between them; * stands for any letters"));
        held.setTooltip(new Tooltip("The share of the rows that training does not see and that judges each epoch; 0 for none"));
        train.setId("train");
        train.getStyleClass().add("accent");
        train.setOnAction(event -> train());
        stop.setId("stop-training");
        stop.setDisable(true);
        stop.setOnAction(event -> running.ifPresent(asked -> asked.set(true)));
        train.setMinWidth(USE_PREF_SIZE);
        stop.setMinWidth(USE_PREF_SIZE);
        FlowPane bar = new FlowPane(
                8,
                6,
                named("Layers", layers),
                named("Epochs", epochs),
                named("Batch", batch),
                named("Learning rate", rate),
                named("Held back", held),
                train,
                stop);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.setMinHeight(USE_PREF_SIZE);
        note.setId("train-note");
        note.setWrapText(true);
        note.setMinHeight(USE_PREF_SIZE);
        across.setLabel("epoch");
        across.setForceZeroInRange(false);
        curves.setAnimated(false);
        curves.setId("training-curves");
        curves.setLegendSide(Side.RIGHT);
        curves.setMinHeight(0);
        VBox.setVgrow(curves, Priority.ALWAYS);
        getChildren().addAll(bar, note, curves);
    }

    private static TextField field(String id, String text, int columns, String name) {
        TextField field = new TextField(text);
        field.setId(id);
        field.setPrefColumnCount(columns);
        field.setAccessibleText(name);
        return field;
    }

    private static HBox named(String name, TextField field) {
        Label label = new Label(name);
        label.setMinWidth(USE_PREF_SIZE);
        HBox both = new HBox(4, label, field);
        both.setAlignment(Pos.CENTER_LEFT);
        return both;
    }

    /** The options as they are typed; says which is wrong. */
    private Optional<Options> options() {
        Optional<Double> howOften = number(epochs, value -> value >= 1 && value == Math.rint(value));
        Optional<Double> together = number(batch, value -> value >= 1 && value == Math.rint(value));
        Optional<Double> step = number(rate, value -> value > 0 && value < 1e6);
        Optional<Double> share = number(held, value -> value >= 0 && value < 1);
        if (howOften.isEmpty() || together.isEmpty()) {
            workbench.complain("Epochs and batch must be whole numbers from 1.");
        } else if (step.isEmpty()) {
            workbench.complain("The learning rate must be a number above 0, such as 0.001.");
        } else if (share.isEmpty()) {
            workbench.complain("The share that is held back must be a number from 0 to below 1, such as 0.2.");
        } else {
            return Optional.of(Options.STANDARD
                    .withEpochs(howOften.get().intValue())
                    .withBatch(together.get().intValue())
                    .withRate(step.get())
                    .withHeld(share.get()));
        }
        return Optional.empty();
    }

    private static Optional<Double> number(TextField field, DoublePredicate allowed) {
        try {
            return Optional.of(Double.parseDouble(field.getText().strip())).filter(allowed::test);
        } catch (NumberFormatException problem) {
            return Optional.empty();
        }
    }

    /** Trains, and gives the document the best weights as one step. */
    void train() {
        Optional<Options> options = options();
        if (options.isEmpty() || running.isPresent()) {
            return;
        }
        Document document = workbench.session().document();
        List<String> names = Arrays.stream(layers.getText().split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        scores.withRows(rows -> scores.outputName().ifPresentOrElse(
                output -> start(document, names, output, options.get(), rows),
                () -> workbench.complain("Choose in the Scoreboard which output the targets belong to.")));
    }

    private void start(Document document, List<String> names, String output, Options options, ScoreTab.Rows rows) {
        AtomicBoolean asked = new AtomicBoolean();
        Curves shown = new Curves();
        running = Optional.of(asked);
        stop.setDisable(false);
        train.setDisable(true);
        workbench.run(
                "Training",
                Lane.ENGINE,
                progress -> {
                    try {
                        return run(document, names, output, options, rows, shown, asked, progress);
                    } finally {
                        Platform.runLater(() -> ended(asked));
                    }
                },
                trained -> keep(document, trained));
    }

    private static Trained run(
            Document document,
            List<String> names,
            String output,
            Options options,
            ScoreTab.Rows rows,
            Listener listener,
            AtomicBoolean asked,
            Progress progress) {
        Goal goal = new Goal(output, Optional.empty(), 1, 0, rows.classes());
        Progress stopped = (fraction, what) -> {
            if (asked.get()) {
                throw new Stopped();
            }
            progress.at(fraction, what);
        };
        Rows known = new Rows(
                Scores.read(document.graph(), rows.inputs(), progress), Map.of(output, rows.answers()));
        return new Trainer(document, Selection.of(document, names), List.of(goal), options)
                .train(known, Optional.empty(), listener, stopped);
    }

    private void ended(AtomicBoolean asked) {
        if (running.filter(present -> present == asked).isPresent()) {
            running = Optional.empty();
            stop.setDisable(true);
            train.setDisable(false);
        }
    }

    private void keep(Document document, Trained trained) {
        if (!workbench.session().document().equals(document)) {
            note.setText("You have changed the document while it was trained, so nothing was kept.");
            return;
        }
        workbench.apply(trained.edit());
        String why = switch (trained.ending()) {
            case FINISHED -> "All epochs are done";
            case PATIENCE -> "The loss became no better";
            case STOPPED -> "Stopped";
            case NOT_FINITE -> "Ended: " + trained.problem().map(Problem::line).orElse("a number is not finite");
        };
        note.setText(why + "; kept "
                + trained.best().map(TrainTab::told).orElse("the weights of the last step")
                + ". One undo takes them back.");
    }

    private static String told(Epoch epoch) {
        Epoch.Score score = epoch.validation().orElse(epoch.training());
        return String.format(
                Locale.ROOT,
                "epoch %d: %sloss %.4f, %s %.4f",
                epoch.number(),
                epoch.validation().isPresent() ? "held-back rows " : "",
                score.loss(),
                epoch.metric().replace('_', ' '),
                score.metric());
    }

    /** Draws the epochs as they end. */
    private final class Curves implements Listener {
        private final List<XYChart.Series<Number, Number>> lines = new ArrayList<>();

        Curves() {
            curves.getData().clear();
        }

        private void add(String name, int epoch, double value) {
            XYChart.Series<Number, Number> line = lines.stream()
                    .filter(one -> one.getName().equals(name))
                    .findFirst()
                    .orElseGet(() -> {
                        XYChart.Series<Number, Number> added = new XYChart.Series<>();
                        added.setName(name);
                        lines.add(added);
                        curves.getData().add(added);
                        return added;
                    });
            line.getData().add(new XYChart.Data<>(epoch, value));
        }

        @Override
        public void epoch(Epoch epoch) {
            Platform.runLater(() -> {
                String metric = epoch.metric().replace('_', ' ');
                add("loss", epoch.number(), epoch.training().loss());
                add(metric, epoch.number(), epoch.training().metric());
                epoch.validation().ifPresent(score -> {
                    add("loss, held back", epoch.number(), score.loss());
                    add(metric + ", held back", epoch.number(), score.metric());
                });
                note.setText("Trained " + told(epoch) + ".");
            });
        }

        @Override
        public void notice(String sentence) {
            Platform.runLater(() -> note.setText(Printable.text(sentence)));
        }
    }
}
