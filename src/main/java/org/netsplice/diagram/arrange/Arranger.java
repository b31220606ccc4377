package org.netsplice.diagram.arrange;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.netsplice.check.Report;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Item;
import org.netsplice.diagram.Items;
import org.netsplice.diagram.Label;
import org.netsplice.diagram.Labels;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.edit.Placement;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.NodeId;
import org.netsplice.work.Progress;

/**
 * Finds a place for everything, in two levels: each network is laid out by itself and then placed as a block among the other
 * blocks and the layers that belong to none. Layouts of networks that did not change are kept. Deep networks recurse deeply, so
 * call it in a thread with a large stack. Not for several threads at once.
 */
public final class Arranger {
    /** Layouts of a network that are kept, so that undoing and unfolding need no new one. */
    private static final int LAYOUTS = 4;
    /** Networks of no more boxes are laid out anew when a box has another size; that does not take long. */
    private static final int SMALL = 150;

    private final Map<GroupId, Deque<Kept>> kept = new HashMap<>();
    private Optional<Drawn> last = Optional.empty();

    /** The boxes that were drawn the last time, and what they said. */
    private record Drawn(Graph graph, boolean folded, List<Item> items, Labels labels) {}

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
    private record Key(Detail detail, Boxes boxes, Map<GroupId, Optional<GroupId>> groups) {

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

    /** The scene of a graph. */
    public Scene arrange(Report report, Placement placement, Detail detail, Progress progress) {
        Graph graph = report.graph();
        Set<GroupId> folded = new HashSet<>(placement.folded());
        if (!detail.nested()) {
            folded.addAll(Items.nested(graph));
        }
        List<Item> items = items(graph, folded);
        if (items.isEmpty()) {
            return new Scene(List.of(), List.of(), List.of(), List.of(), detail);
        }
        Labels labels = Labels.of(report, detail, placement.figure(), items, last.map(Drawn::labels));
        last = Optional.of(new Drawn(graph, !folded.isEmpty(), items, labels));
        Boxes boxes = new Boxes(items, labels.all());
        Map<GroupId, List<Integer>> members = new LinkedHashMap<>();
        List<Integer> free = free(graph, items, members);
        List<Composition.Network> networks = new ArrayList<>();
        members.forEach((id, numbers) -> {
            progress.at(
                    (double) networks.size() / members.size(),
                    "Arranging " + graph.groups().get(id).name());
            Boxes own = new Boxes(
                    numbers.stream().map(items::get).toList(),
                    numbers.stream().map(boxes::label).toList());
            networks.add(new Composition.Network(id, block(graph, id, own, detail), numbers));
        });
        kept.keySet().retainAll(graph.groups().keySet());
        Composition composition = new Composition(
                graph, boxes, detail, (id, place) -> kept.get(id).getFirst().at(place));
        composition.place(networks, free);
        composition.moveByHand(placement);
        return composition.scene(placement.figure());
    }

    private List<Item> items(Graph graph, Set<GroupId> folded) {
        return folded.isEmpty() && last.isPresent() && !last.get().folded()
                ? Items.of(graph, last.get().graph(), last.get().items())
                : Items.of(graph, folded);
    }

    /** The numbers of the boxes that are in no group; those of all others are added to the members of their outermost group. */
    private static List<Integer> free(Graph graph, List<Item> items, Map<GroupId, List<Integer>> members) {
        List<Integer> free = new ArrayList<>();
        Map<Optional<GroupId>, List<Integer>> same = new HashMap<>(Map.of(Optional.empty(), free));
        for (int number = 0; number < items.size(); number++) {
            same.computeIfAbsent(
                            items.get(number).around(),
                            around -> members.computeIfAbsent(
                                    outermost(graph, around.orElseThrow()), id -> new ArrayList<>()))
                    .add(number);
        }
        return free;
    }

    /** Where a layout of some boxes of a scene alone puts them. */
    public static Map<NodeId, Rect> alone(Report report, Scene scene, Set<Scene.Box> boxes) {
        Set<GroupId> folded = new HashSet<>();
        scene.boxes().forEach(box -> box.folded().ifPresent(folded::add));
        Map<NodeId, Label> labels = new HashMap<>();
        boxes.forEach(box -> labels.put(box.id(), box.label()));
        GroupId none = new GroupId(0);
        List<Item> items = Items.of(report.graph(), folded).stream()
                .filter(item -> labels.containsKey(item.id()))
                .map(item -> item.in(none))
                .toList();
        Boxes own = new Boxes(
                items, items.stream().map(item -> labels.get(item.id())).toList());
        Group around = new Group(none, "", Group.Kind.FRAME, Optional.empty(), "", new TreeSet<>());
        Block block = block(report.graph(), around, own, scene.detail());
        Map<NodeId, Rect> areas = new HashMap<>();
        for (int number = 0; number < own.size(); number++) {
            areas.put(own.item(number).id(), block.boxes().get(number));
        }
        return areas;
    }

    private static GroupId outermost(Graph graph, GroupId id) {
        Group group = graph.groups().get(id);
        while (group.parent().isPresent()) {
            group = graph.groups().get(group.parent().get());
        }
        return group.id();
    }

    private Block block(Graph graph, GroupId id, Boxes boxes, Detail detail) {
        Key key = Key.of(detail, boxes, graph);
        Deque<Kept> layouts = kept.computeIfAbsent(id, group -> new ArrayDeque<>());
        Kept found = layouts.stream()
                .filter(one -> one.key.like(key))
                .findFirst()
                .or(() -> layouts.stream()
                        .filter(one -> boxes.size() > SMALL && one.key.wiredLike(key))
                        .findFirst()
                        .flatMap(one -> Resizing.of(one.block, boxes, detail))
                        .map(resized -> new Kept(key, resized)))
                .orElseGet(() -> new Kept(key, block(graph, graph.groups().get(id), boxes, detail)));
        layouts.remove(found);
        layouts.addFirst(found);
        if (layouts.size() > LAYOUTS) {
            layouts.removeLast();
        }
        return found.block;
    }

    private static Block block(Graph graph, Group group, Boxes boxes, Detail detail) {
        try {
            return Block.of(graph, group, boxes, detail);
        } catch (NullPointerException
                | IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException problem) {
            System.getLogger(Arranger.class.getName())
                    .log(System.Logger.Level.WARNING, "ELK failed on " + group.name(), problem);
            return Block.stacked(graph, group, boxes, detail);
        }
    }
}
