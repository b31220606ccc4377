package org.netsplice.edit.step;

import java.util.Set;
import java.util.stream.Collectors;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;

/** Removes a group with everything in it. */
public record CloseNetwork(GroupId group) implements Edit {

    @Override
    public Document apply(Document document) {
        Group closed = Graphs.group(document.graph(), group);
        Set<NodeId> gone =
                document.graph().nodesIn(closed.id()).stream().map(Node::id).collect(Collectors.toSet());
        return Graphs.without(document, gone);
    }

    @Override
    public String title() {
        return "close network";
    }
}
