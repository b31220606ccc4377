package org.netsplice.gui.form;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.geometry.Insets;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonType;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.stage.Modality;
import org.netsplice.diagram.Theme;
import org.netsplice.editor.TensorStatistics;
import org.netsplice.format.WeightArrays;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightSpec;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.widget.FxSurface;
import org.netsplice.gui.widget.Picker;
import org.netsplice.work.Lane;

/** The weights of a layer: their statistics, a histogram and a heat map; they can be copied and saved. */
final class WeightsView {
    private static final double WIDTH = 460;
    private static final double BARS = 110;
    private static final double MAP = 230;
    private static final int MAX_COPIED = 100_000;

    /** The weights of a layer: one tensor for each spec. */
    record Shown(String layer, List<WeightSpec> specs, List<Tensor> tensors) {}

    private final String layer;
    private final List<WeightSpec> specs;
    private final List<Tensor> tensors;
    private final Workbench workbench;
    private final Theme theme;
    private final ComboBox<String> choice = new ComboBox<>();
    private final Label facts = new Label();
    private final Canvas histogram = new Canvas(WIDTH, BARS);
    private final Canvas map = new Canvas(WIDTH, MAP);
    private final Label note = new Label();

    WeightsView(Shown shown, Workbench workbench) {
        this.layer = shown.layer();
        this.specs = shown.specs();
        this.tensors = shown.tensors();
        this.workbench = workbench;
        this.theme = workbench.theme();
    }

    void show() {
        specs.forEach(spec -> choice.getItems().add(spec.title() + "  " + spec.shape()));
        choice.setId("weights-tensor");
        choice.setAccessibleText("Which weights");
        choice.getSelectionModel().selectedIndexProperty().addListener((any, old, now) -> look());
        facts.setId("weights-facts");
        facts.setText("\n");
        note.setText("\n\n\n");
        for (Label text : List.of(facts, note)) {
            text.setWrapText(true);
            text.setPrefWidth(WIDTH);
            text.setMinHeight(Region.USE_PREF_SIZE);
        }
        note.getStyleClass().add("muted");
        Button copy = new Button("Copy");
        copy.setOnAction(event -> copy());
        Button save = new Button("Save as .npy…");
        save.setId("weights-save");
        save.setOnAction(event -> save());
        VBox content = new VBox(8, choice, facts, histogram, map, note, new HBox(6, copy, save));
        content.setPadding(new Insets(12));
        Dialog<ButtonType> dialog = new Dialog<>();
        dialog.setTitle("Weights of " + layer);
        dialog.initOwner(workbench.owner());
        dialog.initModality(Modality.NONE);
        dialog.getDialogPane().setContent(content);
        dialog.getDialogPane().getButtonTypes().add(ButtonType.CLOSE);
        dialog.show();
        choice.getSelectionModel().select(0);
    }

    private Tensor tensor() {
        return tensors.get(choice.getSelectionModel().getSelectedIndex());
    }

    private void look() {
        Tensor tensor = tensor();
        workbench.run("Looking at " + layer, Lane.FILES, progress -> TensorStatistics.of(tensor), values -> {
            if (tensor.equals(tensor())) {
                show(tensor, values);
            }
        });
    }

    private void show(Tensor tensor, TensorStatistics values) {
        facts.setText(String.format(
                Locale.ROOT,
                "%,d numbers   mean %.5g   deviation %.5g   from %.5g to %.5g   zeros %.1f %%%s",
                values.count(),
                values.mean(),
                values.deviation(),
                values.least(),
                values.most(),
                100.0 * values.zeros() / Math.max(1, values.taken()),
                values.odd() == 0 ? "" : "   not finite " + values.odd()));
        drawHistogram(values);
        float[][] picture = TensorStatistics.picture(tensor, (int) MAP, (int) WIDTH);
        drawMap(picture, values);
        int rank = tensor.shape().rank();
        long wide = rank == 0 ? 1 : tensor.shape().size(rank - 1);
        boolean part =
                picture.length > 0 && (picture[0].length < wide || (long) picture.length * wide < values.count());
        note.setText("The last axis runs from left to right, the others from top to bottom. Blue is below 0, red above."
                + (part ? " The picture shows evenly spread rows and columns of a larger tensor." : "")
                + (values.sampled()
                        ? String.format(Locale.ROOT, " Statistics of %,d evenly spread numbers.", values.taken())
                        : ""));
    }

