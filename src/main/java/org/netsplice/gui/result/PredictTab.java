package org.netsplice.gui.result;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Tensor;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.widget.Picker;
import org.netsplice.predict.ImageReading;
import org.netsplice.predict.Inputs;
import org.netsplice.predict.Outputs;
import org.netsplice.work.Lane;

/** A file for every input, the Predict button and the table of results, side by side where there is room. */
public final class PredictTab extends ScrollPane {
    /** The results stand beside the inputs in at least this width, in font sizes. */
    private static final double BESIDE = 38;

    private static final int MAX_ROWS = 1000;
    private static final int MAX_COLUMNS = 64;
    private static final String WRONG_FACTOR = "The factor for pixels must be a number such as 1 or 1/255.";

    private final SplitPane halves = new SplitPane();
    private final Session session;
    private final Workbench workbench;
    private final Compiling compiling;
    private final InputRows inputRows;
    private final TableView<List<String>> table = new TableView<>();
    private final Label status = new Label("No predictions yet.");
    private final Button save = new Button("Save…");
    private final CheckBox random = new CheckBox("Random numbers");
    private final TextField scale = new TextField("1/255");
    private final HBox pixels = new HBox(6);
    private final Label note = new Label();
    private Map<String, Tensor> results = Map.of();
    private Graph shown = Graph.EMPTY;

    /** Predicts with the document of a workbench. */
    public PredictTab(Workbench workbench, Compiling compiling) {
        this.workbench = workbench;
        this.session = workbench.session();
        this.compiling = compiling;
        this.inputRows = new InputRows(workbench.picker(), this::showNote);
        VBox inputs = inputPane();
        halves.getItems().addAll(inputs, resultPane());
        halves.setDividerPositions(0.4);
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
                                ? inputs.prefHeight(halves.getWidth())
                                : Region.USE_COMPUTED_SIZE,
                        halves.orientationProperty(),
                        halves.widthProperty(),
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
        ScrollPane scroll = new ScrollPane(inputRows);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("plain-scroll");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        note.setId("image-note");
        note.setWrapText(true);
        note.setMinHeight(Region.USE_PREF_SIZE);
        scale.textProperty().addListener((property, before, now) -> showNote());
        showNote();
        VBox box = new VBox(8, scroll, run, note);
        box.setPadding(new Insets(8));
        return box;
    }

    private VBox resultPane() {
        table.setId("predictions");
        table.setAccessibleText("Predictions");
        table.getStyleClass().add("dense");
        Label nothing = new Label("Choose a file for every input, then press Predict.");
        nothing.setWrapText(true);
        table.setPlaceholder(nothing);
        VBox.setVgrow(table, Priority.ALWAYS);
        save.setId("save-predictions");
        save.setDisable(true);
        save.setOnAction(event -> save());
        status.setId("prediction-status");
        HBox.setHgrow(status, Priority.ALWAYS);
        status.setMaxWidth(Double.MAX_VALUE);
        status.setWrapText(true);
        status.setMinHeight(Region.USE_PREF_SIZE);
        save.setMinWidth(Region.USE_PREF_SIZE);
        HBox bar = new HBox(8, status, save);
        bar.setAlignment(Pos.CENTER_LEFT);
        VBox box = new VBox(6, bar, table);
        box.getStyleClass().add("results");
        box.setPadding(new Insets(8));
        return box;
    }

