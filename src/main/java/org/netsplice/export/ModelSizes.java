package org.netsplice.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netsplice.check.Report;
import org.netsplice.graph.DType;
import org.netsplice.graph.Node;
import org.netsplice.graph.Output;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;

/** How much memory weights take. */
final class ModelSizes {
    private ModelSizes() {}

    /** Bytes of all weights, those that train under {@code true}; shared ones count once, and unknown ones as float32. */
    static Map<Boolean, Long> weightBytes(Report report) {
        Map<Boolean, Long> bytes = new HashMap<>(Map.of(true, 0L, false, 0L));
        Set<WeightsId> seen = new HashSet<>();
        for (Node node : report.graph().nodes().values()) {
            List<WeightSpec> specs = report.weights(node.id());
            if (specs.isEmpty() || !seen.add(node.weights())) {
                continue;
            }
            Optional<Weights> known = Optional.ofNullable(
                            report.graph().weights().get(node.weights()))
                    .filter(one -> one.fit(specs));
            for (int i = 0; i < specs.size(); i++) {
                int index = i;
                DType dtype = known.map(one -> one.tensors().get(index))
                        .map(Tensor::dtype)
                        .orElse(DType.FLOAT32);
                long size = specs.get(i).shape().elements() * dtype.bytes();
                bytes.merge(node.trainable() && specs.get(i).trainable(), size, Long::sum);
            }
        }
        return bytes;
    }

    /**
     * An output of the network.
     *
     * @param shape as Keras writes it
     * @param bytes for one row; -1 when a size is not known
     */
    record OutputSize(String name, String shape, String dtype, long bytes) {}

    /** The outputs in order. */
    static List<OutputSize> outputs(Report report) {
        List<OutputSize> sizes = new ArrayList<>();
        for (Output output : report.graph().outputs()) {
            String name = report.graph().outputName(output);
            sizes.add(report.spec(output.port())
                    .map(spec -> new OutputSize(
                            name, spec.shape().toString(), spec.dtype().text(), bytes(spec)))
                    .orElse(new OutputSize(name, "?", "?", -1)));
        }
        return sizes;
    }

    private static long bytes(TensorSpec spec) {
        long numbers = spec.shape().rank() == 0 ? 1 : spec.shape().elementsPerRow();
        return numbers == Shape.UNKNOWN ? -1 : numbers * spec.dtype().bytes();
    }
}
