package org.netsplice.inside;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.train.Sensitivity;
import org.netsplice.work.Progress;

/**
 * Maps that show where in a picture a network sees a class: Grad-CAM (Selvaraju et al., 2017, arXiv:1610.02391). The channels of a layer are
 * added with the mean gradients of the class' score as factors; what is negative becomes 0.
 *
 * @param layer the layer whose channels are added
 * @param maps shape (rows, height, width), each row divided by its largest value, so from 0 to 1
 * @param classes the class of each row
 */
public record ClassMaps(Node layer, Tensor maps, List<Integer> classes) {
    public ClassMaps {
        classes = List.copyOf(classes);
    }

    /**
     * The last layer before an output that gives pictures of more than one pixel; empty where there is none.
     *
     * @param output the port of the output
     */
    public static Optional<Node> lastPictures(Report report, Port output) {
        return pictures(report, output).stream().findFirst();
    }

    /** The layers before an output that give pictures of more than one pixel, the last first. */
    public static List<Node> pictures(Report report, Port output) {
        Set<NodeId> before = report.topology().upstream(output.node());
        List<Node> found = new ArrayList<>();
        for (Node node : report.order()) {
            boolean inside =
                    before.contains(node.id()) && !node.isInput() && !node.id().equals(output.node());
            if (inside && isPictures(report, node)) {
                found.add(0, node);
            }
        }
        return found;
    }

    private static boolean isPictures(Report report, Node node) {
        Optional<Shape> shape = report.spec(Port.of(node.id())).map(TensorSpec::shape);
        return shape.filter(one -> one.rank() == 4).isPresent()
                && pixels(shape.get(), channelsFirst(report.graph(), node)) > 1;
    }

    private static long pixels(Shape shape, boolean channelsFirst) {
        int height = channelsFirst ? 2 : 1;
        return shape.size(height) * shape.size(height + 1);
    }

    /** Whether the pictures of a node have their channels before rows and columns, as the nearest layer before it says that tells. */
    public static boolean channelsFirst(Graph graph, Node node) {
        Node at = node;
        while (!at.isInput()) {
            if (at.layer() instanceof ComputedLayer layer
                    && layer.kind().setting("data_format").isPresent()) {
                return layer.kind()
                        .value(layer, "data_format")
                        .map(String::valueOf)
                        .filter("channels_first"::equals)
                        .isPresent();
            }
            if (at.inputs().isEmpty()) {
                return false;
            }
            at = graph.node(at.inputs().get(0).node());
        }
        return false;
    }

    /**
     * Computes the maps of some rows together.
     *
     * @param inputs an array for every input by its name, as a compiled network takes them
     * @param output the port of the output, of shape (rows, classes)
     * @param named the class whose score counts; empty for the likeliest of each row
     * @throws ModelException.CannotPredict when the layer gives no pictures, the class does not exist, or no gradient can be found
     */
    public static ClassMaps of(
            Document document,
            Map<String, Tensor> inputs,
            Node layer,
            Port output,
            OptionalInt named,
            Progress progress) {
        Report report = Report.of(document.graph());
        if (!isPictures(report, layer)) {
            throw refused(
                    layer, "gives no pictures, from which a map could be made", "Choose a convolution or pooling.");
        }
        Shape given = report.spec(output).map(TensorSpec::shape).orElse(Shape.of());
        int count = given.rank() == 2 ? (int) given.size(1) : 0;
        if (count < 1) {
            throw refused(
                    document.graph().node(output.node()),
                    "gives " + given + ", not a number for each class",
                    "Choose an output of shape (None, classes).");
        }
        if (named.isPresent() && (named.getAsInt() < 0 || named.getAsInt() >= count)) {
            throw refused(
                    document.graph().node(output.node()),
                    "there is no class " + named.getAsInt(),
                    "Classes are counted from 0 to " + (count - 1) + ".");
        }
        Sensitivity found = Sensitivity.of(
                document,
                inputs,
                Port.of(layer.id()),
                output,
                scores -> named.isPresent() ? named.getAsInt() : largest(scores),
                progress);
        return new ClassMaps(layer, maps(found, channelsFirst(document.graph(), layer)), found.chosen());
    }

    private static int largest(double[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }

    private static Tensor maps(Sensitivity found, boolean channelsFirst) {
        Shape shape = found.values().shape();
        int rows = (int) shape.size(0);
        int pixels = (int) pixels(shape, channelsFirst);
        int channels = (int) shape.size(channelsFirst ? 1 : 3);
        float[] maps = new float[rows * pixels];
        for (int row = 0; row < rows; row++) {
            double[] map = new double[pixels];
            for (int channel = 0; channel < channels; channel++) {
                double factor = 0;
                for (int pixel = 0; pixel < pixels; pixel++) {
                    factor += found.gradients().numberAt(place(row, pixel, channel, pixels, channels, channelsFirst));
                }
                for (int pixel = 0; pixel < pixels; pixel++) {
                    map[pixel] += factor
                            / pixels
                            * found.values().numberAt(place(row, pixel, channel, pixels, channels, channelsFirst));
                }
            }
            double most = 0;
            for (double value : map) {
                most = Math.max(most, value);
            }
            for (int pixel = 0; pixel < pixels; pixel++) {
                maps[row * pixels + pixel] = most > 0 ? (float) (Math.max(0, map[pixel]) / most) : 0;
            }
        }
        int height = channelsFirst ? 2 : 1;
        return Tensor.of(Shape.of(rows, shape.size(height), shape.size(height + 1)), maps);
    }

    private static int place(int row, int pixel, int channel, int pixels, int channels, boolean channelsFirst) {
        return channelsFirst
                ? (row * channels + channel) * pixels + pixel
                : (row * pixels + pixel) * channels + channel;
    }

    private static ModelException.CannotPredict refused(Node node, String what, String remedy) {
        return new ModelException.CannotPredict(
                Problem.error(new Where.AtNode(node.id().number(), node.name()), what, remedy));
    }
}
