package org.netsplice.gui.inside;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory.IntegerSpinnerValueFactory;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.netsplice.editor.session.Session;
import org.netsplice.export.Raster;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Tensor;
import org.netsplice.gui.Sentences;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.result.PredictTab;
import org.netsplice.gui.result.PredictedRows;
import org.netsplice.gui.result.ResultTabs;
import org.netsplice.gui.widget.Picker;
import org.netsplice.gui.widget.Tasks;
import org.netsplice.inside.ValuePicture;
import org.netsplice.predict.Outputs;
import org.netsplice.problem.Printable;
import org.netsplice.work.Lane;

/**
 * What the selected layer gives for one of the predicted rows. It is computed only while the tab is in front, one layer at a time, and
 * again after every edit, so that what is seen is never of an earlier network.
 */
public final class ValuesTab extends BorderPane {
    /** Saved pictures are at least this wide, in pixels. */
    private static final int SAVED_WIDTH = 512;

    private final Workbench workbench;
    private final Session session;
    private final PredictTab predictions;
    private final Tasks tasks;
    private final Label title = new Label();
    private final Label message = new Label();
    private final IntegerSpinnerValueFactory numbers = new IntegerSpinnerValueFactory(1, 1);
    private final Spinner<Integer> row = new Spinner<>(numbers);
    private final Label rowName = new Label();
    private final ComboBox<String> output = new ComboBox<>();
    private final FlowPane bar;
    private final NumbersView numbersView = new NumbersView();
    private final MapsView mapsView = new MapsView();
    private final LinesView linesView = new LinesView();
    private final ToggleButton lines = new ToggleButton("As lines");
    private final HBox body = new HBox(12, numbersView, mapsView);
    private Optional<LayerValues> shown = Optional.empty();
    private boolean front;
    private boolean filling;

    /** Looks into the document of a workbench, at the rows that were predicted. */
    public ValuesTab(Workbench workbench, PredictTab predictions) {
        this.workbench = workbench;
        this.session = workbench.session();
        this.predictions = predictions;
        this.tasks = new Tasks(this::failed);
        setId("values");
        setPadding(new Insets(8));
        title.setId("values-title");
        title.setStyle("-fx-font-weight: bold;");
        message.setId("values-message");
        message.setWrapText(true);
        row.setId("values-row");
        row.setEditable(true);
        row.setPrefWidth(90);
        row.getEditor().setAccessibleText("Row");
        row.valueProperty().addListener((any, old, now) -> {
            if (!filling && now != null) {
                predictions.look(now - 1);
            }
        });
        output.setId("values-output");
        output.setAccessibleText("Output of the layer");
        output.getSelectionModel().selectedIndexProperty().addListener((any, old, now) -> {
            if (!filling) {
                shown.ifPresent(this::fill);
            }
        });
        bar = new FlowPane(
                10,
                6,
                title,
                new Label("Row"),
                row,
                rowName,
                output,
                lines,
                button("save-values", "Save numbers…", this::saveNumbers),
                button("save-values-picture", "Save picture…", this::savePicture),
                tasks);
        bar.setRowValignment(javafx.geometry.VPos.CENTER);
        bar.setPadding(new Insets(0, 0, 8, 0));
        HBox.setHgrow(mapsView, Priority.ALWAYS);
        HBox.setHgrow(linesView, Priority.ALWAYS);
        prepareLines();
        BorderPane.setAlignment(message, Pos.TOP_LEFT);
        session.onChange(this::refresh);
        predictions.onRow(this::refresh);
    }

    private void prepareLines() {
        lines.setId("values-as-lines");
        lines.setMinWidth(USE_PREF_SIZE);
        lines.setTooltip(new Tooltip("The sequence over its steps instead of as a picture"));
        lines.setOnAction(event -> shown.ifPresent(this::fill));
    }

    private static Button button(String id, String text, Runnable action) {
        Button button = new Button(text);
        button.setId(id);
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(event -> action.run());
        return button;
    }

    /** Adds this tab to others. */
    public void addTo(ResultTabs tabs) {
        tabs.add("Values", "Values", this).addListener((any, old, now) -> {
            front = now;
            refresh();
        });
    }

