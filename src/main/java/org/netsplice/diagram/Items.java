package org.netsplice.diagram;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;

/** The boxes of a diagram: every node, or with nested models folded, one box for each call of one. */
public final class Items {
    private Items() {}

    /** The boxes, in the order of the graph. */
    public static List<Item> of(Graph graph, boolean nested) {
        Map<NodeId, Group> folded = nested ? Map.of() : folded(graph);
        Map<GroupId, NodeId> last = new HashMap<>();
        graph.nodes().values().forEach(node -> {
            if (folded.containsKey(node.id())) {
                last.put(folded.get(node.id()).id(), node.id());
            }
        });
        Map<NodeId, GroupId> direct = new HashMap<>();
        graph.groups().values().forEach(group -> group.members().forEach(id -> direct.put(id, group.id())));
        Map<GroupId, List<Item.Source>> entering = new LinkedHashMap<>();
        List<Item> items = new ArrayList<>();
        for (Node node : graph.nodes().values()) {
            Group fold = folded.get(node.id());
            List<Item.Source> sources = new ArrayList<>();
            for (Port port : node.inputs()) {
                Group from = folded.get(port.node());
                sources.add(new Item.Source(from == null ? port.node() : last.get(from.id()), port));
            }
            if (fold == null) {
                items.add(new Item(
                        node.id(),
                        Optional.of(node),
                        Optional.empty(),
                        sources,
                        Optional.ofNullable(direct.get(node.id()))));
                continue;
            }
            List<Item.Source> outside = entering.computeIfAbsent(fold.id(), id -> new ArrayList<>());
            for (int i = 0; i < sources.size(); i++) {
                if (!fold.equals(folded.get(node.inputs().get(i).node()))) {
                    outside.add(sources.get(i));
                }
            }
            if (last.get(fold.id()).equals(node.id())) {
                items.add(new Item(node.id(), Optional.empty(), Optional.of(fold), outside, fold.parent()));
            }
        }
        return items;
    }

    /** The outermost nested model around each node that is in one. */
    private static Map<NodeId, Group> folded(Graph graph) {
        Map<NodeId, Group> folded = new HashMap<>();
        for (Group group : graph.groups().values()) {
            boolean outermost = group.kind().nested()
                    && group.parent()
                            .map(parent -> !graph.groups().get(parent).kind().nested())
                            .orElse(true);
            if (outermost) {
                graph.nodesIn(group.id()).forEach(node -> folded.put(node.id(), group));
            }
        }
        return folded;
    }
}
