package org.netsplice.edit.step;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Graph;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.problem.ModelException;

/** Replaces the prefix that the names of all layers of a group have in common; an empty prefix removes it. */
public record Prefix(GroupId group, String prefix) implements Edit {

    /** What the names of all layers of a group begin with, up to its last sign that is no letter or digit; may be empty. */
    public static String common(Graph graph, GroupId group) {
        List<Node> nodes = graph.nodesIn(group);
        String common = nodes.isEmpty() ? "" : nodes.get(0).name();
        for (Node node : nodes) {
            while (!node.name().startsWith(common)) {
                common = common.substring(0, common.length() - 1);
            }
        }
        int end = common.length();
        while (end > 0 && Character.isLetterOrDigit(common.charAt(end - 1))) {
            end--;
        }
        return common.substring(0, end);
    }

    @Override
    public Document apply(Document document) {
        Graph graph = document.graph();
        Graphs.group(graph, group);
        int old = common(graph, group).length();
        List<Node> inside = graph.nodesIn(group);
        Set<String> taken = new HashSet<>();
        graph.nodes().values().forEach(node -> taken.add(node.name()));
        inside.forEach(node -> taken.remove(node.name()));
        List<Node> renamed = new ArrayList<>();
        for (Node node : inside) {
            String name = prefix + node.name().substring(old);
            Rename.requireName(Graphs.at(node), name);
            if (!taken.add(name)) {
                throw new ModelException.EditRefused(
                        Graphs.at(node),
                        "the name \"" + name + "\" is taken by another layer",
                        "Choose another prefix.");
            }
            renamed.add(node.withName(name));
        }
        return document.with(graph.withNodes(renamed));
    }

    @Override
    public String title() {
        return "change prefix";
    }
}
