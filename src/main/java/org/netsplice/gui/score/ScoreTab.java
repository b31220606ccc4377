package org.netsplice.gui.score;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.netsplice.bench.Foreseen;
import org.netsplice.bench.Scoreboard;
import org.netsplice.container.AtomicFile;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Output;
import org.netsplice.graph.Shape;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.result.ChosenData;
import org.netsplice.gui.result.PredictTab;
import org.netsplice.gui.widget.Picker;
import org.netsplice.predict.Answers;
import org.netsplice.problem.Printable;
import org.netsplice.work.Lane;

/** The Scoreboard: targets for the data that is chosen under Predictions, and how good the document and its parts are on them. */
public final class ScoreTab extends VBox {
    private static final Picker.Kind TARGETS = Picker.Kind.of("Targets", "*.csv", "*.npy", "*.npz");
    private static final String ALL_OUTPUTS = "every output";
    private static final int SAMPLES = 1000;

    private final Workbench workbench;
    private final Session session;
    private final PredictTab predictions;
    /** Whether the chosen targets were only offered; a column of a table that is chosen later is more likely meant. */
    private boolean fromEarlier;

    private Consumer<Path> onTargets = path -> {};
    private final ComboBox<Targets> targets = new ComboBox<>();
    private final ComboBox<String> output = new ComboBox<>();
    private final CheckBox intervals = new CheckBox("95 % intervals");
    private final Button save = new Button("Save…");
    private final Label note = new Label("Choose what is right for each row, then press Score.");
    private final ScoreViews views;
    private Graph scored = Graph.EMPTY;
    private Optional<Scores> scores = Optional.empty();

    /** Scores the document of a workbench on the data that is chosen for predictions. */
    public ScoreTab(Workbench workbench, PredictTab predictions) {
        super(6);
        this.workbench = workbench;
        this.session = workbench.session();
        this.predictions = predictions;
        this.views = new ScoreViews(workbench);
        setId("scoreboard");
        setPadding(new Insets(8));
        note.setId("score-note");
        note.setWrapText(true);
        note.setMinHeight(Region.USE_PREF_SIZE);
        VBox.setVgrow(views, Priority.ALWAYS);
        getChildren().addAll(bar(), note, views);
        predictions.classes().onChange(this::foresee);
        predictions.onData(this::refreshChoices);
        session.onChange(this::refresh);
        refresh();
    }

    private FlowPane bar() {
        targets.setId("targets");
        targets.setAccessibleText("Targets");
        targets.setPromptText("none chosen");
        targets.setPrefWidth(Region.USE_COMPUTED_SIZE);
        targets.valueProperty().addListener((any, old, now) -> foresee());
        Button file = new Button("File…");
        file.setId("target-file");
        file.setTooltip(new Tooltip("A table or an array with a target for each row"));
        file.setOnAction(event -> pickTargets());
        output.setId("score-output");
        output.setAccessibleText("Output");
        output.valueProperty().addListener((any, old, now) -> foresee());
        intervals.setId("intervals");
        intervals.setTooltip(
                new Tooltip("Draws the rows " + SAMPLES + " times (bootstrap) and tells where 95 % of the values are"));
        Button score = new Button("Score");
        score.setId("score");
        score.getStyleClass().add("accent");
        score.setOnAction(event -> score());
        save.setId("save-scores");
        save.setDisable(true);
        save.setOnAction(event -> save());
        Label label = new Label("Targets");
        FlowPane bar = new FlowPane(8, 6, label, targets, file, output, intervals, score, views.switches(), save);
        for (Region part : List.of(label, file, intervals, score, save)) {
            part.setMinWidth(Region.USE_PREF_SIZE);
        }
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.setMinHeight(Region.USE_PREF_SIZE);
        return bar;
    }

