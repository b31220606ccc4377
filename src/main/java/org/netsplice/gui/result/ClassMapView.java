package org.netsplice.gui.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonType;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Modality;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.export.Raster;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.TensorSpec;
import org.netsplice.gui.Sentences;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.widget.DialogRows;
import org.netsplice.gui.widget.Picker;
import org.netsplice.inside.ClassMaps;
import org.netsplice.inside.ValuePicture;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Printable;
import org.netsplice.work.Lane;
import org.netsplice.work.Progress;

/** Where in the picture of a row a network sees a class: Grad-CAM, of the network that made the predictions. */
final class ClassMapView {
    /** The width of the pictures, and the smallest of a saved one, in pixels. */
    private static final int WIDTH = 224;

    private static final String LIKELIEST = "the likeliest";

    private final Workbench workbench;
    private final ResultPane.Predicted predicted;
    private final List<String> names;
    private final List<Place> places;
    private final Spinner<Integer> row;
    private final ComboBox<String> output = new ComboBox<>();
    private final ComboBox<String> type = new ComboBox<>();
    private final ComboBox<String> layer = new ComboBox<>();
    private final ImageView picture = new ImageView();
    private final ImageView map = new ImageView();
    private final Label note = new Label("\n\n");
    private final Button save = new Button("Save PNG…");
    private final AtomicReference<Question> newest = new AtomicReference<>();
    private Optional<Raster> shown = Optional.empty();
    private boolean filling;

    /** An output that names classes, how many, and the layers before it that give pictures, the last first. */
    private record Place(String name, Port port, int classes, List<Node> layers) {}

    /** What is looked at; the class is −1 for the likeliest. */
    private record Question(int row, Port output, int type, Node layer) {}

    /** A map over its picture, with the picture alone beside. */
    private record Answer(Raster plain, Raster over, int type) {}

    /** What came of a question: nothing where another was asked meanwhile, or why there is no map. */
    private record Outcome(Optional<Answer> answer, String refusal) {}

    private ClassMapView(
            Workbench workbench, ResultPane.Predicted predicted, List<String> names, List<Place> places, int first) {
        this.workbench = workbench;
        this.predicted = predicted;
        this.names = names;
        this.places = places;
        this.row = new Spinner<>(1, (int) predicted.rows(), first + 1);
    }

    /** Whether maps can be made: an input takes pictures, and a layer before an output of classes gives some. */
    static boolean fits(ResultPane.Predicted predicted) {
        return predicted.data().values().stream().anyMatch(ValuePicture::isPictures)
                && !places(predicted.document()).isEmpty();
    }

    private static List<Place> places(Document document) {
        Graph graph = document.graph();
        Report report = Report.of(graph);
        List<Place> places = new ArrayList<>();
        for (Output output : graph.outputs()) {
            int classes = report.spec(output.port())
                    .map(TensorSpec::shape)
                    .filter(shape -> shape.rank() == 2)
                    .map(shape -> (int) shape.size(1))
                    .orElse(0);
            List<Node> layers = ClassMaps.pictures(report, output.port());
            if (classes > 0 && !layers.isEmpty()) {
                places.add(new Place(graph.outputName(output), output.port(), classes, layers));
            }
        }
        return places;
    }

    /**
     * Opens a dialog.
     *
     * @param names of the classes; may be empty
     * @param row the one that is looked at first, from 0
     */
    static void show(Workbench workbench, ResultPane.Predicted predicted, List<String> names, int row) {
        new ClassMapView(workbench, predicted, names, places(predicted.document()), row).open();
    }

    private void open() {
        row.setId("map-row");
        row.setEditable(true);
        output.setId("map-output");
        type.setId("map-class");
        layer.setId("map-layer");
        places.forEach(place -> output.getItems().add(Printable.name(place.name())));
        DialogRows rows = new DialogRows();
        rows.add("Row", "", row);
        if (places.size() > 1) {
            rows.add("Output", "", output);
        }
        rows.add("Class", "The class whose score counts", type);
        rows.add("Layer", "The layer whose channels are added; the last one knows most of classes", layer);
        for (Region choice : List.of(row, output, type, layer)) {
            choice.setMaxWidth(Double.MAX_VALUE);
        }
        for (ImageView view : List.of(picture, map)) {
            view.setPreserveRatio(true);
            view.setFitWidth(WIDTH);
            view.setFitHeight(WIDTH);
        }
        picture.setId("map-picture");
        map.setId("map");
        note.setId("map-note");
        note.setWrapText(true);
        note.setPrefWidth(2 * WIDTH);
        note.setMinHeight(Region.USE_PREF_SIZE);
        note.getStyleClass().add("muted");
        save.setId("map-save");
        save.setDisable(true);
        save.setOnAction(event -> save());
        HBox pictures = new HBox(8, picture, map);
        pictures.setMinHeight(WIDTH);
        VBox content = new VBox(10, rows.view(), pictures, note, save);
        content.setPadding(new Insets(12));
        Dialog<ButtonType> dialog = new Dialog<>();
        dialog.setTitle("Where the network looks (Grad-CAM)");
        dialog.initOwner(workbench.owner());
        dialog.initModality(Modality.NONE);
        dialog.getDialogPane().setContent(content);
        dialog.getDialogPane().getButtonTypes().add(ButtonType.CLOSE);
        output.getSelectionModel().selectedIndexProperty().addListener((any, old, now) -> fill());
        output.getSelectionModel().select(0);
        row.valueProperty().addListener((any, old, now) -> look());
        type.valueProperty().addListener((any, old, now) -> look());
        layer.valueProperty().addListener((any, old, now) -> look());
        dialog.show();
    }

