package org.netsplice.diagram.arrange;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.netsplice.check.Report;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Item;
import org.netsplice.diagram.Items;
import org.netsplice.diagram.Label;
import org.netsplice.diagram.Labels;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.edit.Figure;
import org.netsplice.edit.Placement;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.NodeId;
import org.netsplice.work.Progress;

/**
 * Makes scenes of graphs, in two steps: each network is laid out by itself, and then placed as a block among the other blocks and
 * the layers that are in no network. The layout of a network that did not change is reused. Deep networks recurse deeply: call it
 * in a thread with a large stack. Not for several threads at once.
 */
public final class Arranger {
    private final Layouts layouts = new Layouts();
    private Optional<Drawn> last = Optional.empty();
    private SceneParts parts = SceneParts.NONE;

    /** The boxes of the last scene and their labels. */
    private record Drawn(Graph graph, boolean folded, List<Item> items, Labels labels) {}

    /** What is to be drawn, but for where the networks are. */
    private record Whole(Graph graph, Boxes boxes, List<Integer> free, Placement placement, Detail detail) {

        private Arrangement with(List<Composition.Network> networks, BiFunction<GroupId, Rect, Block> placed) {
            Arrangement arrangement = Composition.of(boxes, networks, free, detail, placed);
            MovesByHand.apply(graph, placement, free, arrangement);
            return arrangement;
        }
    }

    /** The scene of a graph. */
    public Scene arrange(Report report, Placement placement, Detail detail, Progress progress) {
        return arrange(report, placement, detail, progress, draft -> {});
    }

    /** The scene of a graph. Before a slow layout of a network that was changed little, {@code meanwhile} gets a draft. */
    public Scene arrange(
            Report report, Placement placement, Detail detail, Progress progress, Consumer<Scene> meanwhile) {
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
        Boxes boxes = folded.isEmpty() ? Boxes.of(graph, items, labels.all()) : new Boxes(items, labels.all());
        Map<GroupId, List<Integer>> members = new LinkedHashMap<>();
        Whole whole = new Whole(graph, boxes, free(graph, items, members), placement, detail);
        Map<GroupId, Layouts.Key> keys = new LinkedHashMap<>();
        members.forEach((id, numbers) -> keys.put(
                id,
                Layouts.Key.of(
                        detail,
                        new Boxes(
                                numbers.stream().map(items::get).toList(),
                                numbers.stream().map(boxes::label).toList()),
                        graph)));
        layouts.retain(graph.groups().keySet());
        Map<GroupId, Block> ready = new LinkedHashMap<>();
        keys.forEach((id, key) -> layouts.known(id, key).ifPresent(block -> ready.put(id, block)));
        draft(whole, members, keys, ready).ifPresent(meanwhile);
        List<Composition.Network> networks = new ArrayList<>();
        keys.forEach((id, key) -> {
            progress.at(
                    (double) networks.size() / keys.size(),
                    "Arranging " + graph.groups().get(id).name());
            Block block = ready.computeIfAbsent(id, any -> layouts.laid(graph, id, key, progress));
            networks.add(new Composition.Network(id, block, members.get(id)));
        });
        return scene(whole, whole.with(networks, layouts::at));
    }

    /** The scene with drafts of the networks whose layout is slow; empty when there is none, or one has no draft. */
    private Optional<Scene> draft(
            Whole whole,
            Map<GroupId, List<Integer>> members,
            Map<GroupId, Layouts.Key> keys,
            Map<GroupId, Block> ready) {
        Map<GroupId, Block> drafts = new HashMap<>();
        for (Map.Entry<GroupId, Layouts.Key> entry : keys.entrySet()) {
            GroupId id = entry.getKey();
            if (Layouts.slow(entry.getValue()) && !ready.containsKey(id)) {
                Optional<Block> draft = layouts.draft(id, entry.getValue());
                if (draft.isEmpty()) {
                    return Optional.empty();
                }
                drafts.put(id, draft.get());
            }
        }
        if (drafts.isEmpty()) {
            return Optional.empty();
        }
        List<Composition.Network> networks = new ArrayList<>();
        keys.forEach((id, key) -> {
            Block block = drafts.containsKey(id)
                    ? drafts.get(id)
                    : ready.computeIfAbsent(id, any -> layouts.laid(whole.graph(), id, key, Progress.NONE));
            networks.add(new Composition.Network(id, block, members.get(id)));
        });
        Arrangement arrangement = whole.with(
                networks,
                (id, place) ->
                        drafts.containsKey(id) ? drafts.get(id).moved(place.x(), place.y()) : layouts.at(id, place));
        return Optional.of(scene(whole, arrangement));
    }

    private Scene scene(Whole whole, Arrangement arrangement) {
        parts = SceneParts.of(arrangement, parts);
        Figure figure = whole.placement().figure();
        List<Scene.Note> notes = Labels.notes(whole.detail().figure() ? figure : Figure.EMPTY);
        List<Scene.Frame> frames = frames(whole.graph(), arrangement, figure);
        return whole.boxes().whole().isPresent()
                ? new Scene(parts.boxes(), parts.wires(), frames, notes, whole.detail(), whole.graph()::place)
                : new Scene(parts.boxes(), parts.wires(), frames, notes, whole.detail());
    }

    /** The frames of a scene, the outer before the inner. */
    private static List<Scene.Frame> frames(Graph graph, Arrangement arrangement, Figure figure) {
        List<GroupId> networks = arrangement.frames().keySet().stream()
                .filter(id -> graph.groups().get(id).parent().isEmpty())
                .toList();
        List<Scene.Frame> frames = new ArrayList<>();
        arrangement.frames().forEach((id, area) -> {
            Group group = graph.groups().get(id);
            int depth = 0;
            Group outer = group;
            while (outer.parent().isPresent()) {
                outer = graph.groups().get(outer.parent().get());
                depth++;
            }
            int color = figure.colors().getOrDefault(outer.id(), networks.indexOf(outer.id()));
            frames.add(new Scene.Frame(id, group.name(), area, color, depth));
        });
        frames.sort(Comparator.comparingInt(Scene.Frame::depth));
        return frames;
    }

    private List<Item> items(Graph graph, Set<GroupId> folded) {
        return folded.isEmpty() && last.isPresent() && !last.get().folded()
                ? Items.of(graph, last.get().graph(), last.get().items())
                : Items.of(graph, folded);
    }

    /** The numbers of the boxes that are in no group; the others are added to the members of their outermost group. */
    private static List<Integer> free(Graph graph, List<Item> items, Map<GroupId, List<Integer>> members) {
        List<Integer> free = new ArrayList<>();
        Map<Optional<GroupId>, List<Integer>> same = new HashMap<>(Map.of(Optional.empty(), free));
        Optional<GroupId> around = Optional.empty();
        List<Integer> beside = free;
        for (int number = 0; number < items.size(); number++) {
            if (!items.get(number).around().equals(around)) {
                around = items.get(number).around();
                beside = same.computeIfAbsent(
                        around,
                        group -> members.computeIfAbsent(
                                outermost(graph, group.orElseThrow()), id -> new ArrayList<>()));
            }
            beside.add(number);
        }
        return free;
    }

    /** The areas that some boxes of a scene have when they are laid out alone. */
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
        Block block = Layouts.made(report.graph(), around, own, scene.detail(), Progress.NONE);
        Map<NodeId, Rect> areas = new HashMap<>();
        for (int number = 0; number < own.size(); number++) {
            areas.put(own.item(number).id(), block.boxes().get(number).area());
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
}
