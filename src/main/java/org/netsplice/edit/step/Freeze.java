package org.netsplice.edit.step;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.WeightsId;

/** Keeps training away from the weights of layers, in all their calls, or lets it in again. */
public record Freeze(Set<NodeId> nodes, boolean frozen) implements Edit {

    public Freeze {
        nodes = Set.copyOf(nodes);
    }

    @Override
    public Document apply(Document document) {
        Graph graph = document.graph();
        Set<WeightsId> called = new HashSet<>();
        nodes.forEach(id -> called.add(Graphs.node(graph, id).weights()));
        List<Node> changed = new ArrayList<>();
        for (Node node : graph.nodes().values()) {
            if (called.contains(node.weights())) {
                changed.add(node.withTrainable(!frozen));
            }
        }
        return document.with(graph.withNodes(changed));
    }

    @Override
    public String title() {
        return frozen ? "freeze" : "unfreeze";
    }
}
