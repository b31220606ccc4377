package org.netsplice.edit.step;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.NodeId;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Where;

/** Draws a frame around layers that are directly in the same group. */
public record MakeGroup(Set<NodeId> nodes, String name) implements Edit {

    public MakeGroup {
        nodes = Set.copyOf(nodes);
    }

    @Override
    public Document apply(Document document) {
        Graph graph = document.graph();
        Rename.requireName(Where.NOWHERE, name);
        Set<Optional<GroupId>> parents = nodes.stream()
                .map(id -> graph.groupOf(Graphs.node(graph, id).id()).map(Group::id))
                .collect(Collectors.toSet());
        if (parents.size() != 1) {
            throw new ModelException.EditRefused(
                    Where.NOWHERE,
                    nodes.isEmpty() ? "no layer is selected" : "the layers belong to different groups",
                    "Select layers of one network.");
        }
        Optional<GroupId> parent = parents.iterator().next();
        Map<GroupId, Group> groups = new TreeMap<>(graph.groups());
        parent.ifPresent(id -> groups.put(id, groups.get(id).without(nodes)));
        GroupId id = new GroupId(document.nextId());
        groups.put(id, new Group(id, name, Group.Kind.FRAME, parent, name, new TreeSet<>(nodes)));
        return document.with(graph.withGroups(groups)).withNextId(document.nextId() + 1);
    }

    @Override
    public String title() {
        return "group";
    }
}