    private Optional<LayerValues.Wanted> wanted() {
        Set<NodeId> selection = session.selection();
        return selection.size() != 1
                ? Optional.empty()
                : predictions
                        .rows()
                        .map(rows -> new LayerValues.Wanted(
                                session.document(), selection.iterator().next(), rows));
    }

    private void refresh() {
        if (!front || tasks.busy()) {
            return;
        }
        Optional<LayerValues.Wanted> wanted = wanted();
        if (wanted.isEmpty()) {
            shown = Optional.empty();
            showMessage(
                    predictions.rows().isEmpty()
                            ? "Predict first. Then select a layer to see what it gives for a row."
                            : "Select one layer to see what it gives for a row.");
        } else if (shown.isEmpty() || !shown.get().wanted().isSame(wanted.get())) {
            compute(wanted.get());
        }
    }

    private void compute(LayerValues.Wanted wanted) {
        Optional<LayerValues> known = shown;
        tasks.run(
                "Computing " + Printable.name(wanted.layer().name()),
                Lane.ENGINE,
                progress -> LayerValues.of(wanted, known, progress),
                values -> {
                    shown = Optional.of(values);
                    show(values);
                    refresh();
                });
    }

    private void failed(Throwable problem) {
        shown = Optional.empty();
        showMessage(Sentences.of(problem));
    }

    private void showMessage(String text) {
        message.setText(text);
        setTop(tasks.busy() ? tasks : null);
        setCenter(message);
    }

    private void show(LayerValues values) {
        PredictedRows rows = values.wanted().rows();
        filling = true;
        numbers.setMax(rows.count());
        numbers.setValue(rows.row() + 1);
        rowName.setText(rows.name());
        int chosen = Math.max(0, output.getSelectionModel().getSelectedIndex());
        output.getItems()
                .setAll(IntStream.range(0, values.outputs().size())
                        .mapToObj(values::name)
                        .toList());
        output.getSelectionModel().select(Math.min(chosen, values.outputs().size() - 1));
        output.setVisible(values.outputs().size() > 1);
        output.setManaged(values.outputs().size() > 1);
        filling = false;
        fill(values);
        setTop(bar);
        setCenter(body);
    }

    private void fill(LayerValues values) {
        Tensor tensor = tensor(values);
        title.setText(Printable.name(values.wanted().layer().name()) + "   " + tensor.shape() + " "
                + tensor.dtype().text());
        numbersView.show(tensor);
        mapsView.show(values.maps(index()));
        boolean sequence = LinesView.fits(tensor);
        lines.setVisible(sequence);
        lines.setManaged(sequence);
        boolean plotted = sequence && lines.isSelected();
        if (plotted) {
            linesView.show(tensor);
        }
        body.getChildren().setAll(numbersView, plotted ? linesView : mapsView);
    }

    private int index() {
        return Math.max(0, output.getSelectionModel().getSelectedIndex());
    }

    private Tensor tensor(LayerValues values) {
        return values.outputs().get(index());
    }

    private void saveNumbers() {
        shown.ifPresent(values -> save(
                "Save numbers",
                values.wanted().layer().name() + ".npy",
                Picker.Kind.of("NumPy", "*.npy"),
                file -> Outputs.write(Map.of(values.wanted().layer().name(), tensor(values)), file)));
    }

    private void savePicture() {
        Raster raster = body.getChildren().contains(linesView)
                ? linesView.raster()
                : ValuePicture.enlarged(mapsView.raster(), SAVED_WIDTH);
        shown.ifPresent(values -> save(
                "Save picture",
                values.wanted().layer().name() + ".png",
                Picker.Kind.of("PNG", "*.png"),
                file -> raster.write(file)));
    }

    private void save(String what, String suggestion, Picker.Kind kind, java.util.function.Consumer<Path> writing) {
        workbench
                .picker()
                .save(what, suggestion.replaceAll("[^\\w.-]", "_"), kind)
                .ifPresent(file -> workbench.run(
                        what,
                        Lane.FILES,
                        progress -> {
                            writing.accept(file);
                            return file;
                        },
                        done -> workbench.announce("Saved " + Printable.name(String.valueOf(done.getFileName())))));
    }
}
