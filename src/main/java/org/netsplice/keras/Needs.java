package org.netsplice.keras;

import java.util.List;
import org.netsplice.check.Report;
import org.netsplice.graph.WeightSpec;

/** What the layers of a network need, as far as it is known. */
record Needs(Report report) {
    /** Whether it is known what a layer needs: not where it cannot be computed, or where its input is not known. */
    boolean known(Leaf leaf) {
        return !leaf.opaque() && !report.outputs(leaf.node()).isEmpty();
    }

    /** What a layer needs; nothing when that is not known. */
    List<WeightSpec> of(Leaf leaf) {
        return known(leaf) ? report.weights(leaf.node()) : List.of();
    }
}
