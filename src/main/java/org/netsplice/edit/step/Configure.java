package org.netsplice.edit.step;

import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Graph;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.problem.ModelException;

/** Gives a layer other settings, in all its calls. The weights stay; if they no longer fit, the report says so. */
public record Configure(NodeId node, Layer layer) implements Edit {

    @Override
    public Document apply(Document document) {
        Graph graph = document.graph();
        Node present = Graphs.node(graph, node);
        if (present.isInput() != layer instanceof InputLayer) {
            throw new ModelException.EditRefused(
                    Graphs.at(present),
                    "an input cannot become another layer, nor the reverse",
                    "Delete it and add another.");
        }
        Graph next = graph;
        for (Node call : graph.callsOf(present)) {
            Node changed = call.withLayer(call.id().equals(node) ? layer : layer.calledLike(call.layer()));
            Graphs.requireRoom(changed, changed.inputs().size());
            next = next.withNode(changed);
        }
        return document.with(next);
    }

    @Override
    public String title() {
        return "change " + layer.className();
    }
}
