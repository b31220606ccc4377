package org.netsplice.edit.step;

import java.util.Map;
import java.util.TreeMap;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.problem.Where;

/** Gives a network or frame another name. */
public record RenameGroup(GroupId group, String name) implements Edit {

    @Override
    public Document apply(Document document) {
        Group present = Graphs.group(document.graph(), group);
        Rename.requireName(Where.NOWHERE, name);
        Map<GroupId, Group> groups = new TreeMap<>(document.graph().groups());
        groups.put(group, present.withName(name));
        return document.with(document.graph().withGroups(groups));
    }

    @Override
    public String title() {
        return "rename group";
    }
}