    private void refresh() {
        Graph graph = session.document().graph();
        if (graph.equals(shown)) {
            return;
        }
        shown = graph;
        if (!results.isEmpty()) {
            status.setText("You have changed the document since these predictions.");
        }
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

    /** Compiles if needed, reads the files, predicts and shows the results. */
    void predict() {
        Optional<ImageReading> reading = images();
        if (reading.isEmpty()) {
            workbench.complain(WRONG_FACTOR);
            return;
        }
        Map<String, Path> chosen = inputRows.files();
        boolean useRandom = random.isSelected();
        compiling.compile(network -> workbench.run(
                "Predicting",
                Lane.ENGINE,
                progress -> {
                    Inputs reader = new Inputs(network.inputs(), reading.get());
                    Map<String, Tensor> data = useRandom
                            ? reader.random(8, network.document().seed())
                            : reader.read(given(network, chosen), progress);
                    long start = System.nanoTime();
                    Map<String, Tensor> outputs = network.predict(data, 32, progress);
                    return new Predicted(outputs, (System.nanoTime() - start) / 1_000_000);
                },
                this::show));
    }

    private static List<Inputs.Given> given(CompiledNetwork network, Map<String, Path> chosen) {
        return network.inputs().stream()
                .filter(input -> chosen.containsKey(input.name()))
                .map(input -> new Inputs.Given(input.name(), chosen.get(input.name())))
                .toList();
    }

    private record Predicted(Map<String, Tensor> outputs, long millis) {}

    private void show(Predicted predicted) {
        results = predicted.outputs();
        save.setDisable(false);
        long rows = results.values().iterator().next().shape().size(0);
        boolean finite = results.values().stream().allMatch(Tensor::finite);
        status.setText(String.format(
                Locale.ROOT,
                "%s: %d %s in %d ms%s%s",
                String.join(", ", results.keySet()),
                rows,
                rows == 1 ? "row" : "rows",
                predicted.millis(),
                rows > MAX_ROWS ? "; the first " + MAX_ROWS + " are shown" : "",
                finite ? "" : "; some values are infinite or not a number"));
        table.getColumns().clear();
        List<String> columns = new ArrayList<>(List.of("row"));
        results.forEach((name, tensor) -> {
            String shown = results.size() == 1 ? "" : name;
            columns.addAll(
                    Outputs.columns(shown, tensor).stream().limit(MAX_COLUMNS).toList());
        });
        for (int i = 0; i < columns.size(); i++) {
            int index = i;
            TableColumn<List<String>, String> column = new TableColumn<>(columns.get(i));
            column.setCellValueFactory(
                    cell -> new ReadOnlyStringWrapper(cell.getValue().get(index)));
            column.setSortable(false);
            table.getColumns().add(column);
        }
        table.setItems(FXCollections.observableArrayList(cells(rows)));
    }

    private List<List<String>> cells(long rows) {
        List<List<String>> cells = new ArrayList<>();
        for (int row = 0; row < Math.min(rows, MAX_ROWS); row++) {
            List<String> line = new ArrayList<>(List.of(Integer.toString(row + 1)));
            for (Tensor tensor : results.values()) {
                int width = (int) (tensor.length() / rows);
                for (int column = 0; column < Math.min(width, MAX_COLUMNS); column++) {
                    line.add(String.format(Locale.ROOT, "%.6f", tensor.at(row * width + column)));
                }
            }
            cells.add(line);
        }
        return cells;
    }

    /** The predictions shown, by output. */
    public Map<String, Tensor> results() {
        return results;
    }

    private void save() {
        Map<String, Tensor> present = results;
        workbench
                .picker()
                .save(
                        "Save predictions",
                        present.size() == 1 ? "predictions.npy" : "predictions.npz",
                        Picker.Kind.of("NumPy", "*.npy", "*.npz"),
                        Picker.Kind.of("CSV", "*.csv"))
                .ifPresent(path -> workbench.run(
                        "Saving " + path.getFileName(),
                        Lane.FILES,
                        progress -> {
                            Outputs.write(present, path);
                            return path;
                        },
                        done -> status.setText("Saved " + done.getFileName())));
    }

    /** Whether a file is chosen for every input. */
    public boolean ready() {
        Map<String, Path> files = inputRows.files();
        return files.size() == session.document().graph().inputs().size()
                && files.values().stream().allMatch(Files::exists);
    }
}
