package org.netsplice.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Layer.Trait;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.Topology;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * Warns of joins of networks that can be computed but are seldom meant. Only networks that read a common input are compared:
 * an image network and a text network are expected to differ.
 */
final class DoubtfulJoins {
    private final Report report;
    private final Graph graph;
    private final Topology topology;
    /** The nodes whose values are probabilities of classes, or means of such. */
    private final Set<NodeId> probable = new HashSet<>();

    private final List<Problem> problems = new ArrayList<>();

    private DoubtfulJoins(Report report) {
        this.report = report;
        this.graph = report.graph();
        this.topology = report.topology();
    }

    private void findProbabilities() {
        for (Node node : report.order()) {
            Set<Trait> traits = node.layer().traits();
            boolean kept = traits.contains(Trait.KEEPS_PROBABILITIES)
                    && !node.inputs().isEmpty()
                    && node.inputs().stream().allMatch(this::isProbable);
            if (kept || traits.contains(Trait.PROBABILITIES)) {
                probable.add(node.id());
            }
        }
    }

    /** The warnings about all joins, in the order of the graph; none when the graph has a cycle. */
    static List<Problem> of(Report report) {
        DoubtfulJoins joins = new DoubtfulJoins(report);
        long networks = report.graph().groups().values().stream()
                .filter(group -> group.parent().isEmpty())
                .count();
        if (networks > 1) {
            joins.findProbabilities();
            report.order().stream()
                    .filter(node -> node.inputs().size() > 1 && node.layer().joins())
                    .forEach(joins::check);
        }
        return joins.problems;
    }

    /**
     * A network at a join.
     *
     * @param inputs the inputs of the document it reads
     * @param scales whether a layer of it brings raw data to the range it was trained with
     * @param normalizes whether a layer of it keeps statistics
     * @param frozen whether such a layer is frozen
     */
    private record Member(
            Group network,
            Port output,
            Set<NodeId> inputs,
            boolean probable,
            boolean scales,
            boolean normalizes,
            boolean frozen) {
        boolean sharesInput(Member other) {
            return inputs.stream().anyMatch(other.inputs::contains);
        }
    }

    private void check(Node merge) {
        List<Member> members = members(merge);
        if (members.size() < 2) {
            return;
        }
        pair(members, Member::probable, one -> !one.probable(), this::sameShape)
                .ifPresent(pair -> warn(
                        merge,
                        "joins " + name(pair.first().output()) + ", whose values are probabilities of classes, with "
                                + name(pair.second().output()) + ", whose values are not",
                        "Put a Softmax behind " + name(pair.second().output())
                                + ", or join before the Softmax of both."));
        pair(members, Member::scales, one -> !one.scales(), (one, other) -> true)
                .ifPresent(pair -> warn(
                        merge,
                        pair.first().network().name() + " scales its input and "
                                + pair.second().network().name() + " does not, so that they expect different data",
                        "Give each the data it was trained with: separate inputs, or the same scaling layer in both."));
        pair(members, Member::frozen, one -> one.normalizes() && !one.frozen(), (one, other) -> true)
                .ifPresent(pair -> warn(
                        merge,
                        pair.first().network().name() + " has frozen BatchNormalization and "
                                + pair.second().network().name()
                                + " has not, so that training moves the statistics of one only",
                        "Freeze both networks, or neither."));
    }

    /** The networks a node joins, each once, in the order of its inputs. */
    private List<Member> members(Node merge) {
        Map<GroupId, Port> outputs = new LinkedHashMap<>();
        for (Port port : merge.inputs()) {
            graph.outermostGroupOf(port.node()).ifPresent(network -> outputs.putIfAbsent(network.id(), port));
        }
        List<Member> members = new ArrayList<>();
        if (outputs.size() > 1) {
            outputs.forEach((network, port) -> members.add(member(graph.groups().get(network), port)));
        }
        return members;
    }

    private Member member(Group network, Port output) {
        Set<NodeId> inputs = new HashSet<>();
        boolean scales = false;
        boolean normalizes = false;
        boolean frozen = false;
        for (NodeId id : topology.upstream(output.node())) {
            Node node = graph.node(id);
            if (node.isInput()) {
                inputs.add(id);
            }
            Set<Trait> traits = node.layer().traits();
            if (!traits.isEmpty() && isIn(network, id)) {
                scales = scales || traits.contains(Trait.SCALING);
                normalizes = normalizes || traits.contains(Trait.STATISTICS);
                frozen = frozen || (traits.contains(Trait.STATISTICS) && !node.trainable());
            }
        }
        return new Member(network, output, inputs, isProbable(output), scales, normalizes, frozen);
    }

    private boolean isIn(Group network, NodeId node) {
        return graph.outermostGroupOf(node)
                .filter(group -> group.id().equals(network.id()))
                .isPresent();
    }

    private record Pair(Member first, Member second) {}

    private interface Alike {
        boolean test(Member first, Member second);
    }

    /** The first two members that share an input, of which one has a property and the other has not. */
    private static Optional<Pair> pair(
            List<Member> members, Predicate<Member> with, Predicate<Member> without, Alike alike) {
        for (Member first : members) {
            for (Member second : members) {
                if (with.test(first)
                        && without.test(second)
                        && first.sharesInput(second)
                        && alike.test(first, second)) {
                    return Optional.of(new Pair(first, second));
                }
            }
        }
        return Optional.empty();
    }

    private boolean sameShape(Member first, Member second) {
        return report.spec(first.output()).isPresent()
                && report.spec(first.output()).equals(report.spec(second.output()));
    }

    private boolean isProbable(Port port) {
        return probable.contains(port.node());
    }

    private String name(Port port) {
        return graph.node(port.node()).name();
    }

    private void warn(Node merge, String what, String remedy) {
        problems.add(Problem.warning(new Where.AtNode(merge.id().number(), merge.name()), what, remedy));
    }
}
