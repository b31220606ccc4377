package org.netsplice.graph;

/** Identity of a node in its document. Numbers are handed out by the document and never used twice. */
public record NodeId(long number) implements Comparable<NodeId> {
    @Override
    public boolean equals(Object other) {
        return other instanceof NodeId same && number == same.number;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }

    @Override
    public int compareTo(NodeId other) {
        return Long.compare(number, other.number);
    }
}
