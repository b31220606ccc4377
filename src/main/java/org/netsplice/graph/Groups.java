package org.netsplice.graph;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableSortedMap;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Groups by their identity, in its order; an immutable map that knows which group each node is in. */
final class Groups extends AbstractMap<GroupId, Group> {
    private final ImmutableSortedMap<GroupId, Group> groups;
    private final Supplier<Map<NodeId, Group>> around = Suppliers.memoize(this::makeAround);

    private Groups(ImmutableSortedMap<GroupId, Group> groups) {
        this.groups = groups;
    }

    /** A copy; no copy of what cannot change. */
    static Groups copyOf(Map<GroupId, Group> groups) {
        return groups instanceof Groups same ? same : new Groups(ImmutableSortedMap.copyOf(groups));
    }

    private Map<NodeId, Group> makeAround() {
        Map<NodeId, Group> found = new HashMap<>();
        for (Group group : groups.values()) {
            group.members().forEach(node -> found.putIfAbsent(node, group));
        }
        return found;
    }

    /** The group a node is directly in. */
    Optional<Group> around(NodeId node) {
        return Optional.ofNullable(around.get().get(node));
    }

    @Override
    public Group get(Object id) {
        return groups.get(id);
    }

    @Override
    public boolean containsKey(Object id) {
        return groups.containsKey(id);
    }

    @Override
    public Set<Entry<GroupId, Group>> entrySet() {
        return groups.entrySet();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Groups same ? groups.equals(same.groups) : super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
