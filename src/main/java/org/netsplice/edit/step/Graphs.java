package org.netsplice.edit.step;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.netsplice.edit.Document;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.Topology;
import org.netsplice.graph.WeightsId;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Where;

/** Steps that several edits share. */
final class Graphs {
    private Graphs() {}

    static Where at(Node node) {
        return new Where.AtNode(node.id().number(), node.name());
    }

    /** The node, or a refusal. */
    static Node node(Graph graph, NodeId id) {
        Node node = graph.nodes().get(id);
        if (node == null) {
            throw new ModelException.EditRefused(
                    Where.NOWHERE, "there is no layer with number " + id.number(), "Choose a layer that exists.");
        }
        return node;
    }

    /** The group, or a refusal. */
    static Group group(Graph graph, GroupId id) {
        Group group = graph.groups().get(id);
        if (group == null) {
            throw new ModelException.EditRefused(
                    Where.NOWHERE, "there is no group with number " + id.number(), "Choose a group that exists.");
        }
        return group;
    }

    /** Refuses a port that does not exist. */
    static void requirePort(Graph graph, Port port) {
        Node node = node(graph, port.node());
        if (!graph.has(port)) {
            throw new ModelException.EditRefused(
                    at(node),
                    "has no output " + port.index(),
                    "It has " + node.layer().outputCount() + ".");
        }
    }

    /** Refuses a wire that would let the network feed itself. */
    static void requireNoCycle(Graph graph, Port from, Node to) {
        if (Topology.of(graph).wouldClose(from.node(), to.id())) {
            throw new ModelException.EditRefused(
                    at(to),
                    "a wire from " + node(graph, from.node()).name() + " would let the network feed itself",
                    "Connect it to a layer that does not depend on " + to.name() + ".");
        }
    }

    /** Refuses more inputs than the layer takes. */
    static void requireRoom(Node node, int inputs) {
        if (inputs > node.layer().arity().most()) {
            throw new ModelException.EditRefused(
                    at(node),
                    node.layer().className() + " takes " + node.layer().arity().text(),
                    "Disconnect an input first, or join the outputs by a merge layer.");
        }
    }

    /** Moves output marks from ports to the node that now reads them, unless another node reads that node. */
    static Graph handOnMarks(Graph graph, Collection<Port> read, NodeId reader) {
        List<Output> outputs = new ArrayList<>(graph.outputs());
        boolean removed = outputs.removeIf(output -> read.contains(output.port()));
        Port own = Port.of(reader);
        boolean marked =
                outputs.stream().anyMatch(output -> output.port().node().equals(reader));
        if (!marked && (removed || outputs.isEmpty()) && !read(graph, own)) {
            outputs.add(Output.of(own));
        }
        return graph.withOutputs(outputs);
    }

    private static boolean read(Graph graph, Port port) {
        return graph.readers(port.node()).stream()
                .anyMatch(node -> node.inputs().contains(port));
    }

    /** The document without some nodes; a node that fed a removed output becomes an output again. */
    static Document without(Document document, Set<NodeId> gone) {
        Graph graph = document.graph();
        Map<NodeId, Node> readers = new LinkedHashMap<>();
        gone.forEach(id -> graph.readers(id).stream()
                .filter(reader -> !gone.contains(reader.id()))
                .forEach(reader -> readers.put(reader.id(), unread(reader, gone))));
        Map<GroupId, Group> groups = withoutMembers(graph, gone);
        Graph rest = graph.withNodes(readers.values())
                .withoutNodes(gone)
                .withGroups(groups)
                .withInputs(
                        graph.inputs().stream().filter(id -> !gone.contains(id)).toList())
                .withOutputs(remainingOutputs(graph, gone));
        Map<GroupId, String> origins = new TreeMap<>(document.origins());
        origins.keySet().retainAll(groups.keySet());
        return document.with(pruned(rest, gone.stream().map(graph::node).toList()))
                .with(document.placement().without(gone))
                .withOrigins(origins);
    }

    private static Node unread(Node reader, Set<NodeId> gone) {
        return reader.withInputs(reader.inputs().stream()
                .filter(port -> !gone.contains(port.node()))
                .toList());
    }

    private static List<Output> remainingOutputs(Graph graph, Set<NodeId> gone) {
        Topology topology = Topology.of(graph);
        List<Output> outputs = new ArrayList<>();
        Set<Port> marked = new HashSet<>();
        for (Output output : graph.outputs()) {
            if (!gone.contains(output.port().node())) {
                marked.add(output.port());
                outputs.add(output);
                continue;
            }
            for (Port port : feeding(graph, output.port().node(), gone)) {
                boolean free = gone.containsAll(topology.readers(port));
                if (free && marked.add(port)) {
                    outputs.add(Output.of(port));
                }
            }
        }
        return outputs;
    }

    /** The ports outside of {@code gone} that a node depends on through nodes of it. */
    private static List<Port> feeding(Graph graph, NodeId from, Set<NodeId> gone) {
        List<Port> found = new ArrayList<>();
        List<NodeId> walk = new ArrayList<>(List.of(from));
        Set<NodeId> seen = new HashSet<>(walk);
        for (int i = 0; i < walk.size(); i++) {
            for (Port port : graph.node(walk.get(i)).inputs()) {
                if (!gone.contains(port.node())) {
                    found.add(port);
                } else if (seen.add(port.node())) {
                    walk.add(port.node());
                }
            }
        }
        found.removeIf(port -> graph.node(port.node()).isInput());
        return found;
    }

    private static Map<GroupId, Group> withoutMembers(Graph graph, Set<NodeId> gone) {
        Map<GroupId, Group> groups = new TreeMap<>();
        for (Group group : graph.groups().values()) {
            groups.put(group.id(), group.without(gone));
        }
        boolean changed = true;
        while (changed) {
            Set<GroupId> parents = new HashSet<>();
            groups.values().forEach(group -> group.parent().ifPresent(parents::add));
            changed = groups.values().removeIf(group -> group.members().isEmpty() && !parents.contains(group.id()));
        }
        return groups;
    }

    /** The graph without the weights of nodes that were in it, where no other node shares them. */
    static Graph pruned(Graph graph, Collection<Node> gone) {
        Set<WeightsId> unused = gone.stream()
                .map(Node::weights)
                .filter(graph.weights()::containsKey)
                .collect(Collectors.toSet());
        graph.inOrder().forEach(node -> unused.remove(node.weights()));
        return unused.isEmpty() ? graph : graph.withoutWeights(unused);
    }
}
