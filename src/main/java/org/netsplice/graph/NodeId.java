package org.netsplice.graph;

/** Identity of a node in its document. Numbers are handed out by the document and never used twice. */
public record NodeId(long number) implements Comparable<NodeId> {
    @Override
    public int compareTo(NodeId other) {
        return Long.compare(number, other.number);
    }
}
