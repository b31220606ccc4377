package org.netsplice.graph;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Sets;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Groups by their identity, in its order; an immutable map that knows which group each node is in. One that differs from another
 * in the groups of few nodes shares that knowledge with it.
 */
final class Groups extends AbstractMap<GroupId, Group> {
    /** The groups of so many nodes may be others than those that are shared. */
    private static final int MOST_MOVED = 64;

    private final ImmutableSortedMap<GroupId, Group> groups;
    private final Supplier<Map<NodeId, GroupId>> around;
    /** The groups of nodes for which that does not hold; none for those that are in no group any more. */
    private final ImmutableMap<NodeId, Optional<GroupId>> moved;

    private Groups(ImmutableSortedMap<GroupId, Group> groups) {
        this.groups = groups;
        this.around = Suppliers.memoize(() -> makeAround(groups));
        this.moved = ImmutableMap.of();
    }

    private Groups(
            ImmutableSortedMap<GroupId, Group> groups,
            Supplier<Map<NodeId, GroupId>> around,
            Map<NodeId, Optional<GroupId>> moved) {
        this.groups = groups;
        this.around = around;
        this.moved = ImmutableMap.copyOf(moved);
    }

    /** A copy; no copy of what cannot change. */
    static Groups copyOf(Map<GroupId, Group> groups) {
        return groups instanceof Groups same ? same : new Groups(ImmutableSortedMap.copyOf(groups));
    }

    /** A copy of what has become of these groups. */
    Groups become(Map<GroupId, Group> others) {
        if (others instanceof Groups same) {
            return same;
        }
        Groups fresh = new Groups(ImmutableSortedMap.copyOf(others));
        Set<NodeId> left = new HashSet<>();
        Map<NodeId, Optional<GroupId>> joined = new HashMap<>();
        for (GroupId id : Sets.union(groups.keySet(), fresh.groups.keySet())) {
            Members before = members(groups.get(id));
            Members now = members(fresh.groups.get(id));
            if (Math.abs(before.size() - now.size()) > MOST_MOVED) {
                return fresh;
            }
            before.compare(now, left::add, node -> joined.put(node, Optional.of(id)));
        }
        Map<NodeId, Optional<GroupId>> all = new HashMap<>(moved);
        left.forEach(node -> all.put(node, Optional.empty()));
        all.putAll(joined);
        return all.size() > MOST_MOVED ? fresh : new Groups(fresh.groups, around, all);
    }

    /** The nodes that are directly in other groups than there; none when the groups or what is around them differ. */
    Optional<Set<NodeId>> moved(Groups other) {
        if (!groups.keySet().equals(other.groups.keySet())) {
            return Optional.empty();
        }
        Set<NodeId> found = new HashSet<>();
        for (Group group : groups.values()) {
            Group there = other.groups.get(group.id());
            if (!group.parent().equals(there.parent())) {
                return Optional.empty();
            }
            members(there).compare(members(group), found::add, found::add);
        }
        return Optional.of(found);
    }

    private static Members members(Group group) {
        return group == null ? Members.NONE : Members.copyOf(group.members());
    }

    private static Map<NodeId, GroupId> makeAround(Map<GroupId, Group> groups) {
        Map<NodeId, GroupId> found = new HashMap<>();
        for (Group group : groups.values()) {
            group.members().forEach(node -> found.putIfAbsent(node, group.id()));
        }
        return found;
    }

    /** The group a node is directly in. */
    Optional<Group> around(NodeId node) {
        Optional<GroupId> other = moved.isEmpty() ? null : moved.get(node);
        return other == null ? Optional.ofNullable(around.get().get(node)).map(groups::get) : other.map(groups::get);
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
