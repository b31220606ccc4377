package org.netsplice.diagram.arrange;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Item;
import org.netsplice.diagram.Label;
import org.netsplice.diagram.Rect;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.work.Progress;

/** The last few layouts of each network, kept so that undoing and unfolding need no new one. Not for several threads at once. */
final class Layouts {
    /** The most layouts kept of a network. */
    private static final int MAX_KEPT = 4;
    /** The most boxes of a network that is laid out again as soon as a box changes its size, because that is quick. */
    private static final int MAX_QUICK = 150;

    private final Map<GroupId, Deque<Kept>> kept = new HashMap<>();

    /** A block, what it depends on, and where it was put the last time. */
    private static final class Kept {
        private final Key key;
        private final Block block;
        private Block placed;
        private Rect place = new Rect(0, 0, 0, 0);

        private Kept(Key key, Block block) {
            this.key = key;
            this.block = block;
            this.placed = block;
        }

        /** The block at a place of the scene. */
        private Block at(Rect wanted) {
            if (!wanted.equals(place)) {
                place = wanted;
                placed = block.moved(wanted.x(), wanted.y());
            }
            return placed;
        }
    }

    /** What a block depends on: the wires, group and size of every box, and which groups are in which. */
    record Key(Detail detail, Boxes boxes, Map<GroupId, Optional<GroupId>> groups) {

        static Key of(Detail detail, Boxes boxes, Graph graph) {
            Map<GroupId, Optional<GroupId>> groups = new HashMap<>();
            for (Item item : boxes.items()) {
                Optional<GroupId> around = item.around();
                while (around.isPresent() && !groups.containsKey(around.get())) {
                    groups.put(around.get(), graph.groups().get(around.get()).parent());
                    around = groups.get(around.get());
                }
            }
            return new Key(detail, boxes, groups);
        }

        /** Whether both have the same block. */
        private boolean like(Key other) {
            return boxes.size() == other.boxes.size()
                    && IntStream.range(0, boxes.size()).allMatch(number -> sized(other, number))
                    && wiredLike(other);
        }

        private boolean sized(Key other, int number) {
            Label one = boxes.label(number);
            Label two = other.boxes.label(number);
            return one.width() == two.width() && one.height() == two.height();
        }

        /** Whether both are equal but for the sizes of boxes. */
        private boolean wiredLike(Key other) {
            return detail.equals(other.detail)
                    && groups.equals(other.groups)
                    && boxes.size() == other.boxes.size()
                    && IntStream.range(0, boxes.size()).allMatch(number -> wired(other, number));
        }

        private boolean wired(Key other, int number) {
            Item one = boxes.item(number);
            Item two = other.boxes.item(number);
            return Objects.equals(one, two)
                    || (one.id().equals(two.id())
                            && one.reads().equals(two.reads())
                            && one.outlets().equals(two.outlets())
                            && one.around().equals(two.around()));
        }
    }

    /** The block of a network without a new layout: a kept one, or one whose boxes can be resized; empty when there is neither. */
    Optional<Block> known(GroupId id, Key key) {
        Deque<Kept> layouts = kept.computeIfAbsent(id, group -> new ArrayDeque<>());
        Optional<Kept> found = layouts.stream()
                .filter(one -> one.key.like(key))
                .findFirst()
                .or(() -> layouts.stream()
                        .filter(one -> slow(key) && one.key.wiredLike(key))
                        .findFirst()
                        .flatMap(one -> ResizedBlock.of(one.block, key.boxes(), key.detail()))
                        .map(resized -> new Kept(key, resized)));
        found.ifPresent(one -> keep(layouts, one));
        return found.map(one -> one.block);
    }

    /** The block of a network, laid out by ELK. */
    Block laid(Graph graph, GroupId id, Key key, Progress progress) {
        Kept made = new Kept(key, made(graph, graph.groups().get(id), key.boxes(), key.detail(), progress));
        keep(kept.get(id), made);
        return made.block;
    }

    /** Whether it takes long to lay out a network. */
    static boolean slow(Key key) {
        return key.boxes().size() > MAX_QUICK;
    }

    /** A block to show until the network is laid out, made from its last layout. */
    Optional<Block> draft(GroupId id, Key key) {
        return kept.getOrDefault(id, new ArrayDeque<>()).stream()
                .filter(one -> one.key.detail().equals(key.detail()))
                .findFirst()
                .flatMap(one -> Draft.of(
                        one.block, one.key.boxes(), key.boxes(), key.groups().keySet(), key.detail()));
    }

    private static void keep(Deque<Kept> layouts, Kept one) {
        layouts.remove(one);
        layouts.addFirst(one);
        if (layouts.size() > MAX_KEPT) {
            layouts.removeLast();
        }
    }

    /** The block that a network was given last, at a place of the scene. */
    Block at(GroupId id, Rect place) {
        return kept.get(id).getFirst().at(place);
    }

    /** Forgets all networks but these. */
    void retain(Set<GroupId> groups) {
        kept.keySet().retainAll(groups);
    }

    /** Lays a network out. */
    static Block made(Graph graph, Group group, Boxes boxes, Detail detail, Progress progress) {
        try {
            return Block.of(graph, group, boxes, detail, progress);
        } catch (NullPointerException
                | IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException problem) {
            System.getLogger(Layouts.class.getName())
                    .log(System.Logger.Level.WARNING, "ELK failed on " + group.name(), problem);
            return Block.stacked(graph, group, boxes, detail);
        }
    }
}
