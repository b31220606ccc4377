package org.netsplice.gui.result;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.DoubleBinding;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SplitMenuButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import org.netsplice.graph.Graph;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Shape;
import org.netsplice.gui.widget.Picker;
import org.netsplice.predict.Inputs;
import org.netsplice.problem.Printable;

/** A row for each input of a graph, with the file that is chosen for it; an input keeps its file when it is renamed. */
final class InputRows extends VBox {
    private static final Picker.Kind DATA = Picker.Kind.of(
            "Data", "*.npy", "*.npz", "*.csv", "*.png", "*.jpg", "*.jpeg", "*.webp", "*.bmp", "*.tif", "*.tiff");

    private final Picker picker;
    private final Runnable onChange;
    private final Map<NodeId, Path> files = new HashMap<>();
    private List<Node> inputs = List.of();

    InputRows(Picker picker, Runnable onChange) {
        super(6);
        this.picker = picker;
        this.onChange = onChange;
    }

    void show(Graph graph) {
        List<Node> present = graph.inputs().stream().map(graph::node).toList();
        if (!present.equals(inputs)) {
            inputs = present;
            show();
        }
    }

    private void show() {
        List<Label> names = new ArrayList<>();
        List<Label> shapes = new ArrayList<>();
        getChildren().clear();
        for (Node input : inputs) {
            Label name = new Label(Printable.name(input.name()));
            name.setTooltip(new Tooltip(Printable.name(input.name())));
            Label shape = new Label(shape(input).toString());
            shape.setMinWidth(Region.USE_PREF_SIZE);
            FlowPane row = new FlowPane(8, 4, name, shape, button(input));
            row.setAlignment(Pos.CENTER_LEFT);
            getChildren().add(row);
            names.add(name);
            shapes.add(shape);
        }
        align(names);
        align(shapes);
        onChange.run();
    }

    /** Makes all as wide as the widest. */
    private static void align(List<Label> column) {
        DoubleBinding widest = Bindings.createDoubleBinding(
                () -> column.stream().mapToDouble(InputRows::needed).max().orElse(0),
                column.stream().map(Label::fontProperty).toArray(Observable[]::new));
        column.forEach(label -> label.prefWidthProperty().bind(widest));
    }

    private static double needed(Label label) {
        Text text = new Text(label.getText());
        text.setFont(label.getFont());
        return Math.ceil(text.getLayoutBounds().getWidth()) + 1;
    }

    private static Shape shape(Node input) {
        return ((InputLayer) input.layer()).batchShape();
    }

    private ButtonBase button(Node input) {
        ButtonBase choose = Inputs.takesPictures(shape(input)) ? new SplitMenuButton(folderItem(input)) : new Button();
        Path chosen = files.get(input.id());
        choose.setText(chosen == null ? "Choose file…" : String.valueOf(chosen.getFileName()));
        choose.setMnemonicParsing(false);
        choose.getStyleClass().add("choose-file");
        choose.setId("choose-" + input.name());
        choose.setAccessibleText("Data for the input " + Printable.name(input.name()));
        choose.setOnAction(event ->
                choose(input, picker.open("Data for " + Printable.name(input.name()), DATA, Picker.Kind.ALL)));
        return choose;
    }

    private MenuItem folderItem(Node input) {
        MenuItem folder = new MenuItem("Folder of pictures…");
        folder.setId("choose-folder-" + input.name());
        folder.setOnAction(event -> choose(input, picker.folder("Pictures for " + Printable.name(input.name()))));
        return folder;
    }

    private void choose(Node input, Optional<Path> path) {
        path.ifPresent(file -> {
            files.put(input.id(), file);
            show();
        });
    }

    /** The files that are chosen, by the names of their inputs. */
    Map<String, Path> files() {
        Map<String, Path> chosen = new LinkedHashMap<>();
        inputs.stream()
                .filter(input -> files.containsKey(input.id()))
                .forEach(input -> chosen.put(input.name(), files.get(input.id())));
        return chosen;
    }

    /** Whether some input can read pictures. */
    boolean takesPictures() {
        return inputs.stream().anyMatch(input -> Inputs.takesPictures(shape(input)));
    }

    /** Takes the focus to the first input; whether there is one. */
    boolean takeFocus() {
        Optional<javafx.scene.Node> first =
                lookupAll("*").stream().filter(ButtonBase.class::isInstance).findFirst();
        first.ifPresent(javafx.scene.Node::requestFocus);
        return first.isPresent();
    }
}
