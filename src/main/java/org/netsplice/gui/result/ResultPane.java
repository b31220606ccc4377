package org.netsplice.gui.result;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.netsplice.bench.Members;
import org.netsplice.edit.Document;
import org.netsplice.graph.Tensor;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.widget.Picker;
import org.netsplice.gui.widget.TableText;
import org.netsplice.predict.Outputs;
import org.netsplice.problem.Printable;
import org.netsplice.work.Lane;

/** What was predicted: a table for each output, how long it took, and buttons that copy and save it. */
final class ResultPane extends VBox {
    /** Rows computed together. */
    private static final int BATCH = 32;

    private final Workbench workbench;
    private final ClassNames classes;
    private final Label status = new Label("No predictions yet.");
    private final Button copy = new Button("Copy");
    private final Button save = new Button("Save…");
    private final ToggleButton disagreeing = new ToggleButton("Disagreements");
    private final Button classMap = new Button("Grad-CAM…");
    private final StackPane place = new StackPane();
    private final List<OutputTable> tables = new ArrayList<>();
    private Optional<Predicted> shown = Optional.empty();
    private Map<String, Tensor> opinions = Map.of();
    private final List<Runnable> listeners = new ArrayList<>();
    private int front;
    private int row;

    /**
     * Predictions, and the data they are of.
     *
     * @param document that predicted
     * @param outputs by name, in order
     * @param data by the name of the input
     * @param names of the rows; may be empty
     * @param engine which engine computed, and why; may be empty
     */
    record Predicted(
            Document document,
            Map<String, Tensor> outputs,
            Map<String, Tensor> data,
            List<String> names,
            long millis,
            String engine) {
        long rows() {
            return outputs.values().iterator().next().shape().size(0);
        }

        /** The first input whose rows are pictures, one for each row of an output. */
        Optional<Tensor> pictures(Tensor output) {
            return data.values().stream()
                    .filter(Thumbnail::shows)
                    .filter(tensor -> tensor.shape().size(0) == output.shape().size(0))
                    .findFirst();
        }

        OutputTable.RowsOf about(Tensor output) {
            return new OutputTable.RowsOf(names.size() == output.shape().size(0) ? names : List.of(), pictures(output));
        }
    }

    ResultPane(Workbench workbench, ClassNames classes) {
        super(6);
        this.workbench = workbench;
        this.classes = classes;
        status.setId("prediction-status");
        HBox.setHgrow(status, Priority.ALWAYS);
        status.setMaxWidth(Double.MAX_VALUE);
        status.setWrapText(true);
        status.setMinHeight(Region.USE_PREF_SIZE);
        copy.setId("copy-predictions");
        copy.setOnAction(event -> TableText.copy(tables.get(front).table()));
        save.setId("save-predictions");
        save.setOnAction(event -> save());
        for (Button button : List.of(copy, save)) {
            button.setDisable(true);
            button.setMinWidth(Region.USE_PREF_SIZE);
        }
        disagreeing.setId("disagreements");
        disagreeing.setMinWidth(Region.USE_PREF_SIZE);
        disagreeing.setTooltip(new Tooltip(
                "Only rows for which the outputs, or the networks that are joined, name different classes"));
        disagreeing.setOnAction(event -> disagree());
        classMap.setId("grad-cam");
        classMap.setMinWidth(Region.USE_PREF_SIZE);
        classMap.setTooltip(new Tooltip("Where in the picture of the selected row the network sees a class"));
        classMap.setOnAction(event -> ClassMapView.show(workbench, shown.orElseThrow(), classes.names(), row));
        offer(disagreeing, false);
        offer(classMap, false);
        HBox bar = new HBox(8, status, disagreeing, classMap, copy, save);
        bar.setAlignment(Pos.CENTER_LEFT);
        TableView<Integer> nothing = new TableView<>();
        nothing.setId("predictions");
        nothing.setAccessibleText("Predictions");
        Label hint = new Label("Choose a file for every input, then press Predict.");
        hint.setWrapText(true);
        nothing.setPlaceholder(hint);
        place.getChildren().setAll(nothing);
        VBox.setVgrow(place, Priority.ALWAYS);
        getChildren().addAll(bar, place);
        getStyleClass().add("results");
        setPadding(new Insets(8));
        classes.onChange(this::showTables);
    }

    /** The predictions shown, by output. */
    Map<String, Tensor> outputs() {
        return shown.map(Predicted::outputs).orElse(Map.of());
    }

    /** The rows that were predicted, and the one that is looked at; empty without a prediction of at least one row. */
    Optional<PredictedRows> rows() {
        return shown.filter(predicted -> predicted.rows() > 0)
                .map(predicted -> new PredictedRows(predicted.data(), predicted.names(), row));
    }

    /** Looks at a row, counted from 0. */
    void look(int wanted) {
        if (shown.isPresent() && wanted >= 0 && wanted < shown.get().rows() && wanted != row) {
            row = wanted;
            tables.forEach(table -> table.select(row));
            listeners.forEach(Runnable::run);
        }
    }

