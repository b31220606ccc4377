package org.netsplice.edit.step;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.problem.ModelException;

/** Removes layers with one input each; what read them reads what they read, and an output stays one. */
public record Dissolve(Set<NodeId> nodes) implements Edit {

    public Dissolve {
        nodes = Set.copyOf(nodes);
    }

    @Override
    public Document apply(Document document) {
        Graph graph = document.graph();
        for (NodeId id : nodes) {
            graph = past(graph, Graphs.node(graph, id));
        }
        return nodes.isEmpty() ? document : Graphs.without(document.with(graph), nodes);
    }

    /** The graph in which no node reads a node. */
    private static Graph past(Graph graph, Node node) {
        if (node.inputs().size() != 1) {
            throw new ModelException.EditRefused(
                    Graphs.at(node),
                    "has "
                            + (node.inputs().isEmpty()
                                    ? "no input"
                                    : node.inputs().size() + " inputs") + ", so what reads it cannot read past it",
                    "Delete it instead, and connect what is left.");
        }
        Port source = node.inputs().get(0);
        List<Node> changed = new ArrayList<>();
        for (Node reader : graph.readers(node.id())) {
            changed.add(reader.rewired(Port.of(node.id()), source));
        }
        Set<Port> marked = new LinkedHashSet<>();
        List<Output> outputs = new ArrayList<>();
        for (Output output : graph.outputs()) {
            boolean moved = output.port().node().equals(node.id());
            Output present = moved ? new Output(source, output.name()) : output;
            if (marked.add(present.port())) {
                outputs.add(present);
            }
        }
        return graph.withNodes(changed).withOutputs(outputs);
    }

    @Override
    public String title() {
        return nodes.size() == 1 ? "dissolve layer" : "dissolve " + nodes.size() + " layers";
    }
}
