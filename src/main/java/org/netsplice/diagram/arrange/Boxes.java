package org.netsplice.diagram.arrange;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.diagram.Detail.Direction;
import org.netsplice.diagram.Item;
import org.netsplice.diagram.Label;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.graph.Graph;
import org.netsplice.graph.NodeId;

/** Boxes to be placed and what each says, numbered from 0 in their order. Not for several threads at once. */
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

    /** One box for each node of a graph, in its order and with nothing folded; the graph knows their numbers. */
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

    int inputs(int number) {
        return items.get(number).reads().size();
    }

    /** The number of the box that an input reads; -1 when it is not one of these. */
    int source(int number, int input) {
        return number(items.get(number).reads().get(input).item());
    }

    /** Where the wire to an input begins when the box it reads has this area. */
    Point start(int number, int input, Rect source, Direction direction) {
        Item.Source read = items.get(number).reads().get(input);
        Item from = items.get(number(read.item()));
        int place = Math.max(0, from.outlets().indexOf(read.port()));
        return Scene.outputAnchor(source, place, Math.max(1, from.outlets().size()), direction);
    }

    /** Where the wire to an input ends when the box has this area. */
    Point end(int number, int input, Rect area, Direction direction) {
        return Scene.inputAnchor(area, input, inputs(number), direction);
    }

    /** The size of a box, at the origin. */
    Rect sized(int number) {
        return new Rect(0, 0, labels.get(number).width(), labels.get(number).height());
    }
}
