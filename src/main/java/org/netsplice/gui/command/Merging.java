package org.netsplice.gui.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.netsplice.editor.gesture.Gestures;
import org.netsplice.editor.recipe.Fit;
import org.netsplice.graph.Port;
import org.netsplice.gui.Sentences;
import org.netsplice.gui.Workbench;
import org.netsplice.layers.Layers;
import org.netsplice.layers.kind.Kind;

/** Merges the outputs of the selected layers. */
public final class Merging {
    private final Workbench workbench;
    private final Gestures gestures;

    /** Merges in the document of a workbench. */
    public Merging(Workbench workbench, Gestures gestures) {
        this.workbench = workbench;
        this.gestures = gestures;
    }

    /** Merges by Concatenate where shapes allow it, else by the first merge that fits. */
    public void mergeSelected() {
        List<Port> ports = gestures.selectedOutputs();
        if (ports.size() < 2) {
            workbench.complain("Select at least two outputs to merge. Click the first, then Shift+click the others.");
            return;
        }
        Fit fit = new Fit(workbench.session().report());
        Kind<?> kind = Layers.ALL.stream()
                .filter(one -> one.family() == Kind.Family.MERGE)
                .filter(one -> fit.layer(one.standard(), ports).fits())
                .findFirst()
                .orElse(Layers.ALL.get(0));
        merge(kind, ports);
    }

    /** Merges by a layer of the user's choice. */
    public void merge(Kind<?> kind) {
        merge(kind, gestures.selectedOutputs());
    }

    private void merge(Kind<?> kind, List<Port> ports) {
        gestures.add(kind.standard(), new ArrayList<>(ports), Optional.empty())
                .ifPresent(problem -> workbench.complain(Sentences.of(problem)));
    }
}
