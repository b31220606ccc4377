package org.netsplice.diagram;

import java.util.List;
import java.util.Optional;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;

/**
 * A box to be drawn: a node, or a nested model folded into one.
 *
 * @param id the node; of a folded model its last one
 * @param node the node, when it is one
 * @param group the folded model, when it is one
 * @param reads what it reads, each resolved to the box that stands for it
 * @param around the group it is drawn in
 */
public record Item(
        NodeId id, Optional<Node> node, Optional<Group> group, List<Source> reads, Optional<GroupId> around) {

    /** What an input reads: the box, and the port behind it. */
    public record Source(NodeId item, Port port) {}
}
