package org.netsplice.edit.step;

import java.util.Map;
import java.util.TreeMap;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;

/** Makes a layer untrained again, in all its calls. */
public record ResetWeights(NodeId node) implements Edit {

    @Override
    public Document apply(Document document) {
        Node present = Graphs.node(document.graph(), node);
        Map<WeightsId, Weights> all = new TreeMap<>(document.graph().weights());
        all.remove(present.weights());
        return document.with(document.graph().withWeights(all));
    }

    @Override
    public String title() {
        return "reset weights";
    }
}
