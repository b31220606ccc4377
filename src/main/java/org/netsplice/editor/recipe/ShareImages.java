package org.netsplice.editor.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.edit.step.ShareInputs;
import org.netsplice.graph.Graph;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.layers.Layers;
import org.netsplice.problem.ModelException;

/**
 * Lets several networks read one input, also where one wants the channels first and another last: then a Permute stands in place of
 * its own input.
 */
public record ShareImages(List<NodeId> inputs) implements Edit {

    public ShareImages {
        inputs = List.copyOf(inputs);
    }

    @Override
    public Document apply(Document document) {
        Document present = document;
        List<NodeId> equal = new ArrayList<>();
        for (NodeId id : inputs) {
            List<Integer> order = order(present.graph(), inputs.get(0), id);
            if (order.isEmpty()) {
                equal.add(id);
            } else {
                present = present.with(permuted(present.graph(), inputs.get(0), id, order));
            }
        }
        return equal.size() == 1 && equal.size() < inputs.size() ? present : new ShareInputs(equal).apply(present);
    }

    /** Why these inputs cannot be shared, even with the channels of some moved; empty when they can. */
    static Optional<ModelException.EditRefused> obstacle(Graph graph, List<NodeId> inputs) {
        List<NodeId> equal = inputs.stream()
                .filter(id -> order(graph, inputs.get(0), id).isEmpty())
                .toList();
        return equal.size() == 1 && equal.size() < inputs.size()
                ? Optional.empty()
                : ShareInputs.obstacle(graph, equal);
    }

    /** The order of the axes, counted from 1, that makes data of the first input data of the other; empty when the channels stand alike. */
    private static List<Integer> order(Graph graph, NodeId first, NodeId other) {
        if (!(layer(graph, first) instanceof InputLayer one) || !(layer(graph, other) instanceof InputLayer two)) {
            return List.of();
        }
        int rank = one.batchShape().rank();
        if (rank < 3 || one.dtype() != two.dtype() || one.batchShape().equals(two.batchShape())) {
            return List.of();
        }
        List<Integer> toFirst = new ArrayList<>(List.of(rank - 1));
        List<Integer> toLast = new ArrayList<>();
        for (int axis = 1; axis < rank - 1; axis++) {
            toFirst.add(axis);
            toLast.add(axis + 1);
        }
        toLast.add(1);
        if (ordered(one.batchShape(), toFirst).equals(two.batchShape())) {
            return toFirst;
        }
        return ordered(one.batchShape(), toLast).equals(two.batchShape()) ? toLast : List.of();
    }

    private static Layer layer(Graph graph, NodeId id) {
        return graph.node(id).layer();
    }

    private static Shape ordered(Shape shape, List<Integer> order) {
        return Shape.of(
                LongStream.concat(LongStream.of(shape.size(0)), order.stream().mapToLong(shape::size))
                        .toArray());
    }

    private static Graph permuted(Graph graph, NodeId first, NodeId other, List<Integer> order) {
        Node node = graph.node(other).withLayer(Layers.permuted(order)).withInputs(List.of(Port.of(first)));
        List<NodeId> left =
                graph.inputs().stream().filter(id -> !id.equals(other)).toList();
        return graph.withNode(node).withInputs(left);
    }

    @Override
    public String title() {
        return "share input";
    }
}
