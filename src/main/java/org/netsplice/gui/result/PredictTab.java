package org.netsplice.gui.result;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.binding.Bindings;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.editor.DataFiles;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Tensor;
import org.netsplice.gui.Workbench;
import org.netsplice.predict.ImageReading;
import org.netsplice.predict.Inputs;
import org.netsplice.problem.Printable;
import org.netsplice.work.Lane;

/** A file for every input, the Predict button and the tables of results, side by side where there is room. */
public final class PredictTab extends ScrollPane {
    /** The results stand beside the inputs in at least this width, in font sizes. */
    private static final double BESIDE = 38;
    /** Without room beside them, the inputs have at most this height, in font sizes; more of them scroll. */
    private static final double ABOVE = 16;

    private static final String WRONG_FACTOR = "The factor for pixels must be a number such as 1 or 1/255.";

    private final SplitPane halves = new SplitPane();
    private final Session session;
    private final Workbench workbench;
    private final Compiling compiling;
    private final DataFiles remembered;
    private final InputRows inputRows;
    private final ResultPane results;
    private final ClassNames classes;
    private final CheckBox random = new CheckBox("Random numbers");
    private final TextField scale = new TextField("1/255");
    private final HBox pixels = new HBox(6);
    private final Label note = new Label();
    private final List<Runnable> listeners = new ArrayList<>();
    private final Set<Path> models = new LinkedHashSet<>();
    private Graph shown = Graph.EMPTY;

    /** Predicts with the document of a workbench; {@code remembered} knows the data of models from earlier times. */
    public PredictTab(Workbench workbench, Compiling compiling, DataFiles remembered) {
        this.workbench = workbench;
        this.session = workbench.session();
        this.compiling = compiling;
        this.remembered = remembered;
        this.classes = new ClassNames(workbench);
        this.inputRows = new InputRows(workbench, this::images, this::showNote);
        this.results = new ResultPane(workbench, classes);
        VBox inputs = inputPane();
        halves.getItems().addAll(inputs, results);
        halves.setDividerPositions(0.42);
        halves.orientationProperty()
                .bind(Bindings.createObjectBinding(
                        () -> getWidth() < BESIDE * note.getFont().getSize()
                                ? Orientation.VERTICAL
                                : Orientation.HORIZONTAL,
                        widthProperty(),
                        note.fontProperty()));
        inputs.minHeightProperty()
                .bind(Bindings.createDoubleBinding(
                        () -> halves.getOrientation() == Orientation.VERTICAL
                                ? Math.min(
                                        inputs.prefHeight(halves.getWidth()),
                                        ABOVE * note.getFont().getSize())
                                : Region.USE_COMPUTED_SIZE,
                        halves.orientationProperty(),
                        halves.widthProperty(),
                        note.fontProperty(),
                        inputRows.heightProperty(),
                        note.heightProperty()));
        setContent(halves);
        setFitToWidth(true);
        setFitToHeight(true);
        getStyleClass().add("plain-scroll");
        session.onChange(this::refresh);
    }

    private VBox inputPane() {
        Button predict = new Button("Predict");
        predict.setId("predict");
        predict.getStyleClass().add("accent");
        predict.setOnAction(event -> predict());
        scale.setPrefColumnCount(6);
        scale.setId("image-scale");
        scale.setAccessibleText("Factor for pixels");
        Label scaleLabel = new Label("Pixels ×");
        scaleLabel.setTooltip(
                new Tooltip(
                        "Pictures are resized to the input's size, and their values from 0 to 255 are multiplied by this factor."));
        random.setId("random");
        predict.setMinWidth(Region.USE_PREF_SIZE);
        scaleLabel.setMinWidth(Region.USE_PREF_SIZE);
        pixels.getChildren().addAll(scaleLabel, scale);
        pixels.setAlignment(Pos.CENTER_LEFT);
        FlowPane run = new FlowPane(10, 6, predict, random, pixels);
        run.setMinHeight(Region.USE_PREF_SIZE);
        classes.setMinHeight(Region.USE_PREF_SIZE);
        ScrollPane scroll = new ScrollPane(inputRows);
        scroll.setFitToWidth(true);
        scroll.setMinHeight(0);
        scroll.getStyleClass().add("plain-scroll");
        scroll.setId("inputs");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        note.setId("image-note");
        note.setWrapText(true);
        note.setMinHeight(Region.USE_PREF_SIZE);
        scale.textProperty().addListener((property, before, now) -> showNote());
        showNote();
        VBox box = new VBox(8, scroll, note, run, classes);
        box.setPadding(new Insets(8));
        new DataDrop(inputRows::take).install(this);
        return box;
    }

    private void refresh() {
        Graph graph = session.document().graph();
        if (graph.equals(shown)) {
            return;
        }
        shown = graph;
        results.age();
        inputRows.show(graph);
    }

    /** Takes the focus to the first input, else to what predicts. */
    void takeFocus() {
        if (!inputRows.takeFocus()) {
            random.requestFocus();
        }
    }

