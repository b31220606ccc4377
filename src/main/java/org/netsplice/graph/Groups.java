package org.netsplice.graph;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The groups of a graph in the order of their identity, and which of them each node is in. Immutable. */
final class Groups {
    private final ImmutableSortedMap<GroupId, Group> byId;
    private final Supplier<Map<NodeId, Group>> around = Suppliers.memoize(this::makeAround);
    private final Supplier<Map<GroupId, List<Group>>> children = Suppliers.memoize(this::makeChildren);

    Groups(Map<GroupId, Group> groups) {
        byId = ImmutableSortedMap.copyOf(groups);
    }

    Map<GroupId, Group> byId() {
        return byId;
    }

    /** The group a node is directly in. */
    Optional<Group> around(NodeId node) {
        return Optional.ofNullable(around.get().get(node));
    }

    /** The groups directly inside another, in the order of their identity. */
    List<Group> inside(GroupId parent) {
        return children.get().getOrDefault(parent, List.of());
    }

    private Map<GroupId, List<Group>> makeChildren() {
        Map<GroupId, List<Group>> found = new HashMap<>();
        for (Group group : byId.values()) {
            group.parent()
                    .ifPresent(parent -> found.computeIfAbsent(parent, any -> new ArrayList<>())
                            .add(group));
        }
        return found;
    }

    private Map<NodeId, Group> makeAround() {
        Map<NodeId, Group> found = new HashMap<>();
        for (Group group : byId.values()) {
            group.members().forEach(node -> found.putIfAbsent(node, group));
        }
        return found;
    }
}
