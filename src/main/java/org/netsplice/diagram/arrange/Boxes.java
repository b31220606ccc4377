package org.netsplice.diagram.arrange;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.diagram.Item;
import org.netsplice.diagram.Label;
import org.netsplice.graph.Graph;
import org.netsplice.graph.NodeId;

/** Boxes to be placed and what each says, by their number: 0 for the first. Not for several threads at once. */
final class Boxes {
    private final List<Item> items;
    private final List<Label> labels;
    private final Optional<Graph> whole;
    private Map<NodeId, Integer> numbers = Map.of();

    /** Precondition: the label of each item stands at its place. */
    Boxes(List<Item> items, List<Label> labels) {
        this(items, labels, Optional.empty());
    }

    private Boxes(List<Item> items, List<Label> labels, Optional<Graph> whole) {
        this.items = items;
        this.labels = labels;
        this.whole = whole;
    }

    /** The boxes of a graph in its order, one for each node and nothing folded; it knows their numbers. */
    static Boxes of(Graph graph, List<Item> items, List<Label> labels) {
        return new Boxes(items, labels, Optional.of(graph));
    }

    /** The graph, if these are its nodes in its order. */
    Optional<Graph> whole() {
        return whole;
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
        if (whole.isPresent()) {
            return whole.get().place(item);
        }
        if (numbers.isEmpty()) {
            numbers = new HashMap<>(2 * items.size());
            for (Item each : items) {
                numbers.put(each.id(), numbers.size());
            }
        }
        return numbers.getOrDefault(item, -1);
    }
}
