package org.netsplice.graph;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Where each of many nodes stands. Every node has a slot for good; slots that nodes have left are empty, and who stands behind
 * moves up. So an index of all nodes is shared by those with some more and some less.
 */
final class Slots {
    /** So many nodes may have come or gone before there is a new index. */
    private static final int MOST = 64;

    private final ImmutableMap<NodeId, Integer> slots;
    /** Those of nodes that came since, behind all others. */
    private final ImmutableMap<NodeId, Integer> later;
    /** How many slots there are. */
    private final int count;

    /** In their order. */
    private final int[] empty;

    private Slots(ImmutableMap<NodeId, Integer> slots, ImmutableMap<NodeId, Integer> later, int count, int[] empty) {
        this.slots = slots;
        this.later = later;
        this.count = count;
        this.empty = empty;
    }

    /** Those of nodes in order. */
    static Slots of(List<Node> nodes) {
        ImmutableMap.Builder<NodeId, Integer> slots = ImmutableMap.builderWithExpectedSize(nodes.size());
        int slot = 0;
        for (Node node : nodes) {
            slots.put(node.id(), slot);
            slot++;
        }
        return new Slots(slots.buildOrThrow(), ImmutableMap.of(), slot, new int[0]);
    }

    /** The same with more nodes at the end; all nodes are then these. */
    Slots with(List<NodeId> added, List<Node> all) {
        if (added.isEmpty()) {
            return this;
        }
        if (later.size() + added.size() > MOST) {
            return of(all);
        }
        Map<NodeId, Integer> more = new HashMap<>(later);
        for (int i = 0; i < added.size(); i++) {
            more.put(added.get(i), count + i);
        }
        return new Slots(slots, ImmutableMap.copyOf(more), count + added.size(), empty);
    }

    /** The same without the nodes at some places; all nodes are then these. */
    Slots without(int[] places, List<Node> all) {
        if (empty.length + places.length > MOST) {
            return of(all);
        }
        int[] left = IntStream.concat(
                        Arrays.stream(empty), Arrays.stream(places).map(this::slot))
                .sorted()
                .toArray();
        return new Slots(slots, later, count, left);
    }

    /** The slot of the node at a place. */
    private int slot(int place) {
        int slot = place;
        for (int gone : empty) {
            slot += gone <= slot ? 1 : 0;
        }
        return slot;
    }

    /** How many of the first slots are empty. */
    private int emptyBefore(int slot) {
        int at = Arrays.binarySearch(empty, slot);
        return at < 0 ? -1 - at : at;
    }

    /** Where a node stands, counted from 0; −1 when it is not there. */
    int place(Object node) {
        Integer slot = later.isEmpty() ? null : later.get(node);
        if (slot == null) {
            slot = slots.get(node);
        }
        if (slot == null || empty.length == 0) {
            return slot == null ? -1 : slot;
        }
        int at = Arrays.binarySearch(empty, slot);
        return at >= 0 ? -1 : slot + 1 + at;
    }

    /** At least so many nodes at the beginning are the same. */
    @SuppressWarnings("ReferenceEquality")
    int first(Slots other) {
        if (slots != other.slots) {
            return 0;
        }
        int slot = later == other.later ? Math.min(count, other.count) : slots.size();
        int at = Arrays.mismatch(empty, other.empty);
        if (at >= 0) {
            slot = Math.min(slot, at < empty.length ? empty[at] : slot);
            slot = Math.min(slot, at < other.empty.length ? other.empty[at] : slot);
        }
        return slot - emptyBefore(slot);
    }

    /** At least so many nodes at the end are the same. */
    @SuppressWarnings("ReferenceEquality")
    int last(Slots other) {
        if (slots != other.slots || later != other.later) {
            return 0;
        }
        int behind = 0;
        int most = Math.min(empty.length, other.empty.length);
        while (behind < most && empty[empty.length - 1 - behind] == other.empty[other.empty.length - 1 - behind]) {
            behind++;
        }
        int one = behind < empty.length ? empty[empty.length - 1 - behind] : -1;
        int two = behind < other.empty.length ? other.empty[other.empty.length - 1 - behind] : -1;
        return count - 1 - Math.max(one, two) - behind;
    }

    /** Whether two say the same of all nodes, as far as can be seen at once. */
    @SuppressWarnings("ReferenceEquality")
    boolean same(Slots other) {
        return slots == other.slots && later == other.later && Arrays.equals(empty, other.empty);
    }
}
