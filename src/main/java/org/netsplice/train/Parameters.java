package org.netsplice.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.graph.DType;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.kind.ElementTypes;
import org.netsplice.ops.Array;

/**
 * The weights of layers while they are trained: those that gradients change, in double precision, and those that follow the data, such as
 * moving means. Changes from step to step; for one thread.
 */
final class Parameters {
    /** A weight: either {@code numbers} change by gradients, or {@code present} is renewed by the layer. */
    private static final class Parameter {
        private final WeightSpec spec;
        private final DType type;
        private final double[] numbers;
        private Array present;

        Parameter(WeightSpec spec, Tensor start) {
            this.spec = spec;
            this.type = start.dtype();
            this.numbers = start.toDoubles();
            present = array();
        }

        boolean trained() {
            return spec.trainable() && type.floating();
        }

        /** As float64 only where the weight is. */
        Array array() {
            long[] sizes =
                    spec.shape().rank() == 0 ? new long[] {1} : spec.shape().sizes();
            return Array.of(numbers, sizes).as(ElementTypes.form(type));
        }

        Tensor tensor() {
            Array rounded = ElementTypes.as(present, type);
            return switch (type.form()) {
                case DOUBLE -> Tensor.owning(spec.shape(), rounded.doubles());
                case FLOAT -> Tensor.owning(type, spec.shape(), rounded.values());
                case WHOLE -> Tensor.owning(type, spec.shape(), rounded.wholes());
            };
        }
    }

    private final Map<WeightsId, List<Parameter>> layers = new LinkedHashMap<>();
    private final Map<WeightsId, NodeId> calls = new LinkedHashMap<>();

    /** The present weights of layers; of those without any, what Keras would draw from the document's seed. */
    Parameters(Document document, Report report, List<Node> nodes) {
        for (Node node : nodes) {
            List<WeightSpec> specs = report.weights(node.id());
            if (specs.isEmpty() || layers.containsKey(node.weights())) {
                continue;
            }
            Weights start = start(document, node, specs);
            List<Parameter> own = new ArrayList<>();
            for (int i = 0; i < specs.size(); i++) {
                own.add(new Parameter(specs.get(i), start.tensors().get(i)));
            }
            layers.put(node.weights(), own);
            calls.put(node.weights(), node.id());
        }
    }

    /** The known weights of a node, or those that Keras would draw. */
    static Weights start(Document document, Node node, List<WeightSpec> specs) {
        Weights known = document.graph().weights().get(node.weights());
        return known != null ? known : Initial.draw(document.seed(), node.weights(), specs);
    }

    /** The present weights in native memory, by layer; the same arrays until the next step. */
    Map<WeightsId, List<Array>> arrays() {
        Map<WeightsId, List<Array>> arrays = new LinkedHashMap<>();
        layers.forEach((layer, own) ->
                arrays.put(layer, own.stream().map(one -> one.present).toList()));
        return arrays;
    }

    /** The arrays among {@link #arrays} that gradients change, in order. */
    List<Array> trained() {
        return trainedOnes().stream().map(one -> one.present).toList();
    }

    /** The number of weights that gradients change. */
    long trainedCount() {
        return trainedOnes().stream().mapToLong(one -> one.numbers.length).sum();
    }

    private List<Parameter> trainedOnes() {
        return layers.values().stream()
                .flatMap(List::stream)
                .filter(Parameter::trained)
                .toList();
    }

    /** The layer that each of {@link #trained} belongs to. */
    List<NodeId> owners() {
        List<NodeId> owners = new ArrayList<>();
        layers.forEach(
                (layer, own) -> own.stream().filter(Parameter::trained).forEach(one -> owners.add(calls.get(layer))));
        return owners;
    }

    /**
     * Makes a step.
     *
     * @param gradients one for each of {@link #trained}
     * @param renewed new values of weights that no gradient changes, by layer and index
     */
    void step(Descent descent, List<double[]> gradients, Map<WeightsId, Map<Integer, Array>> renewed) {
        List<Parameter> trained = trainedOnes();
        descent.step(trained.stream().map(one -> one.numbers).toList(), gradients);
        trained.forEach(one -> one.present = one.array());
        renewed.forEach((layer, arrays) -> arrays.forEach((index, array) -> {
            Parameter own = layers.get(layer).get(index);
            if (!own.trained()) {
                own.present = array;
            }
        }));
    }

    /** The present weights as a document has them, by a node that calls the layer. */
    Map<NodeId, Weights> weights() {
        Map<NodeId, Weights> weights = new LinkedHashMap<>();
        layers.forEach((layer, own) -> weights.put(
                calls.get(layer),
                new Weights(own.stream().map(Parameter::tensor).toList())));
        return weights;
    }
}
