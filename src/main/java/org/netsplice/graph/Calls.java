package org.netsplice.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many nodes call each layer, which is known by its weights. */
final class Calls {
    private final Map<WeightsId, Integer> counts;
    /** How many more or fewer there are than those that were counted. */
    private final Map<WeightsId, Integer> since;

    private Calls(Map<WeightsId, Integer> counts, Map<WeightsId, Integer> since) {
        this.counts = counts;
        this.since = since;
    }

    /** Those of nodes. */
    static Calls of(List<Node> nodes) {
        Map<WeightsId, Integer> counts = new HashMap<>(2 * nodes.size());
        nodes.forEach(node -> counts.merge(node.weights(), 1, Integer::sum));
        return new Calls(counts, Map.of());
    }

    /** Those of nodes of which some have gone, and some have come, since these were counted. */
    Calls after(List<Node> gone, List<Node> come) {
        Map<WeightsId, Integer> more = new HashMap<>(since);
        gone.forEach(node -> more.merge(node.weights(), -1, Integer::sum));
        come.forEach(node -> more.merge(node.weights(), 1, Integer::sum));
        return new Calls(counts, more);
    }

    /** How many nodes call the layer with these weights. */
    int of(WeightsId weights) {
        return counts.getOrDefault(weights, 0) + since.getOrDefault(weights, 0);
    }
}
