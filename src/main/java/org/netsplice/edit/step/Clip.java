package org.netsplice.edit.step;

import java.util.List;
import java.util.Set;
import org.netsplice.edit.Document;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;

/** Layers that were copied, with the document they came from. */
public record Clip(Document from, Set<NodeId> nodes) {

    public Clip {
        nodes = Set.copyOf(nodes);
    }

    /** The layers in the order of their graph. */
    List<Node> inOrder() {
        return from.graph().nodes().values().stream()
                .filter(node -> nodes.contains(node.id()))
                .toList();
    }
}
