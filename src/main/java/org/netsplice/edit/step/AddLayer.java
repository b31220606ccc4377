package org.netsplice.edit.step;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.edit.Spot;
import org.netsplice.graph.Graph;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.WeightsId;

/**
 * Adds a layer and connects it. Outputs it reads are no longer outputs; the new layer is one instead.
 *
 * @param name wanted name; empty for one made from the class, numbered when taken
 * @param inputs what it reads; may be fewer than it needs
 * @param spot where it is put; empty to leave that to the layout
 */
public record AddLayer(Layer layer, String name, List<Port> inputs, Optional<Spot> spot) implements Edit {

    public AddLayer {
        inputs = List.copyOf(inputs);
    }

    @Override
    public Document apply(Document document) {
        Graph graph = document.graph();
        inputs.forEach(port -> Graphs.requirePort(graph, port));
        NodeId id = new NodeId(document.nextId());
        String wanted = name.isEmpty() ? nameFor(layer) : name;
        String unique = Names.one(graph, wanted);
        Node node = new Node(id, unique, layer, inputs, new WeightsId(id.number()), true);
        Graphs.requireRoom(node, inputs.size());
        Graph next = graph.withNode(node);
        if (layer instanceof InputLayer) {
            List<NodeId> entries = new java.util.ArrayList<>(next.inputs());
            entries.add(id);
            next = next.withInputs(entries);
        } else {
            next = Graphs.handOnMarks(next, inputs, id);
        }
        Document added = document.with(next).withNextId(document.nextId() + 1);
        return spot.isEmpty() ? added : added.with(added.placement().with(Map.of(id, spot.get())));
    }

    /** The node this edit adds to a document. */
    public static NodeId added(Document before) {
        return new NodeId(before.nextId());
    }

    /** The name a layer gets when none is wished for: its class in snake case. */
    public static String nameFor(Layer layer) {
        return layer.className().replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    @Override
    public String title() {
        return inputs.size() > 1 ? "merge by " + layer.className() : "add " + layer.className();
    }
}
