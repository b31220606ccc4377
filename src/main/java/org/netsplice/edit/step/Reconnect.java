package org.netsplice.edit.step;

import java.util.ArrayList;
import java.util.List;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;

/** Lets one input of a layer, counted from 0, read another port. */
public record Reconnect(NodeId node, int input, Port from) implements Edit {

    @Override
    public Document apply(Document document) {
        Graph graph = document.graph();
        Graphs.requirePort(graph, from);
        Node present = Graphs.node(graph, node);
        Disconnect.requireInput(present, input);
        List<Port> inputs = new ArrayList<>(present.inputs());
        inputs.remove(input);
        Graph loose = graph.withNode(present.withInputs(inputs));
        Graphs.requireNoCycle(loose, from, present);
        inputs.add(input, from);
        return document.with(Graphs.handOnMarks(graph.withNode(present.withInputs(inputs)), List.of(from), node));
    }

    @Override
    public String title() {
        return "reconnect";
    }
}
