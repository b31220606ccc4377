package org.netsplice.edit.step;

import java.util.HashSet;
import java.util.Set;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Topology;
import org.netsplice.problem.ModelException;

/** Cuts a network after a layer: every layer that depends on it is removed, and it becomes an output. This makes a feature extractor. */
public record CutAfter(NodeId node) implements Edit {

    @Override
    public Document apply(Document document) {
        Graph graph = document.graph();
        Node last = Graphs.node(graph, node);
        Set<NodeId> gone = new HashSet<>(Topology.of(graph).downstream(node));
        gone.remove(node);
        if (gone.isEmpty()) {
            throw new ModelException.EditRefused(
                    Graphs.at(last), "is the end of its network already", "Choose a layer that others read.");
        }
        Document cut = Graphs.without(document, gone);
        boolean marked = cut.graph().outputs().stream()
                .anyMatch(output -> output.port().node().equals(node));
        return marked ? cut : new MarkOutput(org.netsplice.graph.Port.of(node), true).apply(cut);
    }

    @Override
    public String title() {
        return "cut network";
    }
}
