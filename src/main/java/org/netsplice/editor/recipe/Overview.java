package org.netsplice.editor.recipe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.edit.step.Fold;
import org.netsplice.edit.step.MakeGroup;
import org.netsplice.edit.step.Several;
import org.netsplice.editor.recipe.Pieces.Piece;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;

/**
 * Folds a large network into the few boxes that a paper would draw: blocks that are alike and follow each other into one box
 * “× N”, and, where there are still many boxes, single blocks and the layers of a stage too.
 */
public final class Overview {
    /** Networks of no more layers are shown whole when they are opened. */
    private static final int MAX_WHOLE = 60;
    /** With more boxes than these, single blocks and stages are folded. */
    private static final int MAX_CLEAR = 12;
    /** With more boxes than these, coarser names are tried. */
    private static final int MAX_BOXES = 30;
    /** The depths of names that are tried, as {@code conv5_block3_1}, {@code conv5_block3} and {@code conv5}. */
    private static final int LEVELS = 3;

    private static final int MIN_REPEATED = 4;
    private static final int MIN_STAGE = 3;
    /** A stage of more layers is several boxes. */
    private static final int MAX_STAGE = 20;
    /** The most blocks in a row that each get a group of their own. */
    private static final int MAX_INNER = 64;

    private final Report report;
    private final Set<NodeId> outputs;

    /** Layers that become a box; the blocks that are boxes when it is unfolded. */
    private record Box(List<Node> nodes, String title, List<List<Piece>> blocks) {

        Box(List<Node> nodes, String title) {
            this(nodes, title, List.of());
        }
    }

    /** The boxes and folded groups of one network, and how many boxes a picture of it has. */
    private record Plan(List<Box> boxes, List<Piece> groups, int count) {}

    private Overview(Report report) {
        this.report = report;
        this.outputs = report.graph().outputs().stream()
                .map(output -> output.port().node())
                .collect(Collectors.toSet());
    }

    /** Folds all networks; empty when there is nothing to fold. */
    public static Optional<Edit> of(Document document) {
        return of(
                document,
                document.graph().groups().values().stream()
                        .filter(group -> group.parent().isEmpty())
                        .map(Group::id)
                        .collect(Collectors.toSet()));
    }

    /** Folds a network that was just opened if it is large; empty when it is not, or there is nothing to fold. */
    public static Optional<Edit> ofOpened(Document document, GroupId network) {
        return document.graph().nodesIn(network).size() > MAX_WHOLE ? of(document, Set.of(network)) : Optional.empty();
    }

    private static Optional<Edit> of(Document document, Set<GroupId> networks) {
        Graph graph = document.graph();
        Overview overview = new Overview(Report.of(graph));
        List<Edit> edits = new ArrayList<>();
        Set<GroupId> folded = new TreeSet<>();
        long next = document.nextId();
        List<Optional<GroupId>> scopes = new ArrayList<>(List.of(Optional.empty()));
        graph.groups().values().stream()
                .filter(group ->
                        group.kind() != Group.Kind.FRAME || group.parent().isEmpty())
                .filter(group -> networks.contains(outermost(graph, group)))
                .forEach(group -> scopes.add(Optional.of(group.id())));
        for (Optional<GroupId> scope : scopes) {
            Plan plan = overview.plan(scope);
            for (Box box : plan.boxes()) {
                List<Edit> made = overview.edits(box);
                edits.addAll(made);
                for (int i = 0; i < made.size(); i++) {
                    folded.add(new GroupId(next++));
                }
            }
            plan.groups()
                    .forEach(piece -> graph.childrenOf(scope.orElseThrow()).stream()
                            .filter(group -> graph.nodesIn(group.id())
                                    .contains(piece.nodes().get(0)))
                            .forEach(group -> folded.add(group.id())));
        }
        folded.removeAll(document.placement().folded());
        if (folded.isEmpty()) {
            return Optional.empty();
        }
        edits.add(new Fold(folded, true));
        return Optional.of(new Several(edits, "fold repeated blocks"));
    }

    private static GroupId outermost(Graph graph, Group group) {
        Group outer = group;
        while (outer.parent().isPresent()) {
            outer = graph.groups().get(outer.parent().get());
        }
        return outer.id();
    }

