package org.netsplice.edit.step;

import java.util.ArrayList;
import java.util.List;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.problem.ModelException;

/** Removes the wire of one input of a layer, counted from 0; later inputs move up. */
public record Disconnect(NodeId node, int input) implements Edit {

    @Override
    public Document apply(Document document) {
        Graph graph = document.graph();
        Node present = Graphs.node(graph, node);
        requireInput(present, input);
        List<Port> inputs = new ArrayList<>(present.inputs());
        inputs.remove(input);
        return document.with(graph.withNode(present.withInputs(inputs)));
    }

    static void requireInput(Node node, int input) {
        if (input < 0 || input >= node.inputs().size()) {
            throw new ModelException.EditRefused(
                    Graphs.at(node),
                    "has no input " + (input + 1),
                    "It has " + node.inputs().size() + ".");
        }
    }

    @Override
    public String title() {
        return "disconnect";
    }
}
