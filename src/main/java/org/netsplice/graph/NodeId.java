package org.netsplice.graph;

/** Identity of a node in its document. Numbers are handed out by the document and never used twice. */
public record NodeId(long number) implements Comparable<NodeId> {
    @Override
    public int compareTo(NodeId other) {
        return Long.compare(number, other.number);
    }

    /* Written out, because the generated methods of records are ten times slower until the JVM has optimised them. */
    @Override
    public boolean equals(Object other) {
        return other instanceof NodeId same && number == same.number;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }
}
