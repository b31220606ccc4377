package org.netsplice.diagram.arrange;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.diagram.Item;
import org.netsplice.diagram.Label;
import org.netsplice.graph.NodeId;

/** Boxes to be placed and what each says, by their number: 0 for the first. Not for several threads at once. */
final class Boxes {
    private final List<Item> items;
    private final List<Label> labels;
    private Map<NodeId, Integer> numbers = Map.of();

    /** Precondition: the label of each item stands at its place. */
    Boxes(List<Item> items, List<Label> labels) {
        this.items = items;
        this.labels = labels;
    }

    int size() {
        return items.size();
    }

    List<Item> items() {
        return items;
    }

    Item item(int number) {
        return items.get(number);
    }

    Label label(int number) {
        return labels.get(number);
    }

    /** The number of a box; -1 when it is not one of these. */
    int number(NodeId item) {
        if (numbers.isEmpty()) {
            numbers = new HashMap<>(2 * items.size());
            for (Item each : items) {
                numbers.put(each.id(), numbers.size());
            }
        }
        return numbers.getOrDefault(item, -1);
    }
}
