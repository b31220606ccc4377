package org.netsplice.export;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.netsplice.check.Report;
import org.netsplice.diagram.Item;
import org.netsplice.diagram.Items;
import org.netsplice.graph.Group;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.WeightsId;

/**
 * The rows of a summary, in the order of Keras: by distance from the outputs, the farthest first, ties in the order in which a walk
 * from the outputs meets the layers ({@code keras.src.models.functional.map_graph}).
 *
 * @param sequential whether every layer reads just the one before
 */
record SummaryRows(List<Row> all, boolean sequential) {

    /** One layer. */
    record Row(
            String prefix,
            String name,
            String type,
            String shape,
            long parameters,
            List<String> connections,
            String trainable) {}

    static SummaryRows of(Report report, boolean nested) {
        List<Item> items = Items.of(report.graph(), Items.nested(report.graph()));
        List<Item> order = ordered(report, items);
        boolean sequential = true;
        List<Row> rows = new ArrayList<>();
        Map<NodeId, String> names = new HashMap<>();
        items.forEach(item -> names.put(item.id(), name(item)));
        for (int i = 0; i < order.size(); i++) {
            Item item = order.get(i);
            sequential &= i == 0
                    ? item.reads().isEmpty()
                    : item.reads().size() == 1
                            && item.reads()
                                    .get(0)
                                    .item()
                                    .equals(order.get(i - 1).id());
            rows.add(row(report, item, names));
            if (nested && item.group().isPresent()) {
                inside(report, item.group().get(), 1, rows);
            }
        }
        return new SummaryRows(rows, sequential);
    }

    private static Row row(Report report, Item item, Map<NodeId, String> names) {
        List<String> connections = item.reads().stream()
                .map(source -> names.get(source.item()) + "[0][" + source.port().index() + "]")
                .toList();
        List<Node> nodes = item.group()
                .map(group -> report.graph().nodesIn(group.id()))
                .orElseGet(() -> List.of(item.node().orElseThrow()));
        return new Row(
                "",
                names.get(item.id()),
                item.group()
                        .map(group -> group.kind().className())
                        .orElseGet(() -> nodes.get(0).layer().className()),
                shape(report, item.id()),
                parameters(report, nodes),
                connections,
                trainable(report, nodes));
    }

    private static String name(Item item) {
        return item.group()
                .map(Group::name)
                .orElseGet(() -> item.node().orElseThrow().name());
    }

    private static void inside(Report report, Group group, int depth, List<Row> rows) {
        String prefix = "   ".repeat(depth) + "└ ";
        Set<Group> entered = new HashSet<>();
        for (Node node : report.graph().nodesIn(group.id())) {
            Group around = report.graph().groupOf(node.id()).orElseThrow();
            while (!around.equals(group) && !around.parent().orElseThrow().equals(group.id())) {
                around = report.graph().groups().get(around.parent().get());
            }
            if (around.equals(group)) {
                rows.add(new Row(
                        prefix,
                        node.name(),
                        node.layer().className(),
                        shape(report, node.id()),
                        parameters(report, List.of(node)),
                        List.of(),
                        trainable(report, List.of(node))));
            } else if (entered.add(around)) {
                List<Node> nodes = report.graph().nodesIn(around.id());
                NodeId last = nodes.get(nodes.size() - 1).id();
                rows.add(new Row(
                        prefix,
                        around.name(),
                        around.kind().className(),
                        shape(report, last),
                        parameters(report, nodes),
                        List.of(),
                        trainable(report, nodes)));
                inside(report, around, depth + 1, rows);
            }
        }
    }

    private static String shape(Report report, NodeId node) {
        List<TensorSpec> outputs = report.outputs(node);
        return outputs.isEmpty()
                ? "?"
                : outputs.stream().map(spec -> spec.shape().toString()).collect(Collectors.joining(", "));
    }

    private static long parameters(Report report, List<Node> nodes) {
        Set<WeightsId> seen = new HashSet<>();
        long count = 0;
        for (Node node : nodes) {
            if (seen.add(node.weights())) {
                for (WeightSpec spec : report.weights(node.id())) {
                    count += spec.shape().elements();
                }
            }
        }
        return count;
    }

    private static String trainable(Report report, List<Node> nodes) {
        List<Node> weighted = nodes.stream()
                .filter(node -> !report.weights(node.id()).isEmpty())
                .toList();
        return weighted.isEmpty() ? "-" : weighted.stream().anyMatch(Node::trainable) ? "Y" : "N";
    }

    private static List<Item> ordered(Report report, List<Item> items) {
        Map<NodeId, Item> byId = new HashMap<>();
        items.forEach(item -> byId.put(item.id(), item));
        Set<NodeId> met = new LinkedHashSet<>();
        report.graph()
                .outputs()
                .forEach(output -> walk(box(items, report, output.port().node()), byId, met));
        items.forEach(item -> met.add(item.id()));
        Map<NodeId, Integer> index = new HashMap<>();
        met.forEach(id -> index.put(id, index.size()));
        Map<NodeId, Integer> depth = new HashMap<>();
        List<Node> topological = report.order();
        for (int i = topological.size() - 1; i >= 0; i--) {
            Item item = byId.get(topological.get(i).id());
            if (item != null) {
                int own = depth.computeIfAbsent(item.id(), id -> 0);
                item.reads().forEach(source -> depth.merge(source.item(), own + 1, Math::max));
            }
        }
        List<Item> order = new ArrayList<>(items);
        order.sort(Comparator.comparing((Item item) -> -depth.getOrDefault(item.id(), 0))
                .thenComparing(item -> index.get(item.id())));
        return order;
    }

    /** The box that stands for a node: itself, or the folded model it is in. */
    private static NodeId box(List<Item> items, Report report, NodeId node) {
        return items.stream()
                .filter(item -> item.id().equals(node)
                        || (item.group().isPresent()
                                && report.graph().nodesIn(item.group().get().id()).stream()
                                        .anyMatch(inner -> inner.id().equals(node))))
                .map(Item::id)
                .findFirst()
                .orElse(node);
    }

    /** Notes what a walk against the wires meets, itself before what it reads, without recursion. */
    private static void walk(NodeId start, Map<NodeId, Item> byId, Set<NodeId> met) {
        java.util.ArrayDeque<NodeId> open = new java.util.ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            NodeId id = open.pop();
            if (met.add(id)) {
                List<Item.Source> reads = byId.get(id).reads();
                for (int i = reads.size() - 1; i >= 0; i--) {
                    open.push(reads.get(i).item());
                }
            }
        }
    }
}
