package org.netsplice.graph;

/** An output slot of a node, counted from 0. */
public record Port(NodeId node, int index) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Port same && index == same.index && node.equals(same.node);
    }

    @Override
    public int hashCode() {
        return 31 * node.hashCode() + index;
    }

    /** The first output of a node. */
    public static Port of(NodeId node) {
        return new Port(node, 0);
    }
}
