package org.netsplice.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.netsplice.check.Report;
import org.netsplice.config.Json;
import org.netsplice.dl4j.Engine;
import org.netsplice.edit.Document;
import org.netsplice.graph.DType;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.ops.Array;
import org.netsplice.work.Progress;

/**
 * Renews the moving statistics of a network from rows, as a pass of training over them leaves them, with nothing else trained. A network whose
 * weights were blended needs it, because the statistics of its parts are not those of its own values.
 */
public final class Statistics {
    private static final String MOMENTUM = "momentum";

    private Statistics() {}

    /** Whether a network has layers with moving statistics. */
    public static boolean has(Document document) {
        return document.graph().inOrder().stream().anyMatch(Statistics::keeps);
    }

    private static boolean keeps(Node node) {
        return node.layer().traits().contains(Layer.Trait.STATISTICS);
    }

    /**
     * The document with statistics that are the mean of those of all batches, each counting as many rows as it has.
     *
     * @param inputs rows by the names of the inputs, as the compiled network takes them
     * @param batch rows computed together
     * @param seed of layers that are random in training
     */
    public static Document renewed(
            Document document, Map<String, Tensor> inputs, int batch, long seed, Progress progress) {
        Engine.start();
        Graph graph = document.graph();
        List<Node> following = new ArrayList<>();
        Set<NodeId> keeping = new HashSet<>();
        Report before = Report.of(graph);
        for (Node node : before.order()) {
            if (keeps(node)) {
                keeping.add(node.id());
            }
            if (!node.isInput()) {
                following.add(keeps(node) ? atOnce(node) : node);
            }
        }
        Execution execution = new Execution(Report.of(graph.withNodes(following)), following, keeping);
        Map<WeightsId, List<Array>> weights = Setup.weights(document, before, following);
        Features rows = Features.ofInputs(graph, inputs);
        Map<WeightsId, Map<Integer, double[]>> means = new HashMap<>();
        for (int from = 0; from < rows.rows(); from += batch) {
            int[] chosen =
                    IntStream.range(from, Math.min(rows.rows(), from + batch)).toArray();
            double done = (double) from / rows.rows();
            Execution.Mode mode = Execution.Mode.training(seed + from);
            execution.run(
                    rows.batch(chosen),
                    weights,
                    Set.of(),
                    mode,
                    (node, outputs) -> {},
                    (fraction, what) -> progress.at(done, "Renewing statistics"));
            mode.renewed()
                    .forEach((layer, renewed) -> renewed.forEach((tensor, array) -> {
                        double[] numbers = array.doubles();
                        double[] mean = means.computeIfAbsent(layer, key -> new HashMap<>())
                                .computeIfAbsent(tensor, key -> new double[numbers.length]);
                        for (int i = 0; i < mean.length; i++) {
                            mean[i] += numbers[i] * chosen.length / rows.rows();
                        }
                    }));
        }
        return document.with(graph.withWeights(with(graph, means)));
    }

    /** The node with a layer whose statistics become those of the last batch. */
    private static Node atOnce(Node node) {
        ComputedLayer layer = (ComputedLayer) node.layer();
        return layer.kind().setting(MOMENTUM).isPresent()
                ? node.withLayer(layer.kind().change(layer, MOMENTUM, Json.of(0.0)))
                : node;
    }

    private static Map<WeightsId, Weights> with(Graph graph, Map<WeightsId, Map<Integer, double[]>> means) {
        Map<WeightsId, Weights> all = new HashMap<>(graph.weights());
        means.forEach((layer, renewed) -> {
            List<Tensor> tensors = new ArrayList<>(all.get(layer).tensors());
            renewed.forEach((tensor, mean) -> tensors.set(tensor, like(tensors.get(tensor), mean)));
            all.put(layer, new Weights(tensors));
        });
        return all;
    }

    private static Tensor like(Tensor present, double... numbers) {
        if (present.dtype() == DType.FLOAT64) {
            return Tensor.owning(present.shape(), numbers);
        }
        float[] rounded = new float[numbers.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) numbers[i];
        }
        return Tensor.owning(present.dtype(), present.shape(), rounded);
    }
}
