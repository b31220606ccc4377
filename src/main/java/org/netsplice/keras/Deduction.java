package org.netsplice.keras;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.netsplice.check.Report;
import org.netsplice.graph.DType;
import org.netsplice.graph.Graph;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.Opaque;
import org.netsplice.problem.Problem;

/**
 * Infers input shapes that the architecture leaves out from the weights of the layers that read them: a kernel tells the size of the
 * last axis, the kind of layer the number of axes. Of several shapes that fit, the one with as many axes as the layer before it has
 * is taken, else the one with the fewest.
 */
final class Deduction {
    private static final int MOST_AXES = 5;

    private final WeightSource source;
    private final Map<WeightsId, Leaf> leaves = new HashMap<>();
    private Report report;

    private Deduction(NetworkBuilder.Built built, WeightSource source) {
        this.source = source;
        this.report = Report.of(built.graph());
        built.leaves().forEach(leaf -> leaves.put(leaf.id(), leaf));
    }

    /** The network with the shapes that can be inferred. */
    static Graph of(NetworkBuilder.Built built, WeightSource source) {
        Deduction deduction = new Deduction(built, source);
        for (Node node : deduction.report.order()) {
            boolean unknown = node.layer() instanceof Opaque opaque
                    && opaque.outputCount() == 1
                    && opaque.known().isEmpty();
            if (unknown || built.unshaped().contains(node.id())) {
                deduction.infer(node);
            }
        }
        return deduction.report.graph();
    }

    private void infer(Node node) {
        Set<NodeId> downstream = report.topology().downstream(node.id());
        Optional<Leaf> reader = report.order().stream()
                .filter(reading -> downstream.contains(reading.id()))
                .map(reading -> leaves.get(reading.weights()))
                .filter(leaf -> leaf != null
                        && !leaf.opaque()
                        && !source.shapes(leaf, List.of()).isEmpty())
                .findFirst();
        if (reader.isEmpty()) {
            return;
        }
        long least = errors(report) + 1;
        Report best = report;
        for (Shape shape : candidates(node, reader.get())) {
            Report supposed = Report.of(report.graph().withNode(node.withLayer(giving(node, shape))), report);
            if (fits(supposed, reader.get()) && errors(supposed) < least) {
                least = errors(supposed);
                best = supposed;
            }
        }
        report = best;
    }

    private static Layer giving(Node node, Shape shape) {
        return node.layer() instanceof Opaque opaque
                ? opaque.giving(TensorSpec.of(shape))
                : new InputLayer(shape, DType.FLOAT32);
    }

    private boolean fits(Report told, Leaf leaf) {
        List<WeightSpec> specs = told.weights(leaf.node());
        return !told.outputs(leaf.node()).isEmpty()
                && !specs.isEmpty()
                && specs.stream().map(WeightSpec::shape).toList().equals(source.shapes(leaf, specs));
    }

    private static long errors(Report report) {
        return report.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .count();
    }

    /** Candidate shapes: the batch and up to four more axes, of which at most one, the first or the last, has a size found in the weights. */
    private List<Shape> candidates(Node node, Leaf reader) {
        Set<Integer> ranks = new LinkedHashSet<>();
        report.inputs(node.id()).stream()
                .limit(1)
                .forEach(spec -> ranks.add(spec.shape().rank()));
        for (int rank = 2; rank <= MOST_AXES; rank++) {
            ranks.add(rank);
        }
        long[] sizes = source.shapes(reader, List.of()).stream()
                .flatMapToLong(shape -> LongStream.of(shape.sizes()))
                .distinct()
                .toArray();
        List<Shape> shapes = new ArrayList<>();
        for (int rank : ranks) {
            long[] open = new long[rank];
            Arrays.fill(open, Shape.UNKNOWN);
            Shape unknown = Shape.of(open);
            shapes.add(unknown);
            LongStream.of(sizes).filter(size -> rank > 1).forEach(size -> shapes.add(unknown.with(-1, size)));
            LongStream.of(sizes).filter(size -> rank > 2).forEach(size -> shapes.add(unknown.with(1, size)));
        }
        return shapes;
    }
}
