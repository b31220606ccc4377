package org.netsplice.gui.form;

import java.util.List;
import java.util.stream.Stream;
import javafx.geometry.Point2D;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.netsplice.check.Report;
import org.netsplice.edit.step.LoadWeights;
import org.netsplice.format.Formats;
import org.netsplice.format.StoredLayer;
import org.netsplice.format.StoredWeights;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.gui.Sentences;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.widget.ChoicePopup;
import org.netsplice.gui.widget.Picker;
import org.netsplice.work.Lane;

/** The weights of one layer: loaded from a file, or shown. */
public final class LayerWeights {
    private final Workbench workbench;
    private final Formats formats;

    /** Loads and shows weights in the document of a workbench. */
    public LayerWeights(Workbench workbench, Formats formats) {
        this.workbench = workbench;
        this.formats = formats;
    }

    private Picker.Kind sources() {
        return new Picker.Kind(
                "Models and weights",
                Stream.concat(formats.readable().stream(), StoredWeights.extensions().stream())
                        .map(ending -> "*." + ending)
                        .toList());
    }

    /** Asks for a file and gives a layer the weights of a layer in it; asks for the layer where several would fit. */
    void load(NodeId id) {
        String name = workbench.session().report().graph().node(id).name();
        workbench
                .picker()
                .open("Weights for " + name, sources(), Picker.Kind.ALL)
                .ifPresent(path -> workbench.run(
                        "Reading " + path.getFileName(),
                        Lane.FILES,
                        progress -> formats.weights(path, progress),
                        (StoredWeights stored) -> choose(id, stored)));
    }

    private void choose(NodeId id, StoredWeights stored) {
        Report report = workbench.session().report();
        if (!report.graph().nodes().containsKey(id)) {
            return;
        }
        String name = report.graph().node(id).name();
        List<WeightSpec> specs = report.weights(id);
        List<StoredLayer> fitting = stored.fitting(name, specs);
        if (fitting.isEmpty()) {
            workbench.complain(Sentences.of(stored.none(name, specs)));
        } else if (fitting.size() == 1) {
            apply(id, fitting.get(0).fit(specs).orElseThrow());
        } else {
            ask(fitting, chosen -> apply(id, chosen.fit(specs).orElseThrow()));
        }
    }

    private void ask(List<StoredLayer> layers, java.util.function.Consumer<StoredLayer> chosen) {
        Point2D middle = new Point2D(
                workbench.owner().getX() + workbench.owner().getWidth() / 2 - 240,
                workbench.owner().getY() + workbench.owner().getHeight() / 3);
        new ChoicePopup<>("Which layer's weights?", layers, StoredLayer::name, LayerWeights::row, chosen)
                .size(40, Math.min(26, 3.2 * layers.size() + 0.5))
                .show(workbench.owner(), middle);
    }

    private static VBox row(StoredLayer layer) {
        Label shapes = new Label(layer.described());
        shapes.getStyleClass().add("muted");
        return new VBox(new Label(layer.name()), shapes);
    }

    private void apply(NodeId id, Weights weights) {
        workbench.apply(new LoadWeights(id, weights));
    }

    /** Shows the weights of a layer that has some. */
    public void view(NodeId id) {
        Report report = workbench.session().report();
        Weights weights = report.graph().weights().get(report.graph().node(id).weights());
        new WeightsView(
                        new WeightsView.Shown(report.graph().node(id).name(), report.weights(id), weights.tensors()),
                        workbench)
                .show();
    }
}
