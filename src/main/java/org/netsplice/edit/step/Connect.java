package org.netsplice.edit.step;

import java.util.ArrayList;
import java.util.List;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;

/** Adds a wire from a port to a layer, as its last input. */
public record Connect(Port from, NodeId to) implements Edit {

    @Override
    public Document apply(Document document) {
        Graph graph = document.graph();
        Graphs.requirePort(graph, from);
        Node node = Graphs.node(graph, to);
        Graphs.requireRoom(node, node.inputs().size() + 1);
        Graphs.requireNoCycle(graph, from, node);
        List<Port> inputs = new ArrayList<>(node.inputs());
        inputs.add(from);
        return document.with(Graphs.handOnMarks(graph.withNode(node.withInputs(inputs)), List.of(from), to));
    }

    @Override
    public String title() {
        return "connect";
    }
}