    /** Shows the factor for pixels where an input takes pictures, and says how chosen pictures are read. */
    private void showNote() {
        pixels.setVisible(inputRows.takesPictures());
        pixels.setManaged(inputRows.takesPictures());
        boolean pictures = inputRows.files().values().stream().anyMatch(Inputs::isPicture);
        note.setText(images().map(reading -> reading.text() + ".").orElse(WRONG_FACTOR));
        note.setVisible(pictures);
        note.setManaged(pictures);
        listeners.forEach(Runnable::run);
    }

    private Optional<ImageReading> images() {
        String text = scale.getText().replace(" ", "");
        try {
            String[] parts = text.split("/", 2);
            double value = Double.parseDouble(parts[0]) / (parts.length > 1 ? Double.parseDouble(parts[1]) : 1);
            return Double.isFinite(value) ? Optional.of(new ImageReading(value, 0)) : Optional.empty();
        } catch (NumberFormatException problem) {
            return Optional.empty();
        }
    }

    /**
     * Hands on the data that is chosen for some inputs, as soon as the files were looked at; shows instead what keeps it from being read.
     *
     * @param inputs the names of the inputs that need data
     */
    public void withData(List<String> inputs, java.util.function.Consumer<ChosenData> then) {
        if (inputRows.looking()) {
            workbench.run("Looking at the data", Lane.FILES, progress -> progress, done -> handOn(inputs, then));
        } else {
            handOn(inputs, then);
        }
    }

    private void handOn(List<String> inputs, java.util.function.Consumer<ChosenData> then) {
        Optional<String> obstacle = images().isEmpty() ? Optional.of(WRONG_FACTOR) : inputRows.obstacle(inputs);
        obstacle.ifPresentOrElse(
                workbench::complain,
                () -> then.accept(new ChosenData(
                        inputRows.given().stream()
                                .filter(given -> inputs.contains(given.name()))
                                .toList(),
                        images().orElseThrow())));
    }

    /** Compiles if needed, reads the files, predicts and shows the results. */
    void predict() {
        boolean useRandom = random.isSelected();
        compiling.compile(network -> {
            if (useRandom) {
                run(network, Optional.empty());
            } else {
                withData(
                        network.inputs().stream()
                                .map(CompiledNetwork.Input::name)
                                .toList(),
                        data -> run(network, Optional.of(data)));
            }
        });
    }

    private void run(CompiledNetwork network, Optional<ChosenData> chosen) {
        workbench.run(
                "Predicting",
                Lane.ENGINE,
                progress -> {
                    Map<String, Tensor> data = chosen.isPresent()
                            ? chosen.get().read(network.inputs(), progress)
                            : new Inputs(network.inputs(), ImageReading.UNIT)
                                    .random(8, network.document().seed());
                    Map<String, Tensor> fitted = network.fitted(data);
                    long start = System.nanoTime();
                    Map<String, Tensor> outputs = network.predict(fitted, 32, progress);
                    return new ResultPane.Predicted(
                            network.document(),
                            outputs,
                            fitted,
                            chosen.map(ChosenData::rowNames).orElse(List.of()),
                            (System.nanoTime() - start) / 1_000_000,
                            network.computation().engine());
                },
                predicted -> {
                    results.show(predicted);
                    chosen.ifPresent(this::remember);
                });
    }

    private void remember(ChosenData data) {
        models().forEach(model -> remembered.remember(
                model, data.given().stream().map(Inputs.Given::file).toList()));
    }

    /** The files that the present document and its models were opened from. */
    public Set<Path> models() {
        Set<Path> all = new LinkedHashSet<>(models);
        session.file().ifPresent(all::add);
        return all;
    }

    /** Notes that a model of this document was opened from a file, and offers the data that was used with it before. */
    public void opened(Path model) {
        models.add(model);
        offer(remembered.of(model));
    }

    /** Offers data files to the inputs they fit and that have none. */
    public void offer(List<Path> files) {
        inputRows.offer(files);
    }

    /** Gives data files that were dropped to the inputs they fit. */
    public void take(List<Path> files) {
        inputRows.take(files);
    }

    /** Adds what is run after other files were chosen, or after they were looked at. */
    public void onData(Runnable listener) {
        listeners.add(listener);
    }

    /** Whether no input reads this column of a table. */
    public boolean unread(Path table, String column) {
        return inputRows.unread(table, column);
    }

    /** The columns of each table that is chosen for an input. */
    public Map<Path, List<String>> tables() {
        return inputRows.tables();
    }

    /** The names of the classes. */
    public ClassNames classes() {
        return classes;
    }

    /** The predictions shown, by output. */
    public Map<String, Tensor> results() {
        return new LinkedHashMap<>(results.outputs());
    }

    /** The rows that were predicted last, and the one that is looked at; empty without a prediction of at least one row. */
    public Optional<PredictedRows> rows() {
        return results.rows();
    }

    /** Looks at one of the predicted rows, counted from 0. */
    public void look(int row) {
        results.look(row);
    }

    /** Adds what is run after a prediction, and after another row is looked at. */
    public void onRow(Runnable listener) {
        results.onRow(listener);
    }

    /** Whether a file is chosen for every input. */
    public boolean ready() {
        Map<String, Path> files = inputRows.files();
        return files.size() == session.document().graph().inputs().size()
                && files.values().stream().allMatch(Files::exists);
    }

    /** What a file is called in messages. */
    static String called(Path file) {
        return Printable.name(String.valueOf(file.getFileName()));
    }
}