    /** Adds what is run after a prediction, and after another row is looked at. */
    void onRow(Runnable listener) {
        listeners.add(listener);
    }

    /** Says that the document has changed since the predictions were made. */
    void age() {
        if (shown.isPresent()) {
            status.setText("You have changed the document since these predictions.");
        }
    }

    /** Shows predictions. */
    void show(Predicted predicted) {
        shown = Optional.of(predicted);
        front = 0;
        row = 0;
        boolean finite = predicted.outputs().values().stream().allMatch(Tensor::finite);
        status.setText(String.format(
                Locale.ROOT,
                "%s: %,d %s in %,d ms%s",
                Printable.name(String.join(", ", predicted.outputs().keySet())),
                predicted.rows(),
                predicted.rows() == 1 ? "row" : "rows",
                predicted.millis(),
                finite ? "" : "; some values are infinite or not a number"));
        String engine = Printable.text(predicted.engine());
        status.setTooltip(engine.isEmpty() ? null : new Tooltip("Computed by " + engine + "."));
        status.setAccessibleHelp(engine.isEmpty() ? null : "Computed by " + engine + ".");
        copy.setDisable(false);
        save.setDisable(false);
        disagreeing.setSelected(false);
        List<RowClasses> classed = classes(predicted);
        boolean several = classed.stream()
                .anyMatch(one ->
                        Opinions.like(one, predicted.outputs(), classes.names()).several());
        opinions = several ? predicted.outputs() : Map.of();
        offer(classMap, ClassMapView.fits(predicted));
        offer(
                disagreeing,
                several
                        || (!classed.isEmpty()
                                && Members.of(predicted.document()).size() > 1));
        showTables();
        listeners.forEach(Runnable::run);
    }

    private List<RowClasses> classes(Predicted predicted) {
        return predicted.outputs().values().stream()
                .flatMap(values -> RowClasses.of(values, classes.names()).stream())
                .toList();
    }

    private static void offer(Node button, boolean useful) {
        button.setVisible(useful);
        button.setManaged(useful);
    }

    /** Shows the rows that are predicted differently, or all again; networks that are joined are asked the first time. */
    private void disagree() {
        Predicted predicted = shown.orElseThrow();
        if (!disagreeing.isSelected() || !opinions.isEmpty()) {
            showTables();
            return;
        }
        disagreeing.setSelected(false);
        workbench.run(
                "Asking each network",
                Lane.ENGINE,
                progress -> Members.predict(predicted.document(), predicted.data(), BATCH, progress),
                said -> {
                    if (shown.filter(predicted::equals).isPresent()) {
                        showOpinions(predicted, said);
                    }
                });
    }

    private void showOpinions(Predicted predicted, Map<String, Tensor> said) {
        boolean comparable = classes(predicted).stream()
                .anyMatch(one -> Opinions.like(one, said, classes.names()).several());
        if (comparable) {
            opinions = said;
            disagreeing.setSelected(true);
            showTables();
        } else {
            workbench.complain("The networks that are joined give features here, not classes that could differ.");
        }
    }

    private void showTables() {
        if (shown.isEmpty()) {
            return;
        }
        Predicted predicted = shown.get();
        tables.clear();
        predicted.outputs().forEach((name, values) -> {
            OutputTable table = new OutputTable(values, predicted.about(values), classes.names());
            table.select(row);
            table.onRow(this::look);
            tables.add(table);
        });
        if (disagreeing.isSelected()) {
            tables.forEach(table -> table.showDisagreeing(opinions));
        }
        place.getChildren()
                .setAll(
                        tables.size() == 1
                                ? tables.get(0)
                                : tabs(List.copyOf(predicted.outputs().keySet())));
    }

    private Node tabs(List<String> names) {
        TabPane tabs = new TabPane();
        tabs.setId("outputs");
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        for (int i = 0; i < names.size(); i++) {
            tabs.getTabs().add(new Tab(Printable.name(names.get(i)), tables.get(i)));
        }
        tabs.getSelectionModel().select(front);
        tabs.getSelectionModel().selectedIndexProperty().addListener((any, old, now) -> front = now.intValue());
        return tabs;
    }

    private void save() {
        Predicted predicted = shown.orElseThrow();
        Map<String, Tensor> present = predicted.outputs();
        Map<String, List<String>> texts = new java.util.LinkedHashMap<>();
        if (predicted.names().size() == predicted.rows()) {
            texts.put("file", predicted.names());
        }
        if (tables.size() == 1 && !tables.get(0).classesOfRows().isEmpty()) {
            texts.put("class", tables.get(0).classesOfRows());
        }
        Optional<Path> path = workbench
                .picker()
                .save(
                        "Save predictions",
                        present.size() == 1 ? "predictions.csv" : "predictions.npz",
                        Picker.Kind.of("CSV", "*.csv"),
                        Picker.Kind.of("NumPy", "*.npy", "*.npz"));
        path.ifPresent(file -> workbench.run(
                "Saving " + file.getFileName(),
                Lane.FILES,
                progress -> {
                    Outputs.write(present, texts, file);
                    return file;
                },
                done -> status.setText("Saved " + PredictTab.called(done))));
    }
}