    private void drawHistogram(TensorStatistics values) {
        GraphicsContext graphics = histogram.getGraphicsContext2D();
        graphics.clearRect(0, 0, WIDTH, BARS);
        int[] bins = values.bins();
        int highest = Math.max(1, IntStream.of(bins).max().orElse(1));
        double width = WIDTH / bins.length;
        graphics.setFill(FxSurface.color(theme.accent()));
        for (int i = 0; i < bins.length; i++) {
            double height = (BARS - 20) * bins[i] / highest;
            graphics.fillRect(i * width + 1, BARS - 18 - height, width - 2, height);
        }
        graphics.setFill(FxSurface.color(theme.text()));
        graphics.fillText(String.format(Locale.ROOT, "%.4g", values.least()), 0, BARS - 3);
        String most = String.format(Locale.ROOT, "%.4g", values.most());
        graphics.fillText(most, WIDTH - 7.5 * most.length(), BARS - 3);
    }

    private void drawMap(float[][] picture, TensorStatistics values) {
        GraphicsContext graphics = map.getGraphicsContext2D();
        graphics.clearRect(0, 0, WIDTH, MAP);
        if (picture.length == 0 || picture[0].length == 0) {
            return;
        }
        double most = Math.max(Math.max(Math.abs(values.least()), Math.abs(values.most())), 1e-30);
        double height = Math.min(MAP / picture.length, 40);
        double width = WIDTH / picture[0].length;
        for (int row = 0; row < picture.length; row++) {
            for (int column = 0; column < picture[row].length; column++) {
                graphics.setFill(color(picture[row][column] / most));
                graphics.fillRect(column * width, row * height, Math.ceil(width), Math.ceil(height));
            }
        }
    }

    /** White at 0, blue at −1, red at 1, and grey for values that are infinite or not a number. */
    private static Color color(double share) {
        if (!Double.isFinite(share)) {
            return Color.GRAY;
        }
        double rest = 1 - Math.min(1, Math.abs(share));
        return share < 0 ? Color.color(rest, rest, 1) : Color.color(1, rest, rest);
    }

    /** Copies the numbers, a line for each row of the last axis, separated by tabs. */
    private void copy() {
        Tensor tensor = tensor();
        if (tensor.length() > MAX_COPIED) {
            workbench.complain("These are too many numbers to copy. Save them as .npy.");
            return;
        }
        int rank = tensor.shape().rank();
        int wide = Math.max(1, rank == 0 ? 1 : (int) tensor.shape().size(rank - 1));
        String text = IntStream.range(0, tensor.length() / wide)
                .mapToObj(row -> IntStream.range(row * wide, (row + 1) * wide)
                        .mapToObj(at -> Float.toString(tensor.at(at)))
                        .collect(Collectors.joining("\t")))
                .collect(Collectors.joining("\n"));
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        javafx.scene.input.Clipboard.getSystemClipboard().setContent(content);
    }

    private void save() {
        Tensor tensor = tensor();
        String name = specs.get(choice.getSelectionModel().getSelectedIndex()).name();
        workbench
                .picker()
                .save("Save weights", layer + "_" + name + ".npy", Picker.Kind.of("NumPy array", "*.npy"))
                .ifPresent(path -> workbench.run(
                        "Saving " + path.getFileName(),
                        Lane.FILES,
                        progress -> {
                            WeightArrays.write(tensor, path);
                            return path;
                        },
                        done -> {}));
    }
}
