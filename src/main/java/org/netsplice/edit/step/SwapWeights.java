package org.netsplice.edit.step;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Graph;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Where;

/**
 * Gives the layers of a network the weights of a newer one of the same architecture. Layers are found by their names, without the
 * prefix the network got here; when names differ, by their order among the layers with weights. All other edits stay.
 *
 * @param network the network that gets the weights
 * @param newer the network that has the new weights, with its own numbers
 * @param origin the file it came from, for people
 */
public record SwapWeights(GroupId network, Graph newer, String origin) implements Edit {

    @Override
    public Document apply(Document document) {
        Graph graph = document.graph();
        String title = Graphs.group(graph, network).name();
        Report report = Report.of(graph);
        List<Node> own = graph.nodesIn(network).stream()
                .filter(node -> !report.weights(node.id()).isEmpty())
                .toList();
        List<Node> others = newer.nodes().values().stream()
                .filter(node -> newer.weights().containsKey(node.weights()))
                .toList();
        Map<Node, Node> pairs = paired(own, others, List.of(Prefix.common(graph, network), title + "_"));
        Map<WeightsId, Weights> all = new TreeMap<>(graph.weights());
        for (Node node : own) {
            Node other = pairs.get(node);
            List<WeightSpec> specs = report.weights(node.id());
            Weights weights = other == null ? null : newer.weights().get(other.weights());
            if (weights == null || !weights.fit(specs)) {
                String has = weights == null ? "has none for it" : "has " + weights.shapes() + " in " + other.name();
                throw new ModelException.EditRefused(
                        Graphs.at(node),
                        "needs " + shapes(specs) + ", but the newer network " + has,
                        "Choose a network of the architecture of " + title + ".");
            }
            all.put(node.weights(), weights);
        }
        if (own.isEmpty()) {
            throw new ModelException.EditRefused(
                    Where.NOWHERE, title + " has no weights", "Choose a network with weights.");
        }
        Map<GroupId, String> origins = new TreeMap<>(document.origins());
        origins.put(network, origin);
        return document.with(graph.withWeights(all)).withOrigins(origins);
    }

    private static String shapes(List<WeightSpec> specs) {
        return String.join(
                ", ", specs.stream().map(spec -> spec.shape().toString()).toList());
    }

    private static Map<Node, Node> paired(List<Node> own, List<Node> others, List<String> prefixes) {
        Map<String, Node> named = new HashMap<>();
        others.forEach(node -> named.put(node.name(), node));
        Map<Node, Node> pairs = new HashMap<>();
        for (Node node : own) {
            Stream.concat(Stream.of(""), prefixes.stream())
                    .filter(node.name()::startsWith)
                    .map(prefix -> named.get(node.name().substring(prefix.length())))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .ifPresent(other -> pairs.put(node, other));
        }
        if (pairs.size() < own.size() && own.size() == others.size()) {
            List<Node> rest = new ArrayList<>(others);
            pairs.clear();
            own.forEach(node -> pairs.put(node, rest.remove(0)));
        }
        return pairs;
    }

    @Override
    public String title() {
        return "swap weights";
    }
}
