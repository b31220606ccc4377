package org.netsplice.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongBiFunction;
import org.netsplice.check.Report;
import org.netsplice.graph.Graph;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * What one row takes, estimated from shapes before anything is computed.
 *
 * @param bytes memory of all outputs, and of what the layer that holds most holds beside them
 * @param flops floating-point operations of all layers
 * @param largest those of the layer that needs most
 * @param where the layer that needs most
 */
record Effort(double bytes, double flops, double largest, Where where) {
    /** Some hours of an ordinary computer. */
    private static final double MAX_OPERATIONS = 1e15;
    /** Some ten minutes, in which a layer cannot be stopped. */
    private static final double MOST_OF_A_LAYER = 1e13;

    /** The effort of what the outputs depend on; sizes that are not known count as 1, or not at all. */
    static Effort of(Report report) {
        double held = 0;
        double largest = 0;
        Where where = Where.NOWHERE;
        for (NodeId id : report.topology().needed()) {
            Node node = report.graph().node(id);
            if (!(node.layer() instanceof ComputedLayer layer)) {
                continue;
            }
            double work = asked(node, report, layer::work);
            if (work > largest) {
                largest = work;
                where = new Where.AtNode(id.number(), node.name());
            }
            held = Math.max(held, asked(node, report, layer::heldNumbers));
        }
        return new Effort(
                Math.max(1, report.counts().activationBytes()) + Float.BYTES * held,
                report.counts().flops(),
                largest,
                where);
    }

    /** What a layer answers of its inputs and outputs; 0 when they are not known. */
    private static double asked(
            Node node, Report report, ToLongBiFunction<List<TensorSpec>, List<TensorSpec>> question) {
        List<TensorSpec> inputs = report.inputs(node.id());
        List<TensorSpec> outputs = report.outputs(node.id());
        if (inputs.size() != node.inputs().size() || outputs.isEmpty()) {
            return 0;
        }
        try {
            return question.applyAsLong(inputs, outputs);
        } catch (ArithmeticException tooLarge) {
            return Double.MAX_VALUE;
        }
    }

    /** The report of a graph whose inputs have the sizes of these shapes, where the graph itself leaves them open. */
    static Report sized(Report report, Map<String, Shape> data) {
        Graph graph = report.graph();
        List<Node> inputs = new ArrayList<>();
        for (NodeId id : graph.inputs()) {
            Node node = graph.node(id);
            Shape given = data.get(node.name());
            if (given != null && node.layer() instanceof InputLayer layer && open(layer.batchShape())) {
                inputs.add(node.withLayer(new InputLayer(given.withBatch(Shape.UNKNOWN), layer.dtype())));
            }
        }
        return inputs.isEmpty() ? report : Report.of(graph.withNodes(inputs), report);
    }

    private static boolean open(Shape shape) {
        for (int axis = 1; axis < shape.rank(); axis++) {
            if (shape.size(axis) == Shape.UNKNOWN) {
                return true;
            }
        }
        return false;
    }

    /** Tells why these rows cannot be computed together: they do not fit into memory, or take too long; empty when they can. */
    List<Problem> problems(long rows) {
        List<Problem> memory = PhysicalMemory.problems(2.0 * bytes * rows);
        if (!memory.isEmpty()) {
            return memory;
        }
        if (largest * rows > MOST_OF_A_LAYER) {
            return List.of(excessive(where, "in this layer one batch needs", largest * rows, MOST_OF_A_LAYER));
        }
        return flops * rows > MAX_OPERATIONS
                ? List.of(excessive(Where.NOWHERE, "one batch needs", flops * rows, MAX_OPERATIONS))
                : List.of();
    }

    private static Problem excessive(Where where, String what, double flops, double limit) {
        return Problem.error(
                where,
                String.format(
                        Locale.ROOT,
                        "%s about %.1e floating-point operations, which takes hours; the limit is %.0e",
                        what,
                        flops,
                        limit),
                "Use a smaller batch or a smaller network.");
    }
}