    /** The group of a box, and the groups of the blocks inside it. */
    private List<Edit> edits(Box box) {
        List<Edit> edits = new ArrayList<>();
        edits.add(new MakeGroup(ids(box.nodes()), box.title()));
        if (box.blocks().size() <= MAX_INNER) {
            for (List<Piece> block : box.blocks()) {
                List<Node> nodes =
                        block.stream().flatMap(piece -> piece.nodes().stream()).toList();
                if (nodes.size() >= MIN_REPEATED) {
                    edits.add(new MakeGroup(ids(nodes), BlockTitles.ofBlock(block)));
                }
            }
        }
        return edits;
    }

    private static Set<NodeId> ids(List<Node> nodes) {
        return nodes.stream().map(Node::id).collect(Collectors.toSet());
    }

    private Plan plan(Optional<GroupId> scope) {
        Units units = Units.of(report.graph(), scope, report.order());
        Plan best = null;
        for (int level = 0; level < LEVELS; level++) {
            Plan plan = plan(Pieces.of(report, units, level), units.layers(), scope.isPresent());
            if (plan.count() <= MAX_BOXES) {
                return plan;
            }
            best = best == null || plan.count() < best.count() ? plan : best;
        }
        return best;
    }

    private Plan plan(List<Piece> pieces, int layers, boolean network) {
        List<Runs.Run> runs = Runs.of(pieces, MIN_REPEATED, layers);
        int open = runs.stream()
                .mapToInt(run -> run.times() > 1 ? 1 : run.nodes().size())
                .sum();
        boolean crowded = network && open > MAX_CLEAR;
        List<Box> boxes = new ArrayList<>();
        List<Piece> groups = new ArrayList<>();
        List<Node> chain = new ArrayList<>();
        Map<String, Integer> alike = new HashMap<>();
        pieces.forEach(piece -> BlockTitles.head(piece).ifPresent(head -> alike.merge(head, 1, Integer::sum)));
        int count = 0;
        for (Runs.Run run : runs) {
            if (crowded && run.pieces().stream().allMatch(this::isLoose)) {
                run.pieces().forEach(piece -> chain.addAll(piece.nodes()));
                continue;
            }
            count += chain(chain, boxes) + 1;
            List<Node> nodes = run.nodes();
            Piece only = run.pieces().get(0);
            if (run.times() > 1) {
                int all = BlockTitles.head(run.pieces().get(run.period() - 1))
                        .map(alike::get)
                        .orElse(run.times());
                boxes.add(new Box(nodes, BlockTitles.ofRun(run.blocks(), all), run.blocks()));
            } else if (only.group()) {
                groups.add(only);
            } else if (crowded && nodes.size() >= MIN_REPEATED) {
                boxes.add(new Box(nodes, BlockTitles.ofBlock(run.pieces())));
            } else {
                count += nodes.size() - 1;
            }
        }
        count += chain(chain, boxes);
        return new Plan(boxes, crowded ? groups : List.of(), count);
    }

    /** Whether a piece is a layer that may be folded with its neighbours: what enters and leaves the network is always seen. */
    private boolean isLoose(Piece piece) {
        return piece.isSingle()
                && !piece.last().isInput()
                && !outputs.contains(piece.last().id());
    }

    /** Adds a box for every stage of a chain of layers and empties it; returns the number of boxes that are drawn. */
    private int chain(List<Node> chain, List<Box> boxes) {
        List<List<Node>> stages = new ArrayList<>();
        for (int i = 0; i < chain.size(); i++) {
            boolean first = i == 0 || begins(chain, i);
            if (first || stages.get(stages.size() - 1).size() == MAX_STAGE) {
                stages.add(new ArrayList<>());
            }
            stages.get(stages.size() - 1).add(chain.get(i));
        }
        chain.clear();
        int count = 0;
        for (List<Node> stage : stages) {
            boolean folded = stage.size() >= MIN_STAGE;
            count += folded ? 1 : stage.size();
            if (folded) {
                boxes.add(new Box(stage, BlockTitles.of(stage)));
            }
        }
        return count;
    }

    /** Whether a layer begins a stage: it changes the resolution, or pads for one that does. Global pooling stands alone. */
    private boolean begins(List<Node> chain, int at) {
        Node node = chain.get(at);
        Node before = chain.get(at - 1);
        if (Resolution.isGlobalPooling(report, node) || Resolution.isGlobalPooling(report, before)) {
            return true;
        }
        boolean pads = Resolution.isPadding(report, node)
                && at + 1 < chain.size()
                && Resolution.changes(report, chain.get(at + 1));
        return pads
                || (Resolution.changes(report, node) && !Resolution.isPadding(report, before))
                || !reads(node, before);
    }

    private static boolean reads(Node node, Node before) {
        return node.inputs().contains(Port.of(before.id()));
    }
}
