package org.netsplice.graph;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * A named set of nodes; every node is directly in at most one.
 *
 * @param parent the group around it
 * @param definition for a call of a nested model, what all calls of that model have in common; else the group's own name
 * @param members the nodes directly inside, in the order of their identity
 */
public record Group(
        GroupId id, String name, Kind kind, Optional<GroupId> parent, String definition, Set<NodeId> members) {

    /** What a group stands for. */
    public enum Kind {
        /** An opened model. */
        NETWORK,
        /** One call of a nested functional model. */
        NESTED,
        /** One call of a nested Sequential. */
        NESTED_SEQUENTIAL,
        /** Drawn by the user. */
        FRAME;

        /** Whether it is a call of a model inside another. */
        public boolean nested() {
            return this == NESTED || this == NESTED_SEQUENTIAL;
        }

        /** Keras' name for what is in it. */
        public String className() {
            return this == NESTED_SEQUENTIAL ? "Sequential" : "Functional";
        }
    }

    public Group {
        members = ImmutableSortedSet.copyOf(members);
    }

    public Group withName(String other) {
        return new Group(id, other, kind, parent, definition, members);
    }

    public Group withMembers(Set<NodeId> others) {
        return new Group(id, name, kind, parent, definition, others);
    }

    /** The group with one more node. */
    public Group withMember(NodeId node) {
        return withMembers(Sets.union(members, Set.of(node)));
    }

    /** The group without some nodes; this one when none of them is in it. */
    public Group without(Set<NodeId> gone) {
        return Collections.disjoint(members, gone) ? this : withMembers(Sets.difference(members, gone));
    }

    public Group withParent(Optional<GroupId> other) {
        return new Group(id, name, kind, other, definition, members);
    }
}
