package org.netsplice.graph;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many nodes call each layer, which is known by its weights; counted when it is first asked for. Immutable. */
final class Calls {
    private final Supplier<Map<WeightsId, Integer>> counts;
    /** How many more or fewer there are than those that are counted. */
    private final Map<WeightsId, Integer> since;

    private Calls(Supplier<Map<WeightsId, Integer>> counts, Map<WeightsId, Integer> since) {
        this.counts = counts;
        this.since = since;
    }

    /** Those of nodes. */
    static Calls of(List<Node> nodes) {
        return new Calls(Suppliers.memoize(() -> count(nodes)), Map.of());
    }

    private static Map<WeightsId, Integer> count(List<Node> nodes) {
        Map<WeightsId, Integer> counts = new HashMap<>(2 * nodes.size());
        nodes.forEach(node -> counts.merge(node.weights(), 1, Integer::sum));
        return counts;
    }

    /** Those of nodes of which some have gone and some have come; few, as others than those that are counted are listed. */
    Calls after(Collection<Node> gone, Collection<Node> come) {
        Map<WeightsId, Integer> more = new HashMap<>(since);
        gone.forEach(node -> add(more, node.weights(), -1));
        come.forEach(node -> add(more, node.weights(), 1));
        return new Calls(counts, more);
    }

    private static void add(Map<WeightsId, Integer> calls, WeightsId layer, int more) {
        calls.compute(layer, (id, known) -> {
            int now = (known == null ? 0 : known) + more;
            return now == 0 ? null : now;
        });
    }

    /** How many nodes call the layer with these weights. */
    int of(WeightsId weights) {
        return counts.get().getOrDefault(weights, 0) + since.getOrDefault(weights, 0);
    }
}
