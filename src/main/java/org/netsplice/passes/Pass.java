package org.netsplice.passes;

import java.util.List;
import org.netsplice.graph.Graph;

/** A change of a graph after which its outputs have the same values, up to rounding, and its inputs and outputs the same names. */
public interface Pass {
    /** All passes, in the order in which they are made. */
    List<Pass> ALL = List.of(new FoldScaling());

    /** The changed graph; the same one when there is nothing to change. */
    Graph apply(Graph graph);

    /** A graph after all passes. */
    static Graph all(Graph graph) {
        Graph present = graph;
        for (Pass pass : ALL) {
            present = pass.apply(present);
        }
        return present;
    }
}
