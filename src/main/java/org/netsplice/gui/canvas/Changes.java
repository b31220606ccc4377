package org.netsplice.gui.canvas;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.netsplice.edit.Document;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;

/** What differs between two documents, as far as it is seen. */
final class Changes {
    private Changes() {}

    /** The layers of a document that are new, set otherwise or elsewhere than in the one before. */
    static Set<NodeId> between(Document before, Document after) {
        Set<NodeId> changed = new LinkedHashSet<>();
        Graph old = before.graph();
        for (Node node : after.graph().nodes().values()) {
            boolean same = node.equals(old.nodes().get(node.id()))
                    && Objects.equals(
                            before.placement().spots().get(node.id()),
                            after.placement().spots().get(node.id()));
            if (!same) {
                changed.add(node.id());
            }
        }
        return changed;
    }
}
