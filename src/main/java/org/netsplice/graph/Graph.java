package org.netsplice.graph;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A network as a value: nodes in the order they were added, groups, the weights that are known, and which ports are outputs.
 * A layer whose weights are not known is untrained and gets Keras' defaults from the document's seed. Immutable; graphs are
 * equal when their nodes (in any order), groups, weights, inputs and outputs are.
 */
public final class Graph {
    /** The graph without nodes. */
    public static final Graph EMPTY = new Graph(Map.of(), Map.of(), Map.of(), List.of(), List.of());

    private final Nodes nodes;
    private final Groups groups;
    private final ImmutableMap<WeightsId, Weights> weights;
    private final List<NodeId> inputs;
    private final List<Output> outputs;

    /**
     * A graph of copies of these collections.
     *
     * @param nodes in order, each under its own identity
     * @param inputs the input nodes, in the order data is given
     * @throws IllegalArgumentException when a node stands under the identity of another
     */
    public Graph(
            Map<NodeId, Node> nodes,
            Map<GroupId, Group> groups,
            Map<WeightsId, Weights> weights,
            List<NodeId> inputs,
            List<Output> outputs) {
        this(Nodes.copyOf(nodes), new Groups(groups), sorted(weights), inputs, outputs);
    }

    private Graph(
            Nodes nodes,
            Groups groups,
            ImmutableMap<WeightsId, Weights> weights,
            List<NodeId> inputs,
            List<Output> outputs) {
        this.nodes = nodes;
        this.groups = groups;
        this.weights = weights;
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
    }

    private static ImmutableMap<WeightsId, Weights> sorted(Map<WeightsId, Weights> weights) {
        return ImmutableMap.copyOf(new TreeMap<>(weights));
    }

    /** The nodes by identity, in their order. */
    public Map<NodeId, Node> nodes() {
        return nodes.byId();
    }

    /** The groups by identity, in its order. */
    public Map<GroupId, Group> groups() {
        return groups.byId();
    }

    /** The known weights by identity, in its order. */
    public Map<WeightsId, Weights> weights() {
        return weights;
    }

    /** The input nodes, in the order data is given. */
    public List<NodeId> inputs() {
        return inputs;
    }

    /** The ports whose values are predictions, in order. */
    public List<Output> outputs() {
        return outputs;
    }

    /** The node; throws when there is none. */
    public Node node(NodeId id) {
        Node node = nodes.byId().get(id);
        if (node == null) {
            throw new IllegalArgumentException("no node " + id.number());
        }
        return node;
    }

    /** The first node with this name. */
    public Optional<Node> named(String name) {
        return nodes.named(name);
    }

    /** Whether the port exists. */
    public boolean has(Port port) {
        Node node = nodes.byId().get(port.node());
        return node != null && port.index() >= 0 && port.index() < node.layer().outputCount();
    }

    /** The group a node is directly in. */
    public Optional<Group> groupOf(NodeId node) {
        return groups.around(node);
    }

    /** The outermost group around a node. */
    public Optional<Group> outermostGroupOf(NodeId node) {
        return groupOf(node).map(this::outermost);
    }

    private Group outermost(Group group) {
        Group present = group;
        while (present.parent().isPresent()) {
            present = groups().get(present.parent().get());
        }
        return present;
    }

    /** The groups directly inside another. */
    public List<Group> childrenOf(GroupId parent) {
        return Collections.unmodifiableList(groups.inside(parent));
    }

    /** All nodes of a group and of the groups inside it, in the graph's order. */
    public List<Node> nodesIn(GroupId id) {
        List<GroupId> inside = new ArrayList<>(List.of(id));
        for (int i = 0; i < inside.size(); i++) {
            childrenOf(inside.get(i)).forEach(child -> inside.add(child.id()));
        }
        List<NodeId> members = new ArrayList<>();
        inside.forEach(group -> members.addAll(groups().get(group).members()));
        return nodes.inOrder(members);
    }

    /** Whether several nodes call the layer with these weights. */
    public boolean isShared(WeightsId layer) {
        return nodes.shares(layer);
    }

