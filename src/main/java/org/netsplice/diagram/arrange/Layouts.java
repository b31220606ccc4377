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

/** The layouts of networks, the last few of each being kept, so that undoing and unfolding need no new one. Not for several threads at once. */
final class Layouts {
    /** Layouts of a network that are kept. */
    private static final int MOST = 4;
    /** Networks of no more boxes are laid out anew when a box has another size; that does not take long. */
    private static final int SMALL = 150;

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

    /** What a block depends on: of every box its wires, the group it is in, and its size; and which groups are in which. */
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

        /** Whether a block would be the same. */
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

        /** Whether only sizes may differ. */
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

    /** The block of a network, if it need not be laid out by ELK: it was kept, or one that was can be fitted. */
    Optional<Block> known(GroupId id, Key key) {
        Deque<Kept> layouts = kept.computeIfAbsent(id, group -> new ArrayDeque<>());
        Optional<Kept> found = layouts.stream()
                .filter(one -> one.key.like(key))
                .findFirst()
                .or(() -> layouts.stream()
                        .filter(one -> slow(key) && one.key.wiredLike(key))
                        .findFirst()
                        .flatMap(one -> Resizing.of(one.block, key.boxes(), key.detail()))
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
        return key.boxes().size() > SMALL;
    }

    /** What a network may look like until it is laid out, made from its last layout. */
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
        if (layouts.size() > MOST) {
            layouts.removeLast();
        }
    }

    /** The block that a network was given last, at a place of the scene. */
    Block at(GroupId id, Rect place) {
        return kept.get(id).getFirst().at(place);
    }

    /** Forgets networks that are not there any more. */
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
