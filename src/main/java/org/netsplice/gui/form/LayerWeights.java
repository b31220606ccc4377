package org.netsplice.gui.form;

import org.netsplice.check.Report;
import org.netsplice.edit.step.LoadWeights;
import org.netsplice.format.WeightArrays;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Weights;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.widget.Picker;
import org.netsplice.work.Lane;

/** The weights of one layer: loaded from a file, or shown. */
public final class LayerWeights {
    private final Workbench workbench;

    /** Loads and shows weights in the document of a workbench. */
    public LayerWeights(Workbench workbench) {
        this.workbench = workbench;
    }

    /** Asks for a file of arrays and gives them to a layer. */
    void load(NodeId id) {
        Report report = workbench.session().report();
        String name = report.graph().node(id).name();
        workbench
                .picker()
                .open("Weights for " + name, Picker.Kind.of("NumPy arrays", "*.npz", "*.npy"), Picker.Kind.ALL)
                .ifPresent(path -> workbench.run(
                        "Reading " + path.getFileName(),
                        Lane.FILES,
                        progress -> WeightArrays.read(path, name, report.weights(id)),
                        (Weights weights) -> workbench.apply(new LoadWeights(id, weights))));
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
