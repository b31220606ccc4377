package org.netsplice.graph;

/**
 * What the orders of the nodes of two graphs have in common: so many at the beginning, and of the others so many at the end,
 * are the same nodes, whatever has become of each.
 */
public record Overlap(int first, int last) {

    /** Where the node at a place of one stands in the other; −1 when this does not tell. The sizes are those of both. */
    public int place(int here, int size, int other) {
        if (here < first) {
            return here;
        }
        return here >= size - last ? here - size + other : -1;
    }
}
