package org.netsplice.check;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netsplice.graph.DType;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.Output;
import org.netsplice.graph.Policy;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** What must hold for a graph as a whole. */
final class NetworkRules {
    private NetworkRules() {}

    /** Adds what is wrong or doubtful about the graph of a report whose shapes are known. */
    static void check(Report report, List<Problem> problems) {
        Graph graph = report.graph();
        if (graph.nodes().isEmpty()) {
            problems.add(Problem.error(Where.NOWHERE, "there is no network yet", "Open a model or add layers."));
            return;
        }
        if (graph.outputs().isEmpty()) {
            problems.add(Problem.error(
                    Where.NOWHERE, "no output is marked", "Mark the layer whose values are wanted as an output."));
        }
        Set<String> names = new HashSet<>();
        for (Output output : graph.outputs()) {
            if (!names.add(graph.outputName(output))) {
                problems.add(Problem.error(
                        Where.NOWHERE,
                        "two outputs are named \"" + graph.outputName(output) + "\"",
                        "Rename one of them."));
            }
        }
        problems.addAll(DoubtfulJoins.of(report));
        halfPrecision(graph).ifPresent(problems::add);
        if (graph.outputs().isEmpty()) {
            return;
        }
        for (Node node : report.topology().unneeded()) {
            problems.add(Problem.warning(
                    new Where.AtNode(node.id().number(), node.name()),
                    "no output depends on it, so it is left out when compiling",
                    "Connect it, mark it as an output, or delete it."));
        }
    }

    /** Warns that results are rounded to half precision after each layer, while Keras also rounds after every step inside it. */
    private static Optional<Problem> halfPrecision(Graph graph) {
        List<Node> nodes = graph.inOrder().stream()
                .filter(node -> node.layer().casts() && node.policy().compute().half())
                .toList();
        if (nodes.isEmpty()) {
            return Optional.empty();
        }
        Policy policy = nodes.get(0).policy();
        String step = policy.compute() == DType.BFLOAT16 ? "0.8" : "0.1";
        return Optional.of(Problem.warning(
                Where.NOWHERE,
                nodes.size() + (nodes.size() == 1 ? " layer computes" : " layers compute") + " in half precision ("
                        + policy.name() + "), where neighboring numbers are up to " + step
                        + " % apart; predictions may differ from Keras' by a few such steps",
                "Save the model with the policy float32 in Keras where that matters."));
    }
}
