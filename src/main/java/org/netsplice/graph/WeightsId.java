package org.netsplice.graph;

/** Identity of a layer's weights; nodes with the same one are calls of one layer. Numbers are handed out by the document and never used twice. */
public record WeightsId(long number) implements Comparable<WeightsId> {
    @Override
    public int compareTo(WeightsId other) {
        return Long.compare(number, other.number);
    }

    /* Written out, because the generated methods of records are ten times slower until the JVM has optimised them. */
    @Override
    public boolean equals(Object other) {
        return other instanceof WeightsId same && number == same.number;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }
}
