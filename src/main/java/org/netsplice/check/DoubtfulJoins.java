package org.netsplice.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Layer.Trait;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.Topology;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * Where networks are joined, with warnings where that can be computed but is seldom meant.
 *
 * @param merges the layers that join networks, in the order of the graph
 */
record DoubtfulJoins(List<NodeId> merges, List<Problem> problems) {

    /** Those of a graph whose shapes are known, which may differ in little from another. */
    static DoubtfulJoins of(Report report, Optional<Report> before) {
        Search search = new Search(report);
        long networks = report.graph().groups().values().stream()
                .filter(group -> group.parent().isEmpty())
                .count();
        if (networks > 1 && report.concluded()) {
            before.flatMap(known -> suspects(report.graph(), known))
                    .orElseGet(() -> report.graph().nodes().values())
                    .forEach(search::check);
        }
        return new DoubtfulJoins(search.merges, search.problems);
    }

    /** The only nodes that can join networks, in order; none when that is not known. */
    private static Optional<Collection<Node>> suspects(Graph graph, Report known) {
        Graph old = known.graph();
        Optional<Set<NodeId>> moved = graph.regrouped(old);
        boolean comparable = moved.isPresent()
                && known.concluded()
                && moved.get().stream().noneMatch(node -> graph.place(node) >= 0 && old.place(node) >= 0);
        if (!comparable) {
            return Optional.empty();
        }
        Set<NodeId> some = new HashSet<>(known.doubtful().merges());
        graph.notIn(old).forEach(node -> some.add(node.id()));
        return Optional.of(some.stream()
                .filter(node -> graph.place(node) >= 0)
                .sorted(Comparator.comparingInt(graph::place))
                .map(graph::node)
                .toList());
    }

    private static final class Search {
        private final Report report;
        private final Graph graph;
        private final Topology topology;
        private final List<NodeId> merges = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();

        private Search(Report report) {
            this.report = report;
            this.graph = report.graph();
            this.topology = report.topology();
        }

        private Optional<GroupId> network(NodeId node) {
            return graph.outermostGroupOf(node).map(Group::id);
        }

        private void check(Node merge) {
            if (merge.inputs().size() < 2 || !merge.layer().joins()) {
                return;
            }
            Map<GroupId, Port> networks = new LinkedHashMap<>();
            for (Port port : merge.inputs()) {
                network(port.node()).ifPresent(network -> networks.putIfAbsent(network, port));
            }
            if (networks.size() < 2) {
                return;
            }
            merges.add(merge.id());
            probabilities(merge);
            classes(merge);
            Map<Group, List<Node>> feeding = new LinkedHashMap<>();
            networks.forEach((id, port) -> feeding.put(graph.groups().get(id), feeding(id, port)));
            differ(
                    merge,
                    feeding,
                    nodes -> nodes.stream()
                            .anyMatch(node -> node.layer().traits().contains(Trait.SCALING)),
                    "scales its input and %s does not, so that they expect different data",
                    "Give each the data it was trained with: separate inputs, or the same scaling layer in both.");
            differ(
                    merge,
                    feeding,
                    nodes -> nodes.stream()
                            .filter(node -> node.layer().traits().contains(Trait.STATISTICS))
                            .anyMatch(node -> !node.trainable()),
                    "has frozen BatchNormalization and %s has not, so that training moves the statistics of one only",
                    "Freeze both networks, or neither.",
                    nodes -> nodes.stream()
                            .anyMatch(node -> node.layer().traits().contains(Trait.STATISTICS)));
        }

        private boolean probable(Port port) {
            return graph.node(port.node()).layer().traits().contains(Trait.PROBABILITIES);
        }

        /** Values of the same shape as probabilities are likely meant as those: scores of the same classes. */
        private void probabilities(Node merge) {
            Optional<Port> yes = merge.inputs().stream().filter(this::probable).findFirst();
            Optional<Port> no = merge.inputs().stream()
                    .filter(port -> !probable(port))
                    .filter(port -> yes.isPresent() && report.spec(port).equals(report.spec(yes.get())))
                    .findFirst();
            if (no.isPresent()) {
                warn(
                        merge,
                        "joins " + name(yes.get()) + ", whose values are probabilities of classes, with "
                                + name(no.get()) + ", whose values are not",
                        "Put a Softmax behind " + name(no.get()) + ", or join before the Softmax of both.");
            }
        }

        private void classes(Node merge) {
            Map<Long, Port> counts = new LinkedHashMap<>();
            for (Port port : merge.inputs()) {
                Optional<TensorSpec> spec = report.spec(port);
                if (probable(port) && spec.isPresent() && spec.get().shape().rank() > 1) {
                    counts.putIfAbsent(
                            spec.get().shape().size(spec.get().shape().rank() - 1), port);
                }
            }
            if (counts.size() > 1) {
                String each = counts.entrySet().stream()
                        .map(one -> name(one.getValue()) + " " + one.getKey())
                        .collect(Collectors.joining(", "));
                warn(
                        merge,
                        "joins classifiers of different numbers of classes: " + each,
                        "Check that the classes of one are meant beside those of the other.");
            }
        }

        /** The layers of a network that lie before a port, as far as joining can depend on them. */
        private List<Node> feeding(GroupId network, Port port) {
            return topology.feeding(port.node()).stream()
                    .filter(node -> !node.layer().traits().isEmpty())
                    .filter(node -> network(node.id()).equals(Optional.of(network)))
                    .toList();
        }

        private void differ(
                Node merge, Map<Group, List<Node>> networks, Predicate<List<Node>> has, String what, String remedy) {
            differ(merge, networks, has, what, remedy, nodes -> true);
        }

        private void differ(
                Node merge,
                Map<Group, List<Node>> networks,
                Predicate<List<Node>> has,
                String what,
                String remedy,
                Predicate<List<Node>> concerned) {
            Optional<Group> with = Optional.empty();
            Optional<Group> without = Optional.empty();
            for (Map.Entry<Group, List<Node>> network : networks.entrySet()) {
                if (has.test(network.getValue())) {
                    with = with.or(() -> Optional.of(network.getKey()));
                } else if (concerned.test(network.getValue())) {
                    without = without.or(() -> Optional.of(network.getKey()));
                }
            }
            if (with.isPresent() && without.isPresent()) {
                warn(
                        merge,
                        with.get().name() + " "
                                + String.format(what, without.get().name()),
                        remedy);
            }
        }

        private String name(Port port) {
            return graph.node(port.node()).name();
        }

        private void warn(Node merge, String what, String remedy) {
            problems.add(Problem.warning(new Where.AtNode(merge.id().number(), merge.name()), what, remedy));
        }
    }
}
