package org.netsplice.edit.step;

import java.util.List;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.WeightsId;
import org.netsplice.problem.ModelException;

/** Puts another layer in the place of one: name and wires stay, weights are its own and untrained. */
public record ReplaceLayer(NodeId node, Layer layer) implements Edit {

    @Override
    public Document apply(Document document) {
        Graph graph = document.graph();
        Node present = Graphs.node(graph, node);
        if (present.isInput()) {
            throw new ModelException.EditRefused(
                    Graphs.at(present), "is an input and cannot be another layer", "Insert a layer behind it.");
        }
        if (present.layer().equals(layer)) {
            return document;
        }
        Graphs.requireRoom(present.withLayer(layer), present.inputs().size());
        WeightsId own = new WeightsId(document.nextId());
        Graph next = graph.withNode(present.withLayer(layer).withWeights(own));
        return document.with(Graphs.pruned(next, List.of(present))).withNextId(document.nextId() + 1);
    }

    @Override
    public String title() {
        return "replace by " + layer.className();
    }
}
