package org.netsplice.compare;

import java.util.List;
import java.util.Optional;
import org.netsplice.graph.Node;

/**
 * A node of one document beside the node of another that stands for it.
 *
 * @param before the node in the first document; empty when only the second has it
 * @param after the node in the second document; empty when only the first has it
 * @param changes what differs, settings first; empty unless both are there
 * @param weights the tensors whose numbers differ
 */
public record LayerDifference(
        Optional<Node> before, Optional<Node> after, List<Change> changes, List<WeightsDistance> weights) {

    /** What became of a layer. */
    public enum Status {
        EQUAL,
        CHANGED,
        ADDED,
        REMOVED
    }

    public LayerDifference {
        changes = List.copyOf(changes);
        weights = List.copyOf(weights);
    }

    /** What became of the layer. */
    public Status status() {
        if (before.isEmpty()) {
            return Status.ADDED;
        }
        if (after.isEmpty()) {
            return Status.REMOVED;
        }
        return changes.isEmpty() && weights.isEmpty() ? Status.EQUAL : Status.CHANGED;
    }

    /** The node as the second document has it, or the first where only that has one. */
    public Node node() {
        return after.or(() -> before).orElseThrow();
    }
}
