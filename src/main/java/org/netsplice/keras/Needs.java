package org.netsplice.keras;

import java.util.List;
import org.netsplice.check.Report;
import org.netsplice.graph.WeightSpec;

/** The weights that the layers of a network need, as far as they are known. */
record Needs(Report report) {
    /** Whether the weights a layer needs are known; they are not for an opaque layer, or one whose input shape is unknown. */
    boolean known(Leaf leaf) {
        return !leaf.opaque() && !report.outputs(leaf.node()).isEmpty();
    }

    /** The weights a layer needs; none when they are not known. */
    List<WeightSpec> of(Leaf leaf) {
        return known(leaf) ? report.weights(leaf.node()) : List.of();
    }
}
