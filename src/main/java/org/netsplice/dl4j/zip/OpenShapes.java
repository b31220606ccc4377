package org.netsplice.dl4j.zip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.netsplice.check.Report;
import org.netsplice.graph.DType;
import org.netsplice.graph.Graph;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Weights;
import org.netsplice.problem.Problem;

/**
 * Finds shapes of inputs that a file does not tell: of shapes with one size of the weights that read them, the one with which most of the
 * network fits, and of several the one with the fewest axes. Where a layer behind needs to know the other sizes too, as behind a Flatten,
 * images are taken to be square.
 */
final class OpenShapes {
    private static final int MOST_AXES = 5;
    private static final int LARGEST_SQUARE = 512;

    private OpenShapes() {}

    /** The graph with a shape for each of these inputs. */
    static Graph found(Graph graph, List<NodeId> open) {
        Graph present = graph;
        for (NodeId input : open) {
            Report report = Report.of(present);
            present = best(report, input, candidates(report, input));
            Report chosen = Report.of(present);
            if (misfits(chosen) > 0) {
                present = best(
                        chosen, input, squares(((InputLayer) present.node(input).layer()).batchShape()));
            }
        }
        return present;
    }

    private static Graph best(Report report, NodeId input, List<Shape> shapes) {
        long least = Long.MAX_VALUE;
        Graph best = report.graph();
        for (Shape shape : shapes) {
            Node node = report.graph().node(input).withLayer(new InputLayer(shape, DType.FLOAT32));
            Graph supposed = report.graph().withNode(node);
            long misfits = misfits(Report.of(supposed, report));
            if (misfits < least) {
                least = misfits;
                best = supposed;
            }
            if (misfits == 0) {
                break;
            }
        }
        return best;
    }

    /** The shape itself, and with all its open sizes but the batch set to one size. */
    private static List<Shape> squares(Shape shape) {
        List<Shape> squares = new ArrayList<>(List.of(shape));
        for (int size = 1; size <= LARGEST_SQUARE; size++) {
            Shape square = shape;
            for (int axis = 1; axis < shape.rank(); axis++) {
                square = shape.size(axis) == Shape.UNKNOWN ? square.with(axis, size) : square;
            }
            squares.add(square);
        }
        return squares;
    }

    /** Layers that do not fit, those whose weights have other shapes, and those about which nothing is known. */
    private static long misfits(Report report) {
        long errors = report.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .count();
        long silent = report.graph().inOrder().stream()
                .filter(node -> report.outputs(node.id()).isEmpty())
                .count();
        return errors + silent;
    }

    private static List<Shape> candidates(Report report, NodeId input) {
        Set<NodeId> downstream = report.topology().downstream(input);
        Set<Long> sizes = new LinkedHashSet<>();
        for (Node node : report.graph().inOrder()) {
            Weights weights = report.graph().weights().get(node.weights());
            if (weights != null && downstream.contains(node.id())) {
                weights.tensors()
                        .forEach(tensor -> LongStream.of(tensor.shape().sizes()).forEach(sizes::add));
                break;
            }
        }
        List<Shape> shapes = new ArrayList<>();
        for (int rank = 2; rank <= MOST_AXES; rank++) {
            long[] open = new long[rank];
            Arrays.fill(open, Shape.UNKNOWN);
            Shape unknown = Shape.of(open);
            sizes.forEach(size -> shapes.add(unknown.with(-1, size)));
            shapes.add(unknown);
            if (rank > 2) {
                sizes.forEach(size -> shapes.add(unknown.with(1, size)));
            }
        }
        return shapes;
    }
}
