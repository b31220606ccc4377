package org.netsplice.editor.recipe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netsplice.check.Report;
import org.netsplice.graph.Family;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.TensorSpec;

/**
 * Cuts a network into pieces that follow each other: blocks that names tell, groups, and elsewhere a piece wherever a single port
 * carries everything on. A skip connection around a smaller resolution, as in a U-Net, prevents no cut.
 */
final class Pieces {
    private final Report report;
    private final Units units;
    private final Map<NumberedNames.Key, List<Integer>> named;

    /**
     * Layers that follow each other without a way around.
     *
     * @param name what the names of a block have in common
     * @param group whether it is a group that exists already
     * @param kind equal for pieces that are the same block again
     */
    record Piece(List<Node> nodes, Optional<NumberedNames.Key> name, boolean group, Object kind) {

        boolean isSingle() {
            return nodes.size() == 1 && name.isEmpty() && !group;
        }

        Node last() {
            return nodes.get(nodes.size() - 1);
        }
    }

    private Pieces(Report report, Units units, int level) {
        this.report = report;
        this.units = units;
        this.named = NumberedNames.of(units, level);
    }

    /** The pieces of a network in order; {@code level} as in {@link NumberedNames#of}. */
    static List<Piece> of(Report report, Units units, int level) {
        return new Pieces(report, units, level).cut();
    }

    private List<Piece> cut() {
        int[] blocks = new int[units.size()];
        Arrays.fill(blocks, -1);
        List<NumberedNames.Key> keys = List.copyOf(named.keySet());
        List<List<Integer>> members = List.copyOf(named.values());
        for (int number = 0; number < keys.size(); number++) {
            for (int unit : members.get(number)) {
                blocks[unit] = number;
            }
        }
        List<List<Integer>> steps = units.steps(blocks);
        List<Piece> pieces = new ArrayList<>();
        int start = 0;
        for (int at = 0; at <= steps.size(); at++) {
            boolean barrier = at == steps.size() || isBarrier(steps.get(at), blocks);
            if (barrier) {
                loose(steps.subList(start, at), pieces);
                if (at < steps.size()) {
                    pieces.add(closed(steps.get(at), blocks, keys));
                }
                start = at + 1;
            }
        }
        return joined(pieces);
    }

    private boolean isBarrier(List<Integer> step, int[] blocks) {
        return blocks[step.get(0)] >= 0 || !units.isSingle(step.get(0)) || units.isInput(step);
    }

    /** The piece of a named block, a group or an input. */
    private Piece closed(List<Integer> step, int[] blocks, List<NumberedNames.Key> keys) {
        List<Node> nodes =
                step.stream().flatMap(unit -> units.nodes(unit).stream()).toList();
        int block = blocks[step.get(0)];
        if (block < 0) {
            return new Piece(nodes, Optional.empty(), !units.isSingle(step.get(0)), new Object());
        }
        NumberedNames.Key key = keys.get(block);
        Node last = nodes.get(nodes.size() - 1);
        return new Piece(nodes, Optional.of(key), false, List.of(key.skeleton(), report.outputs(last.id())));
    }

    /** Cuts single layers behind each after which nothing before it is read, but for skip connections. */
    private void loose(List<List<Integer>> steps, List<Piece> pieces) {
        List<Node> nodes = steps.stream().map(step -> units.node(step.get(0))).toList();
        Map<NodeId, Integer> places = new HashMap<>();
        int[] growing = new int[nodes.size() + 1];
        for (int i = 0; i < nodes.size(); i++) {
            places.put(nodes.get(i).id(), i);
            growing[i + 1] = growing[i] + (Resolution.grows(report, nodes.get(i)) ? 1 : 0);
        }
        int[] last = new int[nodes.size()];
        for (int i = 0; i < nodes.size(); i++) {
            for (Port port : nodes.get(i).inputs()) {
                Integer source = places.get(port.node());
                boolean skip = source != null
                        && growing[i] > growing[source + 1]
                        && Resolution.of(report, port)
                                .equals(Resolution.of(
                                        report, Port.of(nodes.get(i).id())));
                if (source != null && !skip) {
                    last[source] = Math.max(last[source], i);
                }
            }
        }
        int start = 0;
        int reach = 0;
        for (int i = 0; i < nodes.size(); i++) {
            boolean cut = reach <= i;
            reach = Math.max(reach, last[i]);
            if (cut) {
                List<Node> own = nodes.subList(start, i + 1);
                pieces.add(new Piece(own, Optional.empty(), false, kind(own)));
                start = i + 1;
            }
        }
        if (start < nodes.size()) {
            List<Node> own = nodes.subList(start, nodes.size());
            pieces.add(new Piece(own, Optional.empty(), false, kind(own)));
        }
    }

    /**
     * Residual blocks are alike when they have the same kinds of layers and the same output shape; other pieces when they have
     * the same layers, wired the same way, at the same resolution.
     */
    private Object kind(List<Node> piece) {
        Node last = piece.get(piece.size() - 1);
        List<TensorSpec> outputs = report.outputs(last.id());
        if (piece.size() > 1 && isResidual(last)) {
            Set<Family> families = EnumSet.noneOf(Family.class);
            piece.forEach(node -> families.add(node.layer().family()));
            families.retainAll(
                    EnumSet.of(Family.CONVOLUTION, Family.ATTENTION, Family.CORE, Family.RECURRENT, Family.MERGE));
            return List.of(families, outputs);
        }
        List<Object> shape = new ArrayList<>();
        Map<NodeId, Integer> places = new HashMap<>();
        for (Node node : piece) {
            shape.add(node.layer().className());
            Map<NodeId, Integer> outside = new LinkedHashMap<>();
            for (Port port : node.inputs()) {
                Integer place = places.get(port.node());
                outside.putIfAbsent(port.node(), -1 - outside.size());
                shape.add(place == null ? outside.get(port.node()) : place);
                shape.add(port.index());
            }
            places.put(node.id(), places.size());
        }
        shape.add(
                piece.size() == 1 ? List.of(piece.get(0).layer(), outputs) : Resolution.of(report, Port.of(last.id())));
        return shape;
    }

    /** Whether a layer joins inputs of one shape to one of that shape, as at the end of a residual block. */
    private boolean isResidual(Node node) {
        List<TensorSpec> outputs = report.outputs(node.id());
        return node.layer().family() == Family.MERGE
                && outputs.size() == 1
                && report.inputs(node.id()).stream().allMatch(outputs.get(0)::equals);
    }

    /** Activations that stand alone behind a block belong to it. */
    private static List<Piece> joined(List<Piece> pieces) {
        List<Piece> joined = new ArrayList<>();
        for (Piece piece : pieces) {
            Piece before = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            boolean joins = before != null
                    && before.nodes().size() > 1
                    && !before.group()
                    && piece.isSingle()
                    && piece.last().layer().family() == Family.ACTIVATION
                    && piece.last()
                            .inputs()
                            .equals(List.of(Port.of(before.last().id())));
            if (joins) {
                List<Node> nodes = new ArrayList<>(before.nodes());
                nodes.addAll(piece.nodes());
                joined.set(joined.size() - 1, new Piece(nodes, before.name(), false, before.kind()));
            } else {
                joined.add(piece);
            }
        }
        return joined;
    }
}
