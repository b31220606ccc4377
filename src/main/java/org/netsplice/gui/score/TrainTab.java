package org.netsplice.gui.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.application.Platform;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.netsplice.edit.Document;
import org.netsplice.graph.Graph;
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
import org.netsplice.work.Pace;
import org.netsplice.work.Pause;
import org.netsplice.work.Progress;
import org.netsplice.work.Stopped;

/** Trains what is untrained, or layers that are chosen, on the data of Predictions and the targets of the Scoreboard, as one step. */
public final class TrainTab extends ScrollPane {
    private static final String HINT =
            "Layers without trained weights learn, and those you choose; one undo takes it back.";

    private final Workbench workbench;
    private final ScoreTab scores;
    private final TrainForm form;
    private final Button train = new Button("Train");
    private final ToggleButton pause = new ToggleButton("Pause");
    private final Button stop = new Button("Stop and keep");
    private final Label note = new Label(HINT);
    private final Label pace = new Label();
    private final LearningCurves curves = new LearningCurves();
    /** The training that was asked for last, which may still wait for the engine. */
    private Optional<Course> latest = Optional.empty();

    private Optional<Course> running = Optional.empty();

    /** Trains the document of a workbench. */
    public TrainTab(Workbench workbench, ScoreTab scores) {
        this.workbench = workbench;
        this.scores = scores;
        this.form = new TrainForm(workbench, scores.targetChoice("train-"), List.of(train, pause, stop));
        setId("training");
        train.setId("train");
        train.getStyleClass().add("accent");
        train.setOnAction(event -> train());
        pause.setId("pause-training");
        pause.setTooltip(new Tooltip("Waits after the present batch until it is pressed again"));
        stop.setId("stop-training");
        stop.setTooltip(new Tooltip("Ends training and keeps the best weights so far; Cancel below discards them"));
        stop.setOnAction(event -> running.ifPresent(course -> course.asked.set(true)));
        note.setId("train-note");
        pace.setId("train-pace");
        note.setWrapText(true);
        note.setMinHeight(USE_PREF_SIZE);
        note.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(note, Priority.ALWAYS);
        pace.setMinWidth(USE_PREF_SIZE);
        pace.visibleProperty().bind(pace.textProperty().isNotEmpty());
        pace.managedProperty().bind(pace.visibleProperty());
        HBox told = new HBox(16, note, pace);
        told.setMinHeight(USE_PREF_SIZE);
        VBox.setVgrow(curves, Priority.ALWAYS);
        VBox content = new VBox(6, form, told, curves);
        content.setPadding(new Insets(8));
        setContent(content);
        setFitToWidth(true);
        setFitToHeight(true);
        show(Optional.empty());
    }

    /** Shows which buttons can be pressed. */
    private void show(Optional<Course> course) {
        running = course;
        train.setDisable(course.isPresent());
        stop.setDisable(course.isEmpty());
        pause.setDisable(course.isEmpty());
        if (course.isEmpty()) {
            pause.setSelected(false);
            pace.setText("");
        }
    }

    /** Trains, and gives the document the best weights as one step. */
    void train() {
        Optional<Options> options = form.options();
        if (options.isEmpty() || running.isPresent()) {
            return;
        }
        Document document = workbench.session().document();
        List<String> names = form.names();
        scores.withRows(rows -> scores.outputName()
                .ifPresentOrElse(
                        output -> start(new Course(
                                document,
                                names,
                                new Goal(output, form.lossKind(), 1, 0, rows.classes()),
                                options.get(),
                                rows)),
                        () -> workbench.complain("Choose which output the targets belong to.")));
    }

    /** Queues a training; one that still waits for the engine gives way. */
    private void start(Course course) {
        latest.ifPresent(waiting -> waiting.asked.set(true));
        latest = Optional.of(course);
        workbench.run("Training", Lane.ENGINE, course::run, trained -> keep(course, trained));
    }

    private void keep(Course course, Trained trained) {
        Graph present = workbench.session().document().graph();
        if (!present.equals(course.document.graph())) {
            note.setText("You have changed the network while it was trained, so nothing was kept.");
            return;
        }
        workbench.apply(trained.edit());
        String why = switch (trained.ending()) {
            case FINISHED -> "All epochs are done";
            case PATIENCE -> "The loss became no better";
            case STOPPED -> "Stopped";
            case NOT_FINITE -> "Ended: " + trained.problem().map(Problem::line).orElse("a number is not finite");
        };
        note.setText(Printable.text(why + "; kept "
                + trained.best().map(TrainTab::told).orElse("the weights of the last step")
                + ". One undo takes them back. " + String.join(" ", course.notices)));
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

    /** One training from the button to its end; runs in the thread of the engine and tells the window. */
    private final class Course implements Listener {
        private final AtomicBoolean asked = new AtomicBoolean();
        private final Document document;
        private final List<String> names;
        private final Goal goal;
        private final Options options;
        private final ScoreTab.Rows rows;
        private final List<String> notices = new ArrayList<>();
        private volatile boolean paused;
        private Progress progress = Progress.NONE;
        private Pace pacer;
        private long before;

        Course(Document document, List<String> names, Goal goal, Options options, ScoreTab.Rows rows) {
            this.document = document;
            this.names = names;
            this.goal = goal;
            this.options = options;
            this.rows = rows;
        }

        Trained run(Progress given) {
            Platform.runLater(() -> {
                curves.clear();
                pause.setOnAction(event -> paused = pause.isSelected());
                show(Optional.of(this));
            });
            progress = (fraction, what) -> {
                if (asked.get()) {
                    throw new Stopped();
                }
                given.at(fraction, what);
            };
            try {
                Rows known = new Rows(
                        Scores.read(document.graph(), rows.inputs(), progress), Map.of(goal.output(), rows.answers()));
                Selection selection = Selection.of(document, names);
                return new Trainer(document, selection, List.of(goal), options)
                        .train(known, Optional.empty(), this, progress);
            } finally {
                Platform.runLater(() -> show(Optional.empty()));
            }
        }

        @Override
        public boolean step(int epoch, long done, long of, Epoch.Score soFar) {
            long all = (epoch - 1) * of + done;
            long total = options.epochs() * of;
            if (pacer == null) {
                pacer = new Pace(System::nanoTime);
                before = all;
            }
            pacer.add(all - before, (double) (all - before) / (total - before))
                    .ifPresent(text -> Platform.runLater(() -> pace.setText(running.isPresent() ? text : "")));
            if (paused) {
                Platform.runLater(() -> pace.setText("Paused."));
                while (paused) {
                    Pause.of(50, "Paused", progress);
                }
                pacer = null;
            }
            return true;
        }

        @Override
        public void epoch(Epoch epoch) {
            Platform.runLater(() -> {
                curves.add(epoch);
                note.setText("Trained " + told(epoch) + ".");
            });
        }

        @Override
        public void notice(String sentence) {
            Platform.runLater(() -> {
                notices.add(sentence);
                note.setText(Printable.text(sentence));
            });
        }
    }
}
