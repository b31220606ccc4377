package org.netsplice.edit.step;

import java.util.Set;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.NodeId;

/** Removes layers and their wires; a layer that fed a removed output becomes an output again. */
public record Remove(Set<NodeId> nodes) implements Edit {

    public Remove {
        nodes = Set.copyOf(nodes);
    }

    @Override
    public Document apply(Document document) {
        nodes.forEach(id -> Graphs.node(document.graph(), id));
        return nodes.isEmpty() ? document : Graphs.without(document, nodes);
    }

    @Override
    public String title() {
        return nodes.size() == 1 ? "delete layer" : "delete " + nodes.size() + " layers";
    }
}
