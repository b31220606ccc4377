package org.netsplice.editor.recipe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.edit.step.Fold;
import org.netsplice.edit.step.MakeGroup;
import org.netsplice.edit.step.Several;
import org.netsplice.graph.Graph;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.Topology;

/**
 * Finds blocks of layers that follow each other several times, as in deep networks, and folds every run of them into one box “× N”.
 * A network is cut wherever a single port carries everything on; pieces with the same layers, settings and wires are alike.
 */
public final class Repeats {
    private static final int LONGEST_PERIOD = 64;
    private static final int FEWEST_LAYERS = 4;

    private final Graph graph;
    private final Topology topology;

    private Repeats(Graph graph) {
        this.graph = graph;
        this.topology = Topology.of(graph);
    }

    /** Groups and folds all runs; empty when there are none. */
    public static Optional<Edit> folded(Document document) {
        List<Run> runs = new Repeats(document.graph()).runs();
        if (runs.isEmpty()) {
            return Optional.empty();
        }
        List<Edit> edits = new ArrayList<>();
        Set<GroupId> made = new TreeSet<>();
        long next = document.nextId();
        for (Run run : runs) {
            edits.add(new MakeGroup(Set.copyOf(run.nodes()), run.title()));
            made.add(new GroupId(next++));
        }
        edits.add(new Fold(made, true));
        return Optional.of(new Several(edits, "fold repeated blocks"));
    }

    /** Nodes of blocks that are alike, one block after the other. */
    record Run(List<NodeId> nodes, String title) {}

    List<Run> runs() {
        Map<Optional<GroupId>, List<Node>> byGroup = new LinkedHashMap<>();
        Map<NodeId, GroupId> direct = new HashMap<>();
        graph.groups().values().forEach(group -> group.members().forEach(id -> direct.put(id, group.id())));
        for (Node node : topology.order()) {
            byGroup.computeIfAbsent(Optional.ofNullable(direct.get(node.id())), key -> new ArrayList<>())
                    .add(node);
        }
        List<Run> runs = new ArrayList<>();
        byGroup.forEach((group, nodes) -> runs(pieces(nodes), nodes.size(), runs));
        return runs;
    }

    /** Cut behind every node after which nothing before it is read any more. */
    private List<List<Node>> pieces(List<Node> nodes) {
        Map<NodeId, Integer> places = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            places.put(nodes.get(i).id(), i);
        }
        int[] last = new int[nodes.size()];
        for (Node node : nodes) {
            for (Port port : node.inputs()) {
                Integer source = places.get(port.node());
                if (source != null) {
                    last[source] = Math.max(last[source], places.get(node.id()));
                }
            }
        }
        List<List<Node>> pieces = new ArrayList<>();
        int start = 0;
        int reach = 0;
        for (int i = 0; i < nodes.size(); i++) {
            boolean cut = reach <= i;
            reach = Math.max(reach, last[i]);
            if (cut) {
                pieces.add(nodes.subList(start, i + 1));
                start = i + 1;
            }
        }
        return pieces;
    }

    private void runs(List<List<Node>> pieces, int count, List<Run> into) {
        Map<Object, Integer> known = new HashMap<>();
        int[] kinds = new int[pieces.size()];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = known.computeIfAbsent(shape(pieces.get(i)), key -> known.size());
        }
        int at = 0;
        while (at < kinds.length) {
            Stretch best = best(kinds, at);
            Stretch turned = turned(pieces, kinds, best);
            List<Node> nodes = nodes(pieces, turned.from(), turned.count());
            boolean worth = nodes.size() >= FEWEST_LAYERS && nodes.size() < count;
            if (worth) {
                into.add(new Run(nodes.stream().map(Node::id).toList(), title(nodes, best.count() / best.period())));
            }
            at += worth ? turned.from() - at + turned.count() : 1;
        }
    }

    /** Pieces from a place on that repeat with a period; none when the count is 0. */
    private record Stretch(int from, int count, int period) {}

    private static Stretch best(int[] kinds, int at) {
        Stretch best = new Stretch(at, 0, 1);
        for (int period = 1; period <= Math.min(LONGEST_PERIOD, (kinds.length - at) / 2); period++) {
            int covered = covered(kinds, at, period);
            if (covered > best.count()) {
                best = new Stretch(at, covered, period);
            }
        }
        return best;
    }

    /** How many pieces from a place on are whole periods that are alike; 0 when there is only one. */
    private static int covered(int[] kinds, int at, int period) {
        int same = 0;
        while (at + period + same < kinds.length && kinds[at + same] == kinds[at + period + same]) {
            same++;
        }
        return same >= period ? (same / period + 1) * period : 0;
    }

    /** As many blocks, begun where the names inside of each block have most in common. */
    private static Stretch turned(List<List<Node>> pieces, int[] kinds, Stretch found) {
        Stretch best = found;
        int most = -1;
        for (int from = found.from(); from < found.from() + found.period(); from++) {
            if (covered(kinds, from, found.period()) < found.count()) {
                continue;
            }
            int common = 0;
            for (int block = 0; block < found.count(); block += found.period()) {
                common += common(nodes(pieces, from + block, found.period())).length();
            }
            if (common > most) {
                most = common;
                best = new Stretch(from, found.count(), found.period());
            }
        }
        return best;
    }

    private static List<Node> nodes(List<List<Node>> pieces, int from, int count) {
        return pieces.subList(from, from + count).stream().flatMap(List::stream).toList();
    }

    /** What pieces that are alike have in common: layers, and what each reads, counted from the beginning of the piece. */
    private static List<Object> shape(List<Node> piece) {
        Map<NodeId, Integer> places = new HashMap<>();
        List<Object> shape = new ArrayList<>();
        for (Node node : piece) {
            shape.add(node.layer());
            Set<Object> outside = new HashSet<>();
            for (Port port : node.inputs()) {
                Integer place = places.get(port.node());
                outside.add(port.node());
                shape.add(place == null ? -outside.size() : place);
                shape.add(port.index());
            }
            places.put(node.id(), places.size());
        }
        return shape;
    }

    private static String title(List<Node> nodes, int times) {
        String name = common(nodes).replaceAll("[^\\p{L}]+$", "");
        return (name.isEmpty() ? nodes.get(0).layer().className() + "…" : name) + " × " + times;
    }

    /** How all names begin. */
    private static String common(List<Node> nodes) {
        String common = nodes.isEmpty() ? "" : nodes.get(0).name();
        for (Node node : nodes) {
            while (!node.name().startsWith(common)) {
                common = common.substring(0, common.length() - 1);
            }
        }
        return common;
    }
}
