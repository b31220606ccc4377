package org.netsplice.train;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.edit.Kept;
import org.netsplice.graph.Graph;
import org.netsplice.graph.NamePattern;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.WeightSpec;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * The layers that are trained.
 *
 * @param nodes every call of a layer that is trained
 * @param notices what is to be known about it, as sentences
 */
public record Selection(Set<NodeId> nodes, List<String> notices) {
    private static final Pattern REGULAR = Pattern.compile("(regularizer|constraint)\"\\s*:\\s*\\{");

    public Selection {
        nodes = Set.copyOf(nodes);
        notices = List.copyOf(notices);
    }

    /**
     * The layers without trained weights, and those that are named.
     *
     * @param names names of layers, groups or networks, in which {@code *} stands for any letters and {@code ?} for one; a layer that
     *     is frozen is trained only when it is named letter by letter
     * @throws ModelException.CannotPredict when a name stands for nothing, or nothing is left to train
     */
    public static Selection of(Document document, List<String> names) {
        Graph graph = document.graph();
        Report report = Report.of(graph);
        Set<NodeId> needed = report.topology().needed();
        Set<Node> chosen = new LinkedHashSet<>();
        Set<String> frozen = new LinkedHashSet<>();
        graph.inOrder().stream()
                .filter(node -> report.untrained(node.id()) && trainable(report, node))
                .forEach(node -> add(node, false, chosen, frozen));
        for (String name : names) {
            List<Node> meant = new NamePattern(name).nodes(graph);
            List<Node> able =
                    meant.stream().filter(node -> trainable(report, node)).toList();
            if (able.isEmpty()) {
                throw refused(
                        meant.isEmpty()
                                ? "no layer, group or network is called \"" + name + "\""
                                : "\"" + name + "\" has no weights that training could change",
                        "Name layers with weights as the summary lists them; * stands for any letters.");
            }
            able.forEach(node -> add(node, node.name().equals(name), chosen, frozen));
        }
        Set<NodeId> nodes = new HashSet<>();
        chosen.forEach(node -> graph.callsOf(node).forEach(call -> nodes.add(call.id())));
        List<String> notices = new ArrayList<>();
        if (!frozen.isEmpty()) {
            notices.add("Frozen in the document, and therefore not trained: " + listed(List.copyOf(frozen)) + ".");
        }
        List<String> regular = chosen.stream()
                .filter(node -> regular(document, node))
                .map(Node::name)
                .toList();
        if (!regular.isEmpty()) {
            notices.add("Regularizers and constraints are not applied: those of " + listed(regular) + ".");
        }
        if (nodes.stream().noneMatch(needed::contains)) {
            throw refused(
                    nodes.isEmpty()
                            ? (frozen.isEmpty()
                                    ? "every layer has trained weights already"
                                    : "every layer that could be trained is frozen: " + listed(List.copyOf(frozen)))
                            : "no output depends on the layers that would be trained",
                    "Name the layers to train.");
        }
        return new Selection(nodes, notices);
    }

    private static void add(Node node, boolean named, Set<Node> chosen, Set<String> frozen) {
        if (node.trainable() || named) {
            chosen.add(node);
        } else {
            frozen.add(node.name());
        }
    }

    /** Whether a file gave a layer a regularizer or a constraint. */
    private static boolean regular(Document document, Node node) {
        Kept.Said said = document.kept().layers().get(node.weights());
        return said != null && REGULAR.matcher(said.text()).find();
    }

    private static boolean trainable(Report report, Node node) {
        return report.weights(node.id()).stream().anyMatch(WeightSpec::trainable);
    }

    /** The first names, and how many more there are. */
    static String listed(List<String> names) {
        int shown = Math.min(5, names.size());
        String first = String.join(", ", names.subList(0, shown));
        return shown < names.size() ? first + " and " + (names.size() - shown) + " more" : first;
    }

    private static ModelException.CannotPredict refused(String what, String remedy) {
        return new ModelException.CannotPredict(Problem.error(Where.NOWHERE, what, remedy));
    }
}
