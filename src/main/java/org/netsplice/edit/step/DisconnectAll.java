package org.netsplice.edit.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;

/** Removes every wire to and from layers; wires among these layers go too. */
public record DisconnectAll(Set<NodeId> nodes) implements Edit {

    public DisconnectAll {
        nodes = Set.copyOf(nodes);
    }

    @Override
    public Document apply(Document document) {
        Graph graph = document.graph();
        nodes.forEach(id -> Graphs.node(graph, id));
        List<Node> changed = new ArrayList<>();
        for (Node node : graph.nodes().values()) {
            List<Port> left = nodes.contains(node.id())
                    ? List.of()
                    : node.inputs().stream()
                            .filter(port -> !nodes.contains(port.node()))
                            .toList();
            if (left.size() < node.inputs().size()) {
                changed.add(node.withInputs(left));
            }
        }
        return changed.isEmpty() ? document : document.with(graph.withNodes(changed));
    }

    @Override
    public String title() {
        return "disconnect all";
    }
}
