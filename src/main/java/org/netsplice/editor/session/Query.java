package org.netsplice.editor.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.netsplice.check.Report;
import org.netsplice.config.Json;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.search.Likeness;

/**
 * A search for layers by words that must all match. A word such as {@code units>=64} or {@code activation=softmax} compares a
 * setting or one of {@code name, class, network, shape, dtype, rank, params, inputs, outputs}; {@code frozen, trainable, shared, input,
 * output, problem} are facts; any other word is looked for in the name, the class and the shape.
 */
public final class Query {
    private static final Pattern COMPARISON = Pattern.compile("([A-Za-z_][A-Za-z_0-9]*)(>=|<=|!=|=|>|<)(.+)");
    private static final Pattern NUMBER = Pattern.compile("(-?[0-9]*\\.?[0-9]+(?:[eE][-+]?[0-9]+)?)([kKmMgG]?)");

    /** What may stand in a shape. */
    private static final Pattern SHAPELY = Pattern.compile("[none0-9(), ]+");

    private final Report report;
    private final Map<NodeId, String> networks = new HashMap<>();
    private final List<Predicate<Node>> words = new ArrayList<>();
    private final BiPredicate<String, String> says;

    private Query(Report report, BiPredicate<String, String> says) {
        this.report = report;
        this.says = says;
    }

    /** The layers a text asks for, in the order of the graph; none for an empty text. */
    public static List<NodeId> find(Report report, String text) {
        return find(report, text, Query::contains);
    }

    /** The layers whose names or classes are only like the words of a text that {@link #find} finds nothing for. */
    static List<NodeId> findSimilar(Report report, String text) {
        return find(report, text, (name, word) -> Likeness.isLike(word, name));
    }

    private static List<NodeId> find(Report report, String text, BiPredicate<String, String> says) {
        Query query = new Query(report, says);
        for (String word : text.strip().split("\\s+")) {
            if (!word.isEmpty()) {
                query.words.add(query.word(word));
            }
        }
        return query.words.isEmpty()
                ? List.of()
                : report.graph().nodes().values().stream()
                        .filter(node -> query.words.stream().allMatch(one -> one.test(node)))
                        .map(Node::id)
                        .toList();
    }

    private Predicate<Node> word(String word) {
        Matcher comparison = COMPARISON.matcher(word);
        if (comparison.matches()) {
            String key = comparison.group(1).toLowerCase(Locale.ROOT);
            String wanted = comparison.group(3).toLowerCase(Locale.ROOT);
            return node -> compared(values(node, key), comparison.group(2), wanted);
        }
        String plain = word.toLowerCase(Locale.ROOT);
        boolean shapely = SHAPELY.matcher(plain).matches();
        return fact(plain)
                .orElse(node -> says.test(node.name(), plain)
                        || says.test(node.layer().className(), plain)
                        || (shapely
                                && shape(node)
                                        .filter(text -> contains(text, plain))
                                        .isPresent()));
    }

    private Optional<Predicate<Node>> fact(String word) {
        Graph graph = report.graph();
        return Optional.ofNullable(
                switch (word) {
                    case "frozen" -> node -> !node.trainable() && weighty(node);
                    case "trainable" -> node -> node.trainable() && weighty(node);
                    case "shared" -> node -> weighty(node) && graph.isShared(node.weights());
                    case "input" -> Node::isInput;
                    case "output" ->
                        node -> graph.outputs().stream()
                                .anyMatch(output -> output.port().node().equals(node.id()));
                    case "problem" -> faulty();
                    default -> null;
                });
    }

    private Predicate<Node> faulty() {
        Set<Long> faulty = new HashSet<>();
        for (Problem problem : report.problems()) {
            if (problem.where() instanceof Where.AtNode at) {
                faulty.add(at.node());
            }
        }
        return node -> faulty.contains(node.id().number());
    }

    /** The names of the outermost groups, by the layers in them. */
    private Map<NodeId, String> networks() {
        if (networks.isEmpty()) {
            Graph graph = report.graph();
            for (Group group : graph.groups().values()) {
                if (group.parent().isEmpty()) {
                    graph.nodesIn(group.id()).forEach(node -> networks.put(node.id(), group.name()));
                }
            }
        }
        return networks;
    }

    private boolean weighty(Node node) {
        return !report.weights(node.id()).isEmpty();
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part);
    }

    private Optional<String> shape(Node node) {
        return report.spec(Port.of(node.id())).map(spec -> spec.shape().toString());
    }

    /** The value of a key for a layer; several values for a list, such as the sizes of a kernel. */
    private List<String> values(Node node, String key) {
        Optional<TensorSpec> spec = report.spec(Port.of(node.id()));
        return switch (key) {
            case "name" -> List.of(node.name());
            case "class" -> List.of(node.layer().className());
            case "network" ->
                Optional.ofNullable(networks().get(node.id())).stream().toList();
            case "shape" ->
                spec.map(one -> one.shape().toString().replace(" ", "")).stream()
                        .toList();
            case "dtype" -> spec.map(one -> one.dtype().text()).stream().toList();
            case "rank" ->
                spec.map(one -> String.valueOf(one.shape().rank())).stream().toList();
            case "params" ->
                List.of(String.valueOf(report.weights(node.id()).stream()
                        .mapToLong(weight -> weight.shape().elements())
                        .sum()));
            case "inputs" -> List.of(String.valueOf(node.inputs().size()));
            case "outputs" -> List.of(String.valueOf(node.layer().outputCount()));
            default -> setting(node, key);
        };
    }

    private static List<String> setting(Node node, String key) {
        if (!(node.layer() instanceof ComputedLayer layer)) {
            return List.of();
        }
        if (key.equals("activation") && !layer.activationText().isEmpty()) {
            return List.of(layer.activationText());
        }
        Optional<Object> value = layer.kind().value(layer, key);
        if (value.isEmpty()) {
            return List.of();
        }
        Json json = Json.of(value.get());
        return json.isList() ? json.items().stream().map(Query::text).toList() : List.of(text(json));
    }

    private static String text(Json json) {
        return json.isText() ? json.text() : json.toString();
    }

    /** Whether there are values and all of them compare as wanted. */
    private static boolean compared(List<String> values, String operator, String wanted) {
        if (values.isEmpty()) {
            return false;
        }
        if (operator.equals("!=")) {
            return !compared(values, "=", wanted);
        }
        String joined = String.join(",", values).toLowerCase(Locale.ROOT);
        return (operator.equals("=") && joined.equals(wanted))
                || values.stream().allMatch(value -> holds(value.toLowerCase(Locale.ROOT), operator, wanted));
    }

    private static boolean holds(String value, String operator, String wanted) {
        OptionalDouble one = number(value);
        OptionalDouble other = number(wanted);
        if (one.isEmpty() || other.isEmpty()) {
            return operator.equals("=") && value.equals(wanted);
        }
        int order = Double.compare(one.getAsDouble(), other.getAsDouble());
        return switch (operator) {
            case ">" -> order > 0;
            case "<" -> order < 0;
            case ">=" -> order >= 0;
            case "<=" -> order <= 0;
            default -> order == 0;
        };
    }

    /** A number, perhaps in thousands, millions or billions: {@code 1.5m}. */
    private static OptionalDouble number(String text) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            return OptionalDouble.empty();
        }
        double factor = switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
            case "k" -> 1e3;
            case "m" -> 1e6;
            case "g" -> 1e9;
            default -> 1;
        };
        return OptionalDouble.of(Double.parseDouble(matcher.group(1)) * factor);
    }
}
