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

/** Puts a layer that has no wires into the wire of one input of another, counted from 0. */
public record PutIntoWire(NodeId node, NodeId reader, int input) implements Edit {

    @Override
    public Document apply(Document document) {
        Graph graph = document.graph();
        Node put = Graphs.node(graph, node);
        Node end = Graphs.node(graph, reader);
        Disconnect.requireInput(end, input);
        boolean read = graph.nodes().values().stream()
                .anyMatch(other ->
                        other.inputs().stream().anyMatch(port -> port.node().equals(node)));
        if (!put.inputs().isEmpty() || read) {
            throw new ModelException.EditRefused(Graphs.at(put), "has wires of its own", "Disconnect it first.");
        }
        Graphs.requireRoom(put, 1);
        List<Port> inputs = new ArrayList<>(end.inputs());
        Port from = inputs.set(input, Port.of(node));
        Graph wired = graph.withNode(put.withInputs(List.of(from))).withNode(end.withInputs(inputs));
        return document.with(wired.withOutputs(wired.outputs().stream()
                .filter(output -> !output.port().node().equals(node))
                .toList()));
    }

    @Override
    public String title() {
        return "insert";
    }
}