    /** The nodes that call the same layer as {@code node}, itself included. */
    public List<Node> callsOf(Node node) {
        return inOrder().stream()
                .filter(other -> other.weights().equals(node.weights()))
                .toList();
    }

    /** What predictions of an output are called: its own name, else its node's. */
    public String outputName(Output output) {
        if (!output.name().isEmpty()) {
            return output.name();
        }
        String name = node(output.port().node()).name();
        return output.port().index() == 0 ? name : name + "_" + output.port().index();
    }

    /** The nodes that read any output of a node, in their order; none when it is not there. */
    public List<Node> readers(NodeId node) {
        int place = place(node);
        return place < 0
                ? List.of()
                : Arrays.stream(adjacency().readers(place))
                        .distinct()
                        .mapToObj(inOrder()::get)
                        .toList();
    }

    /** The nodes in their order. */
    public List<Node> inOrder() {
        return nodes.inOrder();
    }

    /** Where a node stands among all, counted from 0; −1 when it is not there. */
    public int place(NodeId id) {
        return nodes.place(id);
    }

    /** The readers of every node. */
    Adjacency adjacency() {
        return nodes.adjacency();
    }

    /** The nodes that {@code other} does not have, or not as they are here; in order. */
    public List<Node> notIn(Graph other) {
        return inOrder().stream()
                .filter(node -> !node.equals(other.nodes().get(node.id())))
                .toList();
    }

    /** The layers whose weights differ from those in {@code other}, or are known in one of the two graphs only. */
    public Set<WeightsId> reweighed(Graph other) {
        Set<WeightsId> found = new HashSet<>();
        weights.forEach((id, own) -> {
            if (!own.equals(other.weights.get(id))) {
                found.add(id);
            }
        });
        other.weights.keySet().stream().filter(id -> !weights.containsKey(id)).forEach(found::add);
        return found;
    }

    /** The same graph with nodes added or replaced. */
    public Graph withNodes(Collection<Node> changed) {
        return new Graph(nodes.with(changed), groups, weights, inputs, outputs);
    }

    /** The same graph with a node added or replaced. */
    public Graph withNode(Node changed) {
        return withNodes(List.of(changed));
    }

    /** The same graph without some nodes; what reads them still does. */
    public Graph withoutNodes(Set<NodeId> gone) {
        return new Graph(nodes.without(gone), groups, weights, inputs, outputs);
    }

    /** The same graph with other nodes instead of all. */
    public Graph withNodes(Map<NodeId, Node> others) {
        return new Graph(Nodes.copyOf(others), groups, weights, inputs, outputs);
    }

    public Graph withGroups(Map<GroupId, Group> others) {
        return new Graph(nodes, new Groups(others), weights, inputs, outputs);
    }

    public Graph withWeights(Map<WeightsId, Weights> others) {
        return new Graph(nodes, groups, sorted(others), inputs, outputs);
    }

    /** The same graph with the layers of {@code gone} untrained. */
    public Graph withoutWeights(Set<WeightsId> gone) {
        Map<WeightsId, Weights> left = new HashMap<>(weights);
        left.keySet().removeAll(gone);
        return withWeights(left);
    }

    public Graph withInputs(List<NodeId> others) {
        return new Graph(nodes, groups, weights, others, outputs);
    }

    public Graph withOutputs(List<Output> others) {
        return new Graph(nodes, groups, weights, inputs, others);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Graph graph
                        && inputs.equals(graph.inputs)
                        && outputs.equals(graph.outputs)
                        && nodes().equals(graph.nodes())
                        && groups().equals(graph.groups())
                        && weights.equals(graph.weights));
    }

    @Override
    public int hashCode() {
        return Objects.hash(nodes(), groups(), weights, inputs, outputs);
    }

    @Override
    public String toString() {
        return "Graph[nodes=" + inOrder() + ", groups=" + groups().values() + ", inputs=" + inputs + ", outputs="
                + outputs + "]";
    }
}
