package org.netsplice.train;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.netsplice.check.Report;
import org.netsplice.dl4j.PhysicalMemory;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.WeightsId;
import org.netsplice.problem.MemoryShortage;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** What training would take, asked before it starts. */
final class Memory {
    /** Copies of a trained weight in the memory of the Java machine: itself, its gradient, and the best so far. */
    private static final double COPIES = 2.5;

    /** How often a result of a layer is held in native memory: in the layer's own steps, for the way back, and as a gradient. */
    private static final double HELD = 5;

    private Memory() {}

    /**
     * Refuses what memory would not do for.
     *
     * @param rows rows of data in all
     * @throws ModelException.CannotPredict with numbers
     */
    static void require(Report report, Plan plan, long rows, Options options) {
        double kept = (double) rows * numbers(report, entries(plan)) * Float.BYTES;
        if (MemoryShortage.excludes(kept)) {
            throw refused(MemoryShortage.problem(
                    Where.NOWHERE,
                    "the results of what is computed once for " + String.format(Locale.ROOT, "%,d", rows)
                            + " rows would take " + MemoryShortage.size(kept),
                    "Use fewer rows, or train from a layer on that has smaller inputs."));
        }
        double trained = 0;
        double all = 0;
        Set<WeightsId> counted = new HashSet<>();
        for (Node node : plan.rest()) {
            if (counted.add(node.weights())) {
                double own = 0;
                for (WeightSpec spec : report.weights(node.id())) {
                    own += (double) spec.shape().elements();
                }
                all += own;
                trained += plan.trained().contains(node.id()) ? own : 0;
            }
        }
        double changing = Double.BYTES * trained * (COPIES + options.optimizer().slots());
        if (MemoryShortage.excludes(kept + changing)) {
            throw refused(MemoryShortage.problem(
                    Where.NOWHERE,
                    String.format(Locale.ROOT, "training %,.0f weights", trained) + " would take "
                            + MemoryShortage.size(kept + changing),
                    "Train fewer layers, or use sgd, which keeps no numbers between steps."));
        }
        Set<Port> results = new HashSet<>();
        plan.rest().forEach(node -> {
            for (int i = 0; i < node.layer().outputCount(); i++) {
                results.add(new Port(node.id(), i));
            }
        });
        double wanted = Float.BYTES * (HELD * Math.min(options.batch(), rows) * numbers(report, results) + 3 * all);
        List<Problem> problems = PhysicalMemory.problems(wanted);
        if (!problems.isEmpty()) {
            throw refused(problems.get(0));
        }
    }

    /** The ports that are read by what is trained and computed once. */
    private static Set<Port> entries(Plan plan) {
        Set<NodeId> own = new HashSet<>();
        plan.before().forEach(node -> own.add(node.id()));
        Set<Port> entries = new HashSet<>();
        plan.rest()
                .forEach(node -> node.inputs().stream()
                        .filter(port -> own.contains(port.node()))
                        .forEach(entries::add));
        return entries;
    }

    private static double numbers(Report report, Set<Port> ports) {
        return ports.stream()
                .mapToDouble(port -> report.spec(port)
                        .map(spec -> (double) Math.max(1, spec.shape().elementsPerRow()))
                        .orElse(1.0))
                .sum();
    }

    private static ModelException.CannotPredict refused(Problem problem) {
        return new ModelException.CannotPredict(problem);
    }
}
