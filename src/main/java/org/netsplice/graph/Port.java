package org.netsplice.graph;

/** An output slot of a node, counted from 0. */
public record Port(NodeId node, int index) {

    /** The first output of a node. */
    public static Port of(NodeId node) {
        return new Port(node, 0);
    }
}
