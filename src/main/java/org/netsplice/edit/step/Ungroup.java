package org.netsplice.edit.step;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.NodeId;

/** Removes a group and keeps its layers. */
public record Ungroup(GroupId group) implements Edit {

    @Override
    public Document apply(Document document) {
        Group gone = Graphs.group(document.graph(), group);
        Map<GroupId, Group> groups = new TreeMap<>(document.graph().groups());
        groups.remove(group);
        document.graph().childrenOf(group).forEach(child -> groups.put(child.id(), child.withParent(gone.parent())));
        gone.parent().ifPresent(parent -> {
            TreeSet<NodeId> members = new TreeSet<>(groups.get(parent).members());
            members.addAll(gone.members());
            groups.put(parent, groups.get(parent).withMembers(members));
        });
        Map<GroupId, String> origins = new TreeMap<>(document.origins());
        origins.remove(group);
        return document.with(document.graph().withGroups(groups)).withOrigins(origins);
    }

    @Override
    public String title() {
        return "ungroup";
    }
}
