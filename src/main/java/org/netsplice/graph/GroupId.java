package org.netsplice.graph;

/** Identity of a group in its document. Numbers are handed out by the document and never used twice. */
public record GroupId(long number) implements Comparable<GroupId> {
    @Override
    public int compareTo(GroupId other) {
        return Long.compare(number, other.number);
    }
}
