package org.netsplice.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.netsplice.check.Report;
import org.netsplice.export.ModelCalls.Call;
import org.netsplice.graph.Group;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.WeightsId;

/**
 * The rows of a summary as Keras prints them: each layer once, however often it is called, and of a Sequential no inputs.
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
            String trainable,
            long flops) {}

    static SummaryRows of(Report report, ModelFacts facts, boolean nested) {
        return new Listing(report, facts, nested).run();
    }

    /** The work of one listing. */
    private static final class Listing {
        private final Report report;
        private final ModelFacts facts;
        private final boolean nested;
        private final ModelCalls models;
        private final List<Row> rows = new ArrayList<>();
        private final Map<Object, String> names = new HashMap<>();

        Listing(Report report, ModelFacts facts, boolean nested) {
            this.report = report;
            this.facts = facts;
            this.nested = nested;
            this.models = new ModelCalls(report.graph());
        }

        SummaryRows run() {
            return new SummaryRows(rows, list(Optional.empty(), facts.sequential(), 0));
        }

        /** Lists the layers of a nested model, or of the whole network, and says whether they are a chain. */
        private boolean list(Optional<Call> model, boolean sequential, int depth) {
            List<Call> calls = models.of(model.flatMap(Call::group).map(Group::id));
            Map<NodeId, Integer> numbers = new HashMap<>();
            for (int i = 0; i < calls.size(); i++) {
                for (Node node : calls.get(i).nodes()) {
                    numbers.put(node.id(), i);
                }
            }
            List<LayerOrder.Step> steps = calls.stream()
                    .map(call -> new LayerOrder.Step(
                            call.layer(),
                            call.reads().stream()
                                    .map(port -> numbers.get(port.node()))
                                    .filter(number -> number != null)
                                    .toList()))
                    .toList();
            LayerOrder order = LayerOrder.of(
                    steps,
                    models.results(model).stream()
                            .map(port -> numbers.get(port.node()))
                            .toList());
            Map<Object, List<Call>> byLayer = new LinkedHashMap<>();
            int[] turns = new int[calls.size()];
            for (int i = 0; i < turns.length; i++) {
                List<Call> own = byLayer.computeIfAbsent(calls.get(i).layer(), layer -> new ArrayList<>());
                turns[i] = own.size();
                own.add(calls.get(i));
            }
            if (depth == 0) {
                byLayer.forEach((layer, own) -> names.put(layer, name(own.get(0))));
            }
            for (Object layer : order.layers()) {
                List<Call> own = byLayer.get(layer);
                boolean input = own.get(0).group().isEmpty()
                        && own.get(0).nodes().get(0).layer().className().equals("InputLayer");
                boolean operation = depth > 0
                        && own.get(0).group().isEmpty()
                        && facts.operation(own.get(0).nodes().get(0));
                if ((sequential && order.chain() && input) || operation) {
                    continue;
                }
                rows.add(row(own, depth, depth > 0 ? List.of() : connections(own, calls, turns, numbers)));
                if (nested && own.get(0).group().isPresent()) {
                    list(Optional.of(own.get(0)), kind(own.get(0)) == Group.Kind.NESTED_SEQUENTIAL, depth + 1);
                }
            }
            return order.chain();
        }

        private static Group.Kind kind(Call call) {
            return call.group().orElseThrow().kind();
        }

        private Row row(List<Call> calls, int depth, List<String> connections) {
            Call first = calls.get(0);
            return new Row(
                    depth == 0 ? "" : "   ".repeat(depth) + "└ ",
                    depth == 0 ? name(first) : ownName(first),
                    first.group()
                            .map(group -> group.kind().className())
                            .orElseGet(() -> first.nodes().get(0).layer().nameInPython()),
                    shapes(calls.get(calls.size() - 1)),
                    parameters(first.nodes()),
                    connections,
                    trainable(first.nodes()),
                    calls.stream()
                            .flatMap(call -> call.nodes().stream())
                            .mapToLong(node -> report.flops(node.id()))
                            .sum());
        }

        /** The name in the file, where a document of several networks has no other layers of that name. */
        private String name(Call call) {
            return facts.alone()
                    ? ownName(call)
                    : call.group()
                            .map(Group::name)
                            .orElseGet(() -> call.nodes().get(0).name());
        }

        private String ownName(Call call) {
            return call.group()
                    .map(facts::name)
                    .orElseGet(() -> facts.name(call.nodes().get(0)));
        }

        /** What all calls of a layer read, with the turn of the call that gives it. */
        private List<String> connections(List<Call> own, List<Call> all, int[] turns, Map<NodeId, Integer> numbers) {
            List<String> connections = new ArrayList<>();
            for (Call call : own) {
                for (Port port : call.reads()) {
                    int number = numbers.get(port.node());
                    connections.add(names.get(all.get(number).layer()) + "[" + turns[number] + "]["
                            + Math.max(0, models.outputs(all.get(number)).indexOf(port)) + "]");
                }
            }
            return connections;
        }

        private String shapes(Call call) {
            List<String> shapes = new ArrayList<>();
            for (Port port : models.outputs(call)) {
                Optional<TensorSpec> spec = report.spec(port);
                if (spec.isEmpty()) {
                    return "?";
                }
                shapes.add(spec.get().shape().toString());
            }
            return shapes.size() == 1 ? shapes.get(0) : shapes.stream().collect(Collectors.joining(", ", "[", "]"));
        }

        private long parameters(List<Node> nodes) {
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

        private String trainable(List<Node> nodes) {
            List<Node> weighted = nodes.stream()
                    .filter(node -> !report.weights(node.id()).isEmpty())
                    .toList();
            return weighted.isEmpty() ? "-" : weighted.stream().anyMatch(Node::trainable) ? "Y" : "N";
        }
    }
}
