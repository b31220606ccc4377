package org.netsplice.editor.recipe;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.edit.step.Fold;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.NodeId;

/** The groups to fold or unfold. */
public final class Folds {
    private Folds() {}

    /** Folds the innermost groups around nodes, or unfolds the boxes they stand in; empty when they are in no group. */
    public static Optional<Edit> toggled(Document document, Set<NodeId> nodes) {
        Graph graph = document.graph();
        Set<GroupId> folded = new TreeSet<>();
        Set<GroupId> open = new TreeSet<>();
        for (NodeId node : nodes) {
            Optional<Group> group = graph.groupOf(node);
            Optional<GroupId> outermost = Optional.empty();
            group.ifPresent(inner -> open.add(inner.id()));
            while (group.isPresent()) {
                if (document.placement().folded().contains(group.get().id())) {
                    outermost = Optional.of(group.get().id());
                }
                group = group.get().parent().map(graph.groups()::get);
            }
            outermost.ifPresent(folded::add);
        }
        if (!folded.isEmpty()) {
            return Optional.of(new Fold(folded, false));
        }
        return open.isEmpty() ? Optional.empty() : Optional.of(new Fold(open, true));
    }

    /** Folds every group that has at least this many groups around it; 0 folds whole networks. */
    public static Edit below(Graph graph, int depth) {
        Set<GroupId> deep = new TreeSet<>();
        for (Group group : graph.groups().values()) {
            if (depth(graph, group) >= depth) {
                deep.add(group.id());
            }
        }
        return new Fold(deep, true);
    }

    /** Unfolds everything. */
    public static Edit none(Document document) {
        return new Fold(document.placement().folded(), false);
    }

    private static int depth(Graph graph, Group group) {
        int depth = 0;
        Optional<GroupId> parent = group.parent();
        while (parent.isPresent()) {
            depth++;
            parent = graph.groups().get(parent.get()).parent();
        }
        return depth;
    }
}
