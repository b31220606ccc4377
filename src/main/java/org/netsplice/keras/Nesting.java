package org.netsplice.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
 * The groups of a graph that can be written as calls of nested models: those that are still closed, and whose layers are called by calls of
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
        Map<String, String> texts = new HashMap<>();
        nesting.folded.forEach(
                id -> nesting.signatures.put(id, texts.computeIfAbsent(nesting.describe(id), text -> text)));
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
            Map<WeightsId, List<String>> standing = new HashMap<>();
            for (Node node : graph.nodes().values()) {
                List<String> path = path(node.id());
                List<String> before = standing.putIfAbsent(node.weights(), path);
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

    /** The models around a node, the innermost first; calls of one model have one text. */
    private List<String> path(NodeId node) {
        List<String> path = new ArrayList<>();
        for (GroupId group : groups(node)) {
            path.add(signatures.get(group));
        }
        return path;
    }

    /** The folded groups around a node, the innermost first. */
    List<GroupId> groups(NodeId node) {
        List<GroupId> found = new ArrayList<>();
        for (Optional<GroupId> group = around(node); group.isPresent(); group = parent(group.get())) {
            found.add(group.get());
        }
        return found;
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

    /** All folded groups, in the order of their identity. */
    List<GroupId> folded() {
        return graph.groups().keySet().stream().filter(folded::contains).toList();
    }
}
