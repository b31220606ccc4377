package org.netsplice.passes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netsplice.check.Report;
import org.netsplice.graph.DType;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Policy;
import org.netsplice.graph.Port;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.kind.ChannelScaling;
import org.netsplice.layers.kind.Rescalable;

/**
 * Folds a layer that scales and shifts channels, such as a BatchNormalization with its moving statistics, into the convolution or Dense
 * before it. The folded layer stands where the scaling stood, under its name; weights that other calls share, results that others read,
 * and other types than float32 are left alone.
 */
final class FoldScaling implements Pass {

    @Override
    public Graph apply(Graph graph) {
        Report report = Report.of(graph);
        Set<Port> outputs = new HashSet<>();
        graph.outputs().stream().map(Output::port).forEach(outputs::add);
        List<Node> changed = new ArrayList<>();
        Set<NodeId> gone = new HashSet<>();
        Map<WeightsId, Weights> weights = new HashMap<>(graph.weights());
        for (Node scaling : report.order()) {
            Optional<Node> before = before(graph, scaling)
                    .filter(node -> !outputs.contains(Port.of(node.id())) && !gone.contains(node.id()));
            Optional<Rescalable.Weighted> folded = before.flatMap(node -> folded(graph, report, node, scaling));
            if (folded.isPresent()) {
                changed.add(scaling.withLayer(folded.get().layer())
                        .withInputs(before.get().inputs()));
                gone.add(before.get().id());
                weights.remove(before.get().weights());
                weights.put(scaling.weights(), new Weights(folded.get().weights()));
            }
        }
        return gone.isEmpty()
                ? graph
                : graph.withNodes(changed).withoutNodes(gone).withWeights(weights);
    }

    /** The layer whose only reader is a layer that scales, when both may be changed. */
    private static Optional<Node> before(Graph graph, Node scaling) {
        if (!(scaling.layer() instanceof ChannelScaling) || scaling.inputs().size() != 1 || !usable(graph, scaling)) {
            return Optional.empty();
        }
        Node before = graph.node(scaling.inputs().get(0).node());
        boolean foldable = before.layer() instanceof Rescalable
                && usable(graph, before)
                && graph.readers(before.id()).size() == 1;
        return foldable ? Optional.of(before) : Optional.empty();
    }

    private static boolean usable(Graph graph, Node node) {
        Weights weights = graph.weights().get(node.weights());
        return weights != null
                && !graph.isShared(node.weights())
                && node.policy().equals(Policy.FLOAT32)
                && weights.tensors().stream().allMatch(tensor -> tensor.dtype() == DType.FLOAT32);
    }

    private static Optional<Rescalable.Weighted> folded(Graph graph, Report report, Node before, Node scaling) {
        Optional<TensorSpec> between = report.spec(scaling.inputs().get(0));
        if (between.isEmpty()) {
            return Optional.empty();
        }
        int rank = between.get().shape().rank();
        Rescalable layer = (Rescalable) before.layer();
        return ((ChannelScaling) scaling.layer())
                .scales(graph.weights().get(scaling.weights()).tensors(), rank)
                .filter(scales -> scales.axis() == layer.channelAxis(rank))
                .flatMap(scales -> layer.rescaled(
                        graph.weights().get(before.weights()).tensors(), scales.factor(), scales.offset()));
    }
}
