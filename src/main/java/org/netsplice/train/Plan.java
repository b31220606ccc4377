package org.netsplice.train;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netsplice.check.Report;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * The nodes that are computed once, and those that are computed in every step.
 *
 * @param before the nodes that no training changes, as far as others of the network need them
 * @param rest the nodes that are trained or random, and all that depend on these
 * @param trained the nodes whose weights change
 * @param random the nodes that are random while training and depend on nothing that is trained
 * @param repeated the nodes with weights that are not trained, and are computed in every step only because random ones are before them
 */
record Plan(List<Node> before, List<Node> rest, Set<NodeId> trained, List<Node> random, List<Node> repeated) {

    /**
     * Cuts a network.
     *
     * @param targets the ports that are trained for
     * @param selected the nodes whose weights may change
     * @throws ModelException.CannotPredict when nothing that is trained leads to a target, or a layer cannot be trained
     */
    static Plan of(Graph graph, Report report, Set<Port> targets, Set<NodeId> selected) {
        Set<NodeId> ends = new HashSet<>();
        targets.forEach(port -> ends.add(port.node()));
        Set<NodeId> needed = report.topology().upstream(ends);
        Set<NodeId> changing = new HashSet<>();
        Set<NodeId> learned = new HashSet<>();
        Set<NodeId> trained = new LinkedHashSet<>();
        List<Node> random = new ArrayList<>();
        List<Node> repeated = new ArrayList<>();
        List<Node> rest = new ArrayList<>();
        List<Node> still = new ArrayList<>();
        for (Node node : report.order()) {
            if (!needed.contains(node.id()) || node.isInput()) {
                continue;
            }
            boolean own = selected.contains(node.id());
            boolean after = reads(node, changing);
            boolean learns = own || reads(node, learned);
            boolean drawn = layer(node).differsInTraining(false);
            if (own) {
                trained.add(node.id());
            }
            if (learns) {
                learned.add(node.id());
            } else if (drawn) {
                random.add(node);
            } else if (after && !report.weights(node.id()).isEmpty()) {
                repeated.add(node);
            }
            if (learns || drawn || after) {
                changing.add(node.id());
                rest.add(node);
            } else {
                still.add(node);
            }
        }
        Set<NodeId> read = new HashSet<>();
        rest.forEach(node -> node.inputs().forEach(port -> read.add(port.node())));
        Set<NodeId> useful = report.topology().upstream(read);
        targets.forEach(port -> requireLearning(graph.node(port.node()), learned));
        rest.forEach(node -> requireTrainable(node, trained.contains(node.id())));
        return new Plan(
                still.stream().filter(node -> useful.contains(node.id())).toList(), rest, trained, random, repeated);
    }

    private static void requireLearning(Node node, Set<NodeId> learned) {
        if (!learned.contains(node.id())) {
            throw refused(
                    Where.NOWHERE,
                    "the output " + node.name() + " depends on no layer that is trained",
                    "Name layers before it.");
        }
    }

    private static ComputedLayer layer(Node node) {
        return (ComputedLayer) node.layer();
    }

    private static void requireTrainable(Node node, boolean trained) {
        if (layer(node).differsInTraining(trained)) {
            layer(node).untrainable().ifPresent(why -> {
                throw refused(new Where.AtNode(node.id().number(), node.name()), why, "Train only other layers.");
            });
        }
    }

    private static ModelException.CannotPredict refused(Where where, String what, String remedy) {
        return new ModelException.CannotPredict(Problem.error(where, what, remedy));
    }

    private static boolean reads(Node node, Set<NodeId> some) {
        return node.inputs().stream().anyMatch(port -> some.contains(port.node()));
    }

    /** Says when frozen layers are not computed once. */
    Optional<String> notice() {
        if (repeated.isEmpty()) {
            return Optional.empty();
        }
        String names = Selection.listed(random.stream().map(Node::name).toList());
        return Optional.of(names + (random.size() == 1 ? " drops or changes" : " drop or change")
                + " values at random while training, as in Keras even when frozen, so that " + repeated.size()
                + (repeated.size() == 1 ? " frozen layer" : " frozen layers") + " with weights "
                + (repeated.size() == 1 ? "is" : "are") + " computed in every step instead of once.");
    }
}