    private Place place() {
        return places.get(output.getSelectionModel().getSelectedIndex());
    }

    /** Offers the classes and layers of the chosen output. */
    private void fill() {
        filling = true;
        type.getItems().setAll(LIKELIEST);
        if (place().classes() > 1) {
            IntStream.range(0, place().classes()).forEach(of -> type.getItems().add(name(of)));
        }
        layer.getItems()
                .setAll(place().layers().stream()
                        .map(node -> Printable.name(node.name()))
                        .toList());
        type.getSelectionModel().select(0);
        layer.getSelectionModel().select(0);
        filling = false;
        look();
    }

    private String name(int of) {
        if (place().classes() == 1) {
            return names.size() == 2 ? Printable.name(names.get(1)) : "the one there is";
        }
        return of < names.size() ? Printable.name(names.get(of)) : String.valueOf(of);
    }

    private Question question() {
        return new Question(
                row.getValue() - 1,
                place().port(),
                type.getSelectionModel().getSelectedIndex() - 1,
                place().layers().get(layer.getSelectionModel().getSelectedIndex()));
    }

    private void look() {
        if (filling) {
            return;
        }
        Question asked = question();
        newest.set(asked);
        workbench.run("Finding where the network looks", Lane.ENGINE, progress -> outcome(asked, progress), outcome -> {
            if (asked.equals(newest.get())) {
                outcome.answer().ifPresentOrElse(answer -> show(asked, answer), () -> refuse(outcome.refusal()));
            }
        });
    }

    private Outcome outcome(Question asked, Progress progress) {
        if (!asked.equals(newest.get())) {
            return new Outcome(Optional.empty(), "");
        }
        try {
            return new Outcome(Optional.of(answer(asked, progress)), "");
        } catch (ModelException refused) {
            return new Outcome(Optional.empty(), Sentences.of(refused));
        }
    }

    private Answer answer(Question asked, Progress progress) {
        Map<String, Tensor> data = new LinkedHashMap<>();
        predicted.data().forEach((name, all) -> data.put(name, all.rows(asked.row(), asked.row() + 1)));
        ClassMaps found = ClassMaps.of(
                predicted.document(),
                data,
                asked.layer(),
                asked.output(),
                asked.type() < 0 ? OptionalInt.empty() : OptionalInt.of(asked.type()),
                progress);
        return new Answer(
                ValuePicture.over(data.values(), ValuePicture.whole(), 0, WIDTH).orElseThrow(),
                ValuePicture.over(data.values(), found.maps(), 0, WIDTH).orElseThrow(),
                found.classes().get(0));
    }

    private void refuse(String reason) {
        shown = Optional.empty();
        picture.setImage(null);
        map.setImage(null);
        save.setDisable(true);
        note.setText(reason);
    }

    private void show(Question asked, Answer answer) {
        shown = Optional.of(answer.over());
        picture.setImage(image(answer.plain()));
        map.setImage(image(answer.over()));
        save.setDisable(false);
        String who = asked.row() < predicted.names().size()
                ? Printable.name(predicted.names().get(asked.row()))
                : "row " + (asked.row() + 1);
        boolean changed = !predicted
                .document()
                .graph()
                .equals(workbench.session().document().graph());
        note.setText("Light where " + Printable.name(asked.layer().name()) + " raises the score of class "
                + name(answer.type()) + " for " + who + "."
                + (changed ? " You have changed the document since; this is the network that predicted." : ""));
    }

    private static WritableImage image(Raster raster) {
        WritableImage image = new WritableImage(raster.width(), raster.height());
        image.getPixelWriter()
                .setPixels(
                        0,
                        0,
                        raster.width(),
                        raster.height(),
                        PixelFormat.getIntArgbInstance(),
                        raster.pixels(),
                        0,
                        raster.width());
        return image;
    }

    private void save() {
        shown.ifPresent(raster -> workbench
                .picker()
                .save("Save the map", "grad-cam.png", Picker.Kind.of("PNG", "*.png"))
                .ifPresent(path -> workbench.run(
                        "Saving " + path.getFileName(),
                        Lane.FILES,
                        progress -> {
                            raster.write(path);
                            return path;
                        },
                        done -> workbench.announce("Saved " + PredictTab.called(done)))));
    }
}
