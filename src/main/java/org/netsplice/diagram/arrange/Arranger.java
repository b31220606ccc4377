package org.netsplice.diagram.arrange;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
    private final Map<NodeId, Labels.Kept> texts = new HashMap<>();
    private final Map<NodeId, Item> known = new HashMap<>();

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

    /** What a block depends on: of every box its wires, the group it is in, and its width and height in turn. */
    private static final class Key {
        private final Detail detail;
        private final List<Item> items;
        private final double[] sizes;

        private Key(Detail detail, List<Item> items, Map<NodeId, Label> labels) {
            this.detail = detail;
            this.items = items;
            this.sizes = new double[2 * items.size()];
            for (int i = 0; i < items.size(); i++) {
                Label label = labels.get(items.get(i).id());
                sizes[2 * i] = label.width();
                sizes[2 * i + 1] = label.height();
            }
        }

        /** Whether a block would be the same. */
        private boolean like(Key other) {
            return Arrays.equals(sizes, other.sizes) && wiredLike(other);
        }

        /** Whether only sizes may differ. */
        private boolean wiredLike(Key other) {
            if (!detail.equals(other.detail) || items.size() != other.items.size()) {
                return false;
            }
            for (int i = 0; i < items.size(); i++) {
                Item one = items.get(i);
                Item two = other.items.get(i);
                if (!one.id().equals(two.id())
                        || !one.reads().equals(two.reads())
                        || !one.around().equals(two.around())) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The scene of a graph. */
    public Scene arrange(Report report, Placement placement, Detail detail, Progress progress) {
        Graph graph = report.graph();
        Set<GroupId> folded = new HashSet<>(placement.folded());
        if (!detail.nested()) {
            folded.addAll(Items.nested(graph));
        }
        List<Item> items = Items.of(graph, folded, known);
        known.clear();
        if (folded.isEmpty()) {
            items.forEach(item -> known.put(item.id(), item));
        }
        if (items.isEmpty()) {
            return new Scene(List.of(), List.of(), List.of(), List.of(), detail);
        }
        Labels labels = new Labels(report, detail, placement.figure(), texts);
        if (texts.size() > graph.nodes().size()) {
            texts.keySet().retainAll(graph.nodes().keySet());
        }
        Map<NodeId, Label> shown = new HashMap<>();
        items.forEach(item -> shown.put(item.id(), labels.of(item)));
        Map<GroupId, List<Item>> members = new LinkedHashMap<>();
        List<Item> free = new ArrayList<>();
        for (Item item : items) {
            Optional<Group> outermost = item.around().map(id -> outermost(graph, id));
            if (outermost.isPresent()) {
                members.computeIfAbsent(outermost.get().id(), id -> new ArrayList<>())
                        .add(item);
            } else {
                free.add(item);
            }
        }
        Map<GroupId, Block> blocks = new LinkedHashMap<>();
        members.forEach((id, own) -> {
            progress.at(
                    (double) blocks.size() / members.size(),
                    "Arranging " + graph.groups().get(id).name());
            blocks.put(id, block(graph, id, own, shown, detail));
        });
        kept.keySet().retainAll(graph.groups().keySet());
        Composition composition = new Composition(
                graph,
                items,
                shown,
                detail,
                (id, place) -> kept.get(id).getFirst().at(place));
        composition.place(blocks, free);
        composition.moveByHand(placement, blocks.keySet());
        return composition.scene(placement.figure());
    }

    /** Where a layout of some boxes of a scene alone puts them. */
    public static Map<NodeId, Rect> alone(Report report, Scene scene, Set<Scene.Box> boxes) {
        Set<GroupId> folded = new HashSet<>();
        scene.boxes().forEach(box -> box.folded().ifPresent(folded::add));
        Set<NodeId> ids = new HashSet<>();
        Map<NodeId, Label> labels = new HashMap<>();
        boxes.forEach(box -> {
            ids.add(box.id());
            labels.put(box.id(), box.label());
        });
        GroupId none = new GroupId(0);
        List<Item> items = Items.of(report.graph(), folded).stream()
                .filter(item -> ids.contains(item.id()))
                .map(item -> item.in(none))
                .toList();
        Group around = new Group(none, "", Group.Kind.FRAME, Optional.empty(), "", new TreeSet<>());
        return block(report.graph(), around, items, labels, scene.detail()).boxes();
    }

    private static Group outermost(Graph graph, GroupId id) {
        Group group = graph.groups().get(id);
        while (group.parent().isPresent()) {
            group = graph.groups().get(group.parent().get());
        }
        return group;
    }

    private Block block(Graph graph, GroupId id, List<Item> items, Map<NodeId, Label> labels, Detail detail) {
        Key key = new Key(detail, items, labels);
        Deque<Kept> layouts = kept.computeIfAbsent(id, group -> new ArrayDeque<>());
        Kept found = layouts.stream()
                .filter(one -> one.key.like(key))
                .findFirst()
                .or(() -> layouts.stream()
                        .filter(one -> items.size() > SMALL && one.key.wiredLike(key))
                        .findFirst()
                        .flatMap(one -> Resizing.of(one.block, items, labels, detail))
                        .map(resized -> new Kept(key, resized)))
                .orElseGet(() -> new Kept(key, block(graph, graph.groups().get(id), items, labels, detail)));
        layouts.remove(found);
        layouts.addFirst(found);
        if (layouts.size() > LAYOUTS) {
            layouts.removeLast();
        }
        return found.block;
    }

    private static Block block(Graph graph, Group group, List<Item> items, Map<NodeId, Label> labels, Detail detail) {
        try {
            return Block.of(graph, group, items, labels, detail);
        } catch (NullPointerException
                | IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException problem) {
            System.getLogger(Arranger.class.getName())
                    .log(System.Logger.Level.WARNING, "ELK failed on " + group.name(), problem);
            return Block.stacked(graph, group, items, labels, detail);
        }
    }
}
