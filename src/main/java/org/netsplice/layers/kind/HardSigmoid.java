package org.netsplice.layers.kind;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.netsplice.config.Json;
import org.netsplice.graph.DType;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightSpec;

/**
 * Replaces the hard sigmoid of Keras 1 and 2, clip(0.2 z + 0.5), by that of Keras 3, clip(z / 6 + 0.5), with its argument multiplied by 1.2. Where
 * the argument is a sum of products with weights, the weights are multiplied instead.
 */
public final class HardSigmoid {
    /** The name that this program gives to the function of Keras 1 and 2. */
    public static final String FORMER = "hard_sigmoid_keras2";

    /** The name of the function of Keras 3. */
    public static final String PRESENT = "hard_sigmoid";
    /** What the argument is multiplied by. */
    public static final double FACTOR = 1.2;

    private HardSigmoid() {}

    /**
     * A layer with the function of Keras 3.
     *
     * @param parts for each weight, which of the equal parts of its last axis are multiplied
     */
    public record Scaled(ComputedLayer layer, List<List<Boolean>> parts) {

        /** The weights that go with the layer. */
        public List<Tensor> weights(List<Tensor> weights) {
            List<Tensor> scaled = new ArrayList<>();
            for (int i = 0; i < weights.size(); i++) {
                scaled.add(multiplied(weights.get(i), parts.get(i)));
            }
            return scaled;
        }
    }

    private static Tensor multiplied(Tensor weight, List<Boolean> parts) {
        if (!parts.contains(true)) {
            return weight;
        }
        float[] values = weight.toArray();
        int last = (int) weight.shape().last();
        int part = last / parts.size();
        for (int i = 0; i < values.length; i++) {
            if (parts.get(i % last / part)) {
                values[i] = (float) (values[i] * FACTOR);
            }
        }
        return Tensor.owning(DType.FLOAT32, weight.shape(), values);
    }

    /** Whether a layer, or one inside it, has the older function. */
    public static boolean isIn(ComputedLayer layer) {
        return Json.of(layer.kind().config(layer)).toString().contains('"' + FORMER + '"');
    }

    /** Replaces the function in a layer's own settings; empty when it is applied to something that the weights do not reach. */
    static Optional<Scaled> of(ComputedLayer layer, List<WeightSpec> specs) {
        Map<String, Object> changed = new LinkedHashMap<>(layer.kind().config(layer));
        Set<String> former = new HashSet<>();
        changed.replaceAll((key, value) -> {
            boolean named = FORMER.equals(value);
            if (named) {
                former.add(key);
            }
            return named ? PRESENT : value;
        });
        List<List<Boolean>> parts = new ArrayList<>();
        Set<String> reached = new HashSet<>();
        for (WeightSpec spec : specs) {
            List<String> functions = layer.functions(spec);
            reached.addAll(functions);
            parts.add(functions.stream().map(former::contains).toList());
        }
        ComputedLayer present = layer.kind().read(Json.of(changed));
        return reached.containsAll(former) && !isIn(present)
                ? Optional.of(new Scaled(present, parts))
                : Optional.empty();
    }

    /** Replaces the function in a layer made of two layers, whose weights follow one another. */
    public static Optional<Scaled> halves(
            ComputedLayer first, ComputedLayer second, List<WeightSpec> specs, BinaryOperator<ComputedLayer> joined) {
        int half = (int) specs.stream()
                .filter(spec -> spec.part().startsWith("forward_layer"))
                .count();
        Optional<Scaled> one = first.withHardSigmoid(specs.subList(0, half));
        Optional<Scaled> two = second.withHardSigmoid(specs.subList(half, specs.size()));
        if (one.isEmpty() || two.isEmpty()) {
            return Optional.empty();
        }
        List<List<Boolean>> parts = new ArrayList<>(one.get().parts());
        parts.addAll(two.get().parts());
        return Optional.of(new Scaled(joined.apply(one.get().layer(), two.get().layer()), parts));
    }
}