    /**
     * Another choice of the targets and the output they belong to, which always agrees with this one.
     *
     * @param prefix what the names of its parts begin with
     */
    List<Node> targetChoice(String prefix) {
        ComboBox<Targets> same = new ComboBox<>(targets.getItems());
        same.valueProperty().bindBidirectional(targets.valueProperty());
        same.setId(prefix + "targets");
        same.setAccessibleText("Targets");
        same.setPromptText("none chosen");
        Button file = new Button("File…");
        file.setId(prefix + "target-file");
        file.setMinWidth(Region.USE_PREF_SIZE);
        file.setOnAction(event -> pickTargets());
        ComboBox<String> of = new ComboBox<>(output.getItems());
        of.valueProperty().bindBidirectional(output.valueProperty());
        of.setId(prefix + "output");
        of.setAccessibleText("Output");
        of.visibleProperty().bind(output.visibleProperty());
        of.managedProperty().bind(output.managedProperty());
        Label label = new Label("Targets");
        label.setMinWidth(Region.USE_PREF_SIZE);
        return List.of(label, same, file, of);
    }

    private void pickTargets() {
        workbench
                .picker()
                .open("What is right for each row", TARGETS, Picker.Kind.ALL)
                .ifPresent(this::chooseTargets);
    }

    /** What happens when a file of targets has been right for the rows. */
    public void onTargets(Consumer<Path> handler) {
        onTargets = handler;
    }

    private void refresh() {
        Graph graph = session.document().graph();
        List<String> names =
                new ArrayList<>(graph.outputs().stream().map(graph::outputName).toList());
        if (names.size() > 1) {
            names.add(0, ALL_OUTPUTS);
        }
        if (!output.getItems().equals(names)) {
            Optional<String> before = Optional.ofNullable(output.getValue())
                    .filter(name -> output.getItems().size() > 1 && names.contains(name));
            output.getItems().setAll(names);
            output.setValue(before.orElse(names.isEmpty() ? null : names.get(0)));
        }
        output.setVisible(names.size() > 1);
        output.setManaged(names.size() > 1);
        if (scores.isPresent() && !graph.equals(scored)) {
            note.setText("You have changed the document since these scores.");
        }
    }

    /** Offers the columns of the tables that are chosen for inputs, beside the file that was chosen. */
    private void refreshChoices() {
        List<Targets> offered = new ArrayList<>();
        Targets before = targets.getValue();
        for (Map.Entry<Path, List<String>> table : predictions.tables().entrySet()) {
            List<String> columns = table.getValue();
            for (int i = columns.size() - 1; i >= 0; i--) {
                offered.add(new Targets(table.getKey(), Optional.of(columns.get(i))));
            }
        }
        if (before != null && before.column().isEmpty()) {
            offered.add(0, before);
        }
        if (!targets.getItems().equals(offered)) {
            targets.getItems().setAll(offered);
            Targets likely = likely(offered);
            boolean keep = offered.contains(before) && (likely == null || !fromEarlier);
            targets.setValue(keep ? before : likely);
        }
    }

    /** A column that no input reads, the last one first; nothing when all columns are data. */
    private Targets likely(List<Targets> offered) {
        return offered.stream()
                .filter(one -> one.column().isPresent()
                        && predictions.unread(one.file(), one.column().get()))
                .findFirst()
                .orElse(null);
    }

    /** Takes a file of targets. */
    void chooseTargets(Path file) {
        Targets chosen = new Targets(file, Optional.empty());
        targets.getItems().remove(chosen);
        targets.getItems().add(0, chosen);
        targets.setValue(chosen);
        fromEarlier = false;
    }

    /** Offers a file of targets where none are chosen. */
    public void offer(Path file) {
        if (targets.getValue() == null) {
            chooseTargets(file);
            fromEarlier = true;
        }
    }

    /** Tells which metrics apply before anything is computed. */
    private void foresee() {
        Targets chosen = targets.getValue();
        Graph graph = session.document().graph();
        Optional<Output> first = outputChosen(graph);
        if (chosen == null || first.isEmpty()) {
            return;
        }
        Optional<Shape> shape = session.report()
                .spec(first.get().port())
                .map(spec -> spec.shape())
                .filter(Shape::knownButBatch);
        if (shape.isEmpty()) {
            return;
        }
        boolean probable = probable(graph, graph.node(first.get().port().node()));
        List<String> classes = predictions.classes().names();
        workbench.run(
                "Reading the targets",
                Lane.FILES,
                progress -> Foreseen.of(chosen.read(), classes, shape.get(), probable),
                foreseen -> {
                    if (scores.isEmpty() || !graph.equals(scored)) {
                        note.setText(Printable.text(foreseen.text()) + ".");
                    }
                });
    }

