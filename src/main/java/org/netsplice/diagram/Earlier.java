package org.netsplice.diagram;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.graph.NodeId;

/** Finds boxes in an earlier list again. Both lists are in nearly the same order, so the one after the last found is looked at first. */
final class Earlier {
    private final List<Item> items;
    private Map<NodeId, Integer> places = Map.of();
    private int next;
    private int found;

    Earlier(List<Item> items) {
        this.items = items;
    }

    /** Where a box stood, counted from 0; -1 when it was not there. To be asked once for each box. */
    int find(NodeId id) {
        if (found == items.size()) {
            return -1;
        }
        if (next == items.size() || !items.get(next).id().equals(id)) {
            int place = places().getOrDefault(id, -1);
            if (place < 0) {
                return -1;
            }
            next = place;
        }
        found++;
        return next++;
    }

    private Map<NodeId, Integer> places() {
        if (places.isEmpty()) {
            places = new HashMap<>(2 * items.size());
            for (Item item : items) {
                places.put(item.id(), places.size());
            }
        }
        return places;
    }
}
