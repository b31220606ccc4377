package org.netsplice.keras;

import java.util.Optional;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;

/** An element of one level of nested models: a node, or a group that is a call of a nested model. */
record Unit(Optional<Node> node, Optional<GroupId> group) {

    /** The unit a node belongs to at a level, if it is at or below that level. */
    static Optional<Unit> of(Node node, Optional<GroupId> level, Nesting nesting) {
        Optional<GroupId> present = nesting.around(node.id());
        if (present.equals(level)) {
            return Optional.of(new Unit(Optional.of(node), Optional.empty()));
        }
        while (present.isPresent()) {
            Optional<GroupId> parent = nesting.parent(present.get());
            if (parent.equals(level)) {
                return Optional.of(new Unit(Optional.empty(), present));
            }
            present = parent;
        }
        return Optional.empty();
    }
}
