package org.netsplice.diagram;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;

/**
 * A box to be drawn: a node, or a group folded into one.
 *
 * @param id the node; of a folded group its last one
 * @param node the node, when it is one
 * @param group the folded group, when it is one
 * @param inside the nodes the box stands for, in the order of the graph
 * @param reads what it reads, each resolved to the box that stands for it; a folded group reads every port once
 * @param outlets the ports that can be read here, in order: of a folded group those that are read outside or outputs of the document
 * @param around the group it is drawn in
 */
public record Item(
        NodeId id,
        Optional<Node> node,
        Optional<Group> group,
        Set<NodeId> inside,
        List<Source> reads,
        List<Port> outlets,
        Optional<GroupId> around) {

    /** The same in another group. */
    public Item in(GroupId other) {
        return new Item(id, node, group, inside, reads, outlets, Optional.of(other));
    }

    /**
     * What an input reads.
     *
     * @param item the box that stands for the node read
     * @param reader the node that reads, which may be inside of a folded group
     * @param input which input of the reader
     */
    public record Source(NodeId item, Port port, NodeId reader, int input) {}
}
