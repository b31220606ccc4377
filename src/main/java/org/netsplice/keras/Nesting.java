package org.netsplice.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.NestedInput;

/**
 * Which groups of a graph can be written as calls of nested models: those that are still closed, and whose layers are called by calls of
 * the same model only. Groups with equal {@link #signature signatures} are calls of one model.
 */
final class Nesting {
    private final Graph graph;
    private final Set<GroupId> folded = new HashSet<>();
    private final Map<GroupId, String> signatures = new HashMap<>();

    private Nesting(Graph graph) {
        this.graph = graph;
    }

    static Nesting of(Graph graph) {
        Nesting nesting = new Nesting(graph);
        graph.groups().values().stream()
                .filter(group -> group.kind().nested())
                .filter(nesting::closed)
                .forEach(group -> nesting.folded.add(group.id()));
        nesting.folded.forEach(id -> nesting.signatures.put(id, nesting.describe(id)));
        nesting.dropShared();
        return nesting;
    }

    /** Whether no node of a group but its inputs reads from outside the group. */
    private boolean closed(Group group) {
        List<Node> inside = graph.nodesIn(group.id());
        Set<NodeId> ids = new HashSet<>();
        inside.forEach(node -> ids.add(node.id()));
        boolean entered = false;
        for (Node node : inside) {
            boolean entry =
                    node.layer() instanceof NestedInput && group.members().contains(node.id());
            entered |= entry;
            if (!entry && (node.isInput() || !node.inputs().stream().allMatch(port -> ids.contains(port.node())))) {
                return false;
            }
        }
        return entered;
    }

    private String describe(GroupId id) {
        List<Node> inside = graph.nodesIn(id);
        Map<NodeId, Integer> places = new HashMap<>();
        inside.forEach(node -> places.put(node.id(), places.size()));
        StringBuilder text = new StringBuilder(graph.groups().get(id).definition());
        for (Node node : inside) {
            boolean entry = node.layer() instanceof NestedInput;
            text.append('\n')
                    .append(
                            entry
                                    ? "entry"
                                    : node.weights().number() + node.layer().toString());
            for (Port port : node.inputs()) {
                text.append(' ')
                        .append(places.getOrDefault(port.node(), -1))
                        .append(':')
                        .append(port.index());
            }
        }
        return text.toString();
    }

    /** Gives up groups until all calls of each layer are in calls of the same models. */
    private void dropShared() {
        boolean changed = true;
        while (changed) {
            changed = false;
            Map<WeightsId, String> standing = new HashMap<>();
            for (Node node : graph.nodes().values()) {
                String path = path(node.id());
                String before = standing.putIfAbsent(node.weights(), path);
                if (before != null && !before.equals(path)) {
                    changed |= open(node.weights());
                }
            }
        }
    }

    private boolean open(WeightsId weights) {
        boolean opened = false;
        for (Node node : graph.nodes().values()) {
            if (node.weights().equals(weights)) {
                Optional<GroupId> around = around(node.id());
                opened |= around.isPresent() && folded.remove(around.get());
            }
        }
        return opened;
    }

    private String path(NodeId node) {
        StringBuilder path = new StringBuilder();
        Optional<GroupId> present = around(node);
        while (present.isPresent()) {
            path.append(signatures.get(present.get())).append('\n').append('\n');
            present = parent(present.get());
        }
        return path.toString();
    }

    /** The innermost folded group around a node. */
    Optional<GroupId> around(NodeId node) {
        return graph.groupOf(node).flatMap(group -> nearest(Optional.of(group.id())));
    }

    /** The folded group around a folded group. */
    Optional<GroupId> parent(GroupId group) {
        return nearest(graph.groups().get(group).parent());
    }

    private Optional<GroupId> nearest(Optional<GroupId> start) {
        Optional<GroupId> present = start;
        while (present.isPresent() && !folded.contains(present.get())) {
            present = graph.groups().get(present.get()).parent();
        }
        return present;
    }

    /** The text that the calls of one nested model share. */
    String signature(GroupId group) {
        return signatures.get(group);
    }

    /** Gives up the folding of a group. */
    void open(GroupId group) {
        folded.remove(group);
    }

    /** The folded groups directly inside another, or at the top. */
    List<GroupId> inside(Optional<GroupId> level) {
        List<GroupId> found = new ArrayList<>();
        graph.groups().keySet().stream()
                .filter(folded::contains)
                .filter(id -> parent(id).equals(level))
                .forEach(found::add);
        return found;
    }

    /** The nodes directly inside a folded group, or at the top, in the graph's order. */
    Map<NodeId, Node> nodes(Optional<GroupId> level) {
        Map<NodeId, Node> found = new LinkedHashMap<>();
        graph.nodes().values().stream()
                .filter(node -> around(node.id()).equals(level))
                .forEach(node -> found.put(node.id(), node));
        return found;
    }
}
