package org.netsplice.diagram;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;

/** The boxes of a diagram: every node, or of folded groups one box for each. */
public final class Items {
    private final Graph graph;
    private final Map<NodeId, Group> fold = new HashMap<>();
    private final Map<GroupId, List<Node>> inside = new LinkedHashMap<>();
    private final Map<GroupId, Set<Port>> outlets = new HashMap<>();

    private Items(Graph graph, Set<GroupId> folded) {
        this.graph = graph;
        if (folded.isEmpty()) {
            return;
        }
        for (Node node : graph.nodes().values()) {
            outermost(node, folded).ifPresent(group -> {
                fold.put(node.id(), group);
                inside.computeIfAbsent(group.id(), id -> new ArrayList<>()).add(node);
            });
        }
        Set<Port> marked = graph.outputs().stream().map(Output::port).collect(Collectors.toSet());
        Set<Port> leaving = new HashSet<>();
        graph.nodes()
                .values()
                .forEach(node -> node.inputs().stream()
                        .filter(port -> !within(fold.get(port.node()), node))
                        .forEach(leaving::add));
        inside.forEach((id, nodes) -> {
            Set<Port> ports = new LinkedHashSet<>();
            for (Node node : nodes) {
                IntStream.range(0, Math.max(1, node.layer().outputCount()))
                        .mapToObj(index -> new Port(node.id(), index))
                        .filter(port -> leaving.contains(port) || marked.contains(port))
                        .forEach(ports::add);
            }
            outlets.put(id, ports);
        });
    }

    /** The boxes in the order of the graph, with these groups folded. */
    public static List<Item> of(Graph graph, Set<GroupId> folded) {
        return new Items(graph, folded).all();
    }

    /** The boxes with nothing folded; boxes of nodes that have not changed are reused. */
    public static List<Item> of(Graph graph, Graph other, List<Item> before) {
        Items fresh = new Items(graph, Set.of());
        boolean grouped = graph.groups().equals(other.groups());
        Earlier earlier = new Earlier(before);
        List<Item> items = new ArrayList<>(graph.nodes().size());
        for (Node node : graph.nodes().values()) {
            int place = earlier.find(node.id());
            boolean same = place >= 0
                    && before.get(place).node().equals(Optional.of(node))
                    && (grouped || before.get(place).around().equals(fresh.around(node)));
            items.add(same ? before.get(place) : fresh.plain(node));
        }
        return items;
    }

    /** The calls of nested models. */
    public static Set<GroupId> nested(Graph graph) {
        return graph.groups().values().stream()
                .filter(group -> group.kind().nested())
                .map(Group::id)
                .collect(Collectors.toSet());
    }

    private boolean within(Group group, Node reader) {
        return group != null && group.equals(fold.get(reader.id()));
    }

    /** The outermost folded group around a node. */
    private Optional<Group> outermost(Node node, Set<GroupId> folded) {
        Optional<GroupId> around = folded.isEmpty() ? Optional.empty() : around(node);
        Optional<Group> found = Optional.empty();
        while (around.isPresent()) {
            Group group = graph.groups().get(around.get());
            found = folded.contains(group.id()) ? Optional.of(group) : found;
            around = group.parent();
        }
        return found;
    }

    private List<Item> all() {
        List<Item> items = new ArrayList<>();
        for (Node node : graph.nodes().values()) {
            Group group = fold.get(node.id());
            if (group == null) {
                items.add(plain(node));
            } else if (last(group.id()).equals(node)) {
                items.add(folded(group));
            }
        }
        return items;
    }

    private Node last(GroupId group) {
        List<Node> nodes = inside.get(group);
        return nodes.get(nodes.size() - 1);
    }

    private Item.Source source(Node reader, int input) {
        Port port = reader.inputs().get(input);
        Group from = fold.get(port.node());
        NodeId item = from == null ? port.node() : last(from.id()).id();
        return new Item.Source(item, port, reader.id(), input);
    }

    private Item plain(Node node) {
        List<Item.Source> reads = new ArrayList<>(node.inputs().size());
        for (int input = 0; input < node.inputs().size(); input++) {
            reads.add(source(node, input));
        }
        List<Port> ports = node.layer().outputCount() == 1
                ? List.of(Port.of(node.id()))
                : IntStream.range(0, node.layer().outputCount())
                        .mapToObj(index -> new Port(node.id(), index))
                        .toList();
        return new Item(node.id(), Optional.of(node), Optional.empty(), Set.of(node.id()), reads, ports, around(node));
    }

    private Optional<GroupId> around(Node node) {
        return graph.groupOf(node.id()).map(Group::id);
    }

    private Item folded(Group group) {
        Map<Port, Item.Source> reads = new LinkedHashMap<>();
        Set<NodeId> ids = new LinkedHashSet<>();
        for (Node node : inside.get(group.id())) {
            ids.add(node.id());
            for (int input = 0; input < node.inputs().size(); input++) {
                if (!within(fold.get(node.inputs().get(input).node()), node)) {
                    reads.putIfAbsent(node.inputs().get(input), source(node, input));
                }
            }
        }
        return new Item(
                last(group.id()).id(),
                Optional.empty(),
                Optional.of(group),
                ids,
                List.copyOf(reads.values()),
                List.copyOf(outlets.get(group.id())),
                group.parent());
    }
}
