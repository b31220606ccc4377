package org.netsplice.editor.recipe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.netsplice.check.Report;
import org.netsplice.edit.step.OpenNetwork;
import org.netsplice.graph.Graph;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.Topology;
import org.netsplice.graph.WeightsId;

/** The layers that belong together by their wires. */
public final class Reach {
    private Reach() {}

    /** The layers and everything they depend on. */
    public static Set<NodeId> upstream(Graph graph, Set<NodeId> from) {
        return Topology.of(graph).upstream(from);
    }

    /** The layers and everything that depends on them. */
    public static Set<NodeId> downstream(Graph graph, Set<NodeId> from) {
        return Topology.of(graph).downstream(from);
    }

    /** The layers and everything on a way from one of them to another. */
    public static Set<NodeId> between(Graph graph, Set<NodeId> ends) {
        Set<NodeId> all = upstream(graph, ends);
        all.retainAll(downstream(graph, ends));
        return all;
    }

    /**
     * Layers copied as a network of their own: what they read from elsewhere becomes inputs of the same shapes.
     *
     * @return empty when an input has no known shape, or the layers are inputs only
     */
    public static Optional<OpenNetwork> extracted(Report report, Set<NodeId> nodes) {
        Graph graph = report.graph();
        long next =
                graph.nodes().keySet().stream().mapToLong(NodeId::number).max().orElse(0) + 1;
        Map<Port, NodeId> entries = new LinkedHashMap<>();
        Map<NodeId, Node> inside = new LinkedHashMap<>();
        for (Node node : graph.nodes().values()) {
            if (!nodes.contains(node.id())) {
                continue;
            }
            for (Port port : node.inputs()) {
                if (!nodes.contains(port.node()) && !entries.containsKey(port)) {
                    entries.put(port, new NodeId(next++));
                }
            }
        }
        for (Map.Entry<Port, NodeId> entry : entries.entrySet()) {
            Optional<TensorSpec> spec = report.spec(entry.getKey());
            if (spec.isEmpty()) {
                return Optional.empty();
            }
            NodeId id = entry.getValue();
            InputLayer input = new InputLayer(spec.get().shape(), spec.get().dtype());
            String name = graph.node(entry.getKey().node()).name();
            inside.put(id, new Node(id, name, input, java.util.List.of(), new WeightsId(id.number()), true));
        }
        for (Node node : graph.nodes().values()) {
            if (nodes.contains(node.id())) {
                inside.put(
                        node.id(),
                        node.withInputs(node.inputs().stream()
                                .map(port -> entries.containsKey(port) ? Port.of(entries.get(port)) : port)
                                .toList()));
            }
        }
        return network(graph, inside);
    }

    private static Optional<OpenNetwork> network(Graph graph, Map<NodeId, Node> inside) {
        Set<NodeId> read = inside.values().stream()
                .flatMap(node -> node.inputs().stream())
                .map(Port::node)
                .collect(Collectors.toSet());
        var outputs = inside.values().stream()
                .filter(node -> !node.isInput() && !read.contains(node.id()))
                .map(node -> Output.of(Port.of(node.id())))
                .toList();
        if (outputs.isEmpty()) {
            return Optional.empty();
        }
        Set<WeightsId> used = inside.values().stream().map(Node::weights).collect(Collectors.toSet());
        var weights = graph.weights().entrySet().stream()
                .filter(entry -> used.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        var inputs =
                inside.values().stream().filter(Node::isInput).map(Node::id).toList();
        Graph part = new Graph(inside, Map.of(), weights, inputs, outputs);
        String name = graph.outermostGroupOf(outputs.get(0).port().node())
                .map(group -> group.name())
                .orElse("network");
        return Optional.of(new OpenNetwork(part, name + " part", "", ""));
    }
}
