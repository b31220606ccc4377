package org.netsplice.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A network as a value: nodes in the order they were added, groups, the weights that are known, and which ports are outputs.
 * A layer whose weights are not in the map is untrained and gets Keras' defaults from the document's seed.
 *
 * @param inputs the input nodes, in the order data is given
 */
public record Graph(
        Map<NodeId, Node> nodes,
        Map<GroupId, Group> groups,
        Map<WeightsId, Weights> weights,
        List<NodeId> inputs,
        List<Output> outputs) {

    /** Nothing. */
    public static final Graph EMPTY = new Graph(Map.of(), Map.of(), Map.of(), List.of(), List.of());

    public Graph {
        nodes = Nodes.copyOf(nodes);
        groups = Groups.copyOf(groups);
        weights = KnownWeights.copyOf(weights);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** The node; throws when there is none. */
    public Node node(NodeId id) {
        Node node = nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException("no node " + id.number());
        }
        return node;
    }

    /** The node with this name. */
    public Optional<Node> named(String name) {
        return Nodes.copyOf(nodes).named(name);
    }

    /** Whether the port exists. */
    public boolean has(Port port) {
        Node node = nodes.get(port.node());
        return node != null && port.index() >= 0 && port.index() < node.layer().outputCount();
    }

    /** The group a node is directly in. */
    public Optional<Group> groupOf(NodeId node) {
        return Groups.copyOf(groups).around(node);
    }

    /** The outermost group around a node. */
    public Optional<Group> outermostGroupOf(NodeId node) {
        return groupOf(node).map(this::outermost);
    }

    private Group outermost(Group group) {
        Group present = group;
        while (present.parent().isPresent()) {
            present = groups.get(present.parent().get());
        }
        return present;
    }

    /** The groups directly inside another. */
    public List<Group> childrenOf(GroupId parent) {
        return groups.values().stream()
                .filter(group -> group.parent().equals(Optional.of(parent)))
                .toList();
    }

    /** All nodes of a group and of the groups inside it, in the graph's order. */
    public List<Node> nodesIn(GroupId id) {
        List<GroupId> inside = new ArrayList<>(List.of(id));
        for (int i = 0; i < inside.size(); i++) {
            childrenOf(inside.get(i)).forEach(child -> inside.add(child.id()));
        }
        List<NodeId> members = new ArrayList<>();
        inside.forEach(group -> members.addAll(groups.get(group).members()));
        return Nodes.copyOf(nodes).inOrder(members);
    }

    /** How many nodes call the layer with these weights. */
    public int calls(WeightsId layer) {
        return Nodes.copyOf(nodes).calls().of(layer);
    }

    /** The nodes that call the same layer as {@code node}, itself included. */
    public List<Node> callsOf(Node node) {
        return nodes.values().stream()
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
        Nodes all = Nodes.copyOf(nodes);
        int place = all.place(node);
        NavigableSet<Integer> places = new TreeSet<>();
        if (place >= 0) {
            all.sources().readers(place, places::add);
        }
        return places.stream().map(all.values()::get).toList();
    }

    /** The nodes in their order. */
    public ChunkedList<Node> inOrder() {
        return Nodes.copyOf(nodes).values();
    }

    /** Where a node stands among all, counted from 0; −1 when it is not there. */
    public int place(NodeId id) {
        return Nodes.copyOf(nodes).place(id);
    }

    /** Whether the nodes are those of another graph in the same order, whatever has become of each. */
    public boolean sameOrder(Graph other) {
        return Nodes.copyOf(nodes).sameOrder(Nodes.copyOf(other.nodes));
    }

    /** What the order of the nodes has in common with that of another graph. */
    public Overlap overlap(Graph other) {
        return Nodes.copyOf(nodes).overlap(Nodes.copyOf(other.nodes));
    }

    /**
     * The nodes that are only in one of this graph and another, or in other groups; none when the groups themselves or the
     * order of the other nodes differ.
     */
    public Optional<Set<NodeId>> regrouped(Graph other) {
        Optional<List<Node>> extra = Nodes.copyOf(nodes).extra(Nodes.copyOf(other.nodes));
        Optional<Set<NodeId>> moved = Groups.copyOf(groups).moved(Groups.copyOf(other.groups));
        if (extra.isEmpty() || moved.isEmpty()) {
            return Optional.empty();
        }
        Set<NodeId> found = new HashSet<>(moved.get());
        extra.get().forEach(node -> found.add(node.id()));
        return Optional.of(found);
    }

    /** The nodes that another graph does not have, or not as they are here; in order. */
    public List<Node> notIn(Graph other) {
        return Nodes.copyOf(nodes).notIn(Nodes.copyOf(other.nodes));
    }

    /** The layers that have other weights than in another graph, or have them in one of the two only. */
    public Set<WeightsId> reweighed(Graph other) {
        return KnownWeights.copyOf(weights).differing(KnownWeights.copyOf(other.weights));
    }

    /** The same graph with nodes added or replaced. */
    public Graph withNodes(Collection<Node> changed) {
        return new Graph(Nodes.copyOf(nodes).with(changed), groups, weights, inputs, outputs);
    }

    /** The same graph with a node added or replaced. */
    public Graph withNode(Node changed) {
        return withNodes(List.of(changed));
    }

    /** The same graph without some nodes; what reads them still does. */
    public Graph withoutNodes(Set<NodeId> gone) {
        return new Graph(Nodes.copyOf(nodes).without(gone), groups, weights, inputs, outputs);
    }

    public Graph withNodes(Map<NodeId, Node> others) {
        return new Graph(others, groups, weights, inputs, outputs);
    }

    public Graph withGroups(Map<GroupId, Group> others) {
        return new Graph(nodes, Groups.copyOf(groups).become(others), weights, inputs, outputs);
    }

    public Graph withWeights(Map<WeightsId, Weights> others) {
        return new Graph(nodes, groups, others, inputs, outputs);
    }

    /** The same graph without the weights of some layers, which are untrained then. */
    public Graph withoutWeights(Set<WeightsId> gone) {
        return withWeights(KnownWeights.copyOf(weights).without(gone));
    }

    public Graph withInputs(List<NodeId> others) {
        return new Graph(nodes, groups, weights, others, outputs);
    }

    public Graph withOutputs(List<Output> others) {
        return new Graph(nodes, groups, weights, inputs, others);
    }
}
