package org.netsplice.editor.recipe;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.netsplice.check.Report;
import org.netsplice.graph.Family;
import org.netsplice.graph.Node;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;

/** The resolution of images and sequences, which the stages of a network differ in. */
final class Resolution {
    /** The least factor by which a layer that changes the resolution changes the first axis; padding changes it less. */
    private static final double LEAST_FACTOR = 1.5;

    private Resolution() {}

    /** The sizes between the batch and the channels; empty where there are none or nothing is known. */
    static List<Long> of(Report report, Port port) {
        Optional<TensorSpec> spec = report.spec(port);
        if (spec.isEmpty() || spec.get().shape().rank() < 3) {
            return List.of();
        }
        Shape shape = spec.get().shape();
        return Arrays.stream(shape.axes(1, shape.rank() - 1).sizes()).boxed().toList();
    }

    /** Whether the output of a layer is larger than its first input. */
    static boolean grows(Report report, Node node) {
        return ratio(report, node) >= LEAST_FACTOR;
    }

    /** Whether the output of a layer is larger or smaller than its first input. */
    static boolean changes(Report report, Node node) {
        double ratio = ratio(report, node);
        return ratio >= LEAST_FACTOR || ratio <= 1 / LEAST_FACTOR;
    }

    /** Whether a layer puts a border around an image or a sequence. */
    static boolean isPadding(Report report, Node node) {
        double ratio = ratio(report, node);
        return ratio > 1 && ratio < LEAST_FACTOR;
    }

    private static double ratio(Report report, Node node) {
        if (node.inputs().isEmpty()) {
            return 1;
        }
        List<Long> before = of(report, node.inputs().get(0));
        List<Long> after = of(report, Port.of(node.id()));
        boolean comparable =
                !before.isEmpty() && before.size() == after.size() && before.get(0) > 0 && after.get(0) > 0;
        return comparable ? (double) after.get(0) / before.get(0) : 1;
    }

    /** Whether a layer pools everything into one vector. */
    static boolean isGlobalPooling(Report report, Node node) {
        return node.layer().family() == Family.POOLING
                && !node.inputs().isEmpty()
                && !of(report, node.inputs().get(0)).isEmpty()
                && of(report, Port.of(node.id())).stream().allMatch(size -> size == 1);
    }
}
