package org.netsplice.edit.step;

import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Weights;
import org.netsplice.problem.ModelException;

/** Gives a layer a copy of another layer's trained weights. */
public record CopyWeights(NodeId from, NodeId to) implements Edit {

    @Override
    public Document apply(Document document) {
        Graph graph = document.graph();
        Node source = Graphs.node(graph, from);
        Weights weights = graph.weights().get(source.weights());
        if (weights == null) {
            throw new ModelException.EditRefused(
                    Graphs.at(source), "has no trained weights to copy", "Choose a trained layer.");
        }
        return new LoadWeights(to, weights).apply(document);
    }

    @Override
    public String title() {
        return "copy weights";
    }
}