    private Optional<Output> outputChosen(Graph graph) {
        return graph.outputs().stream()
                .filter(one -> output.getValue() == null
                        || output.getValue().equals(ALL_OUTPUTS)
                        || graph.outputName(one).equals(output.getValue()))
                .findFirst();
    }

    /** Whether a layer gives values between 0 and 1: by a sigmoid, or because it keeps those of its inputs. */
    private static boolean probable(Graph graph, org.netsplice.graph.Node node) {
        if (node.layer().traits().contains(Layer.Trait.KEEPS_PROBABILITIES)
                && !node.inputs().isEmpty()) {
            return probable(graph, graph.node(node.inputs().get(0).node()));
        }
        return node.layer().traits().contains(Layer.Trait.PROBABILITIES)
                || node.layer().activationText().equals("sigmoid");
    }

    /** The output the targets belong to; empty when the document has several and none is chosen. */
    Optional<String> outputName() {
        Graph graph = session.document().graph();
        return graph.outputs().size() == 1
                ? Optional.of(graph.outputName(graph.outputs().get(0)))
                : Optional.ofNullable(output.getValue()).filter(name -> !name.equals(ALL_OUTPUTS));
    }

    /** Hands on the data and the targets that are chosen; says what is missing instead. */
    void withRows(Consumer<Rows> then) {
        Graph graph = session.document().graph();
        predictions.withData(
                graph.inputs().stream().map(id -> graph.node(id).name()).toList(), data -> {
                    if (targets.getValue() == null) {
                        workbench.complain("Choose what is right for each row: a column of the table, or a file.");
                        return;
                    }
                    then.accept(new Rows(
                            data, targets.getValue(), predictions.classes().names()));
                });
    }

    /**
     * Rows whose targets are known.
     *
     * @param classes names of the classes; may be empty
     */
    record Rows(ChosenData data, Targets targets, List<String> classes) {
        /** The data without the column of the targets. */
        ChosenData inputs() {
            return targets.column().map(data::without).orElse(data);
        }

        Answers answers() {
            return targets.read();
        }
    }

    /** Evaluates the document and shows the scores. */
    void score() {
        Graph graph = session.document().graph();
        boolean all = output.getValue() == null || output.getValue().equals(ALL_OUTPUTS);
        Optional<String> chosen =
                all || graph.outputs().size() == 1 ? Optional.empty() : Optional.of(output.getValue());
        withRows(rows -> {
            Scores.Order order =
                    new Scores.Order(session.document(), rows, chosen, intervals.isSelected() ? SAMPLES : 0);
            workbench.run("Scoring", Lane.ENGINE, progress -> Scores.of(order, progress), found -> {
                show(found, graph);
                if (rows.targets().column().isEmpty()) {
                    onTargets.accept(rows.targets().file());
                }
            });
        });
    }

    private void show(Scores found, Graph graph) {
        scores = Optional.of(found);
        scored = graph;
        save.setDisable(false);
        note.setText(String.join(" ", new Scoreboard(found.evaluation()).summary()));
        views.show(found);
    }

    /** Says something about the scores. */
    void tell(String text) {
        note.setText(text);
    }

    private void save() {
        Scoreboard board = new Scoreboard(scores.orElseThrow().evaluation());
        workbench
                .picker()
                .save(
                        "Save the scores",
                        "scores.html",
                        Picker.Kind.of("Page", "*.html"),
                        Picker.Kind.of("CSV", "*.csv"),
                        Picker.Kind.of("Markdown", "*.md"),
                        Picker.Kind.of("JSON", "*.json"))
                .ifPresent(path -> workbench.run(
                        "Saving " + path.getFileName(),
                        Lane.FILES,
                        progress -> {
                            String text = board.forFile(String.valueOf(path.getFileName()));
                            AtomicFile.write(path, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
                            return path;
                        },
                        done -> workbench.announce("Saved " + Printable.name(String.valueOf(done.getFileName())))));
    }
}
