package org.netsplice.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;

/**
 * The weights of one layer as a file holds them.
 *
 * @param name what the file calls the layer; empty when it does not name layers
 * @param tensors by their names in the layer, such as {@code kernel}, in the order of the file
 */
public record StoredLayer(String name, Map<String, Tensor> tensors) {
    /** PyTorch's names for weights of Keras; PyTorch calls both kernels and tables of embeddings {@code weight}. */
    private static final Map<String, String> IN_PYTORCH = Map.of(
            "kernel", "weight",
            "embeddings", "weight",
            "gamma", "weight",
            "bias", "bias",
            "beta", "bias",
            "moving_mean", "running_mean",
            "moving_variance", "running_var");

    public StoredLayer {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /**
     * The weights a layer needs, found by their names in Keras or PyTorch, else in the order of the file. Kernels of PyTorch, (out, in, …),
     * become kernels of Keras, (…, in, out).
     *
     * @return empty when a tensor is missing or has another shape
     */
    public Optional<Weights> fit(List<WeightSpec> specs) {
        List<Tensor> found = new ArrayList<>();
        if (specs.stream().allMatch(spec -> tensors.containsKey(spec.title()))) {
            specs.forEach(spec -> found.add(tensors.get(spec.title())));
        } else if (specs.stream().allMatch(spec -> tensors.containsKey(IN_PYTORCH.getOrDefault(spec.title(), "")))) {
            for (WeightSpec spec : specs) {
                Tensor tensor = tensors.get(IN_PYTORCH.get(spec.title()));
                found.add(spec.title().equals("kernel") ? kernel(tensor) : tensor);
            }
        } else {
            found.addAll(tensors.values());
        }
        Weights weights = new Weights(found);
        return !specs.isEmpty() && weights.fit(specs) ? Optional.of(weights) : Optional.empty();
    }

    /** The names and shapes of its tensors, such as {@code kernel (8, 4), bias (4,)}; shapes alone where tensors are only numbered. */
    public String described() {
        return tensors.entrySet().stream()
                .map(one -> (one.getKey().matches("\\d*") ? "" : one.getKey() + " ")
                        + one.getValue().shape())
                .collect(Collectors.joining(", "));
    }

    /** A kernel with the axes (out, in, …) as one with (…, in, out). */
    private static Tensor kernel(Tensor tensor) {
        int rank = tensor.shape().rank();
        if (rank < 2) {
            return tensor;
        }
        int out = (int) tensor.shape().size(0);
        int in = (int) tensor.shape().size(1);
        int inner = tensor.length() / Math.max(1, out * in);
        int[] places = new int[tensor.length()];
        int next = 0;
        for (int place = 0; place < inner; place++) {
            for (int i = 0; i < in; i++) {
                for (int o = 0; o < out; o++) {
                    places[next++] = (o * in + i) * inner + place;
                }
            }
        }
        long[] sizes = new long[rank];
        for (int axis = 2; axis < rank; axis++) {
            sizes[axis - 2] = tensor.shape().size(axis);
        }
        sizes[rank - 2] = in;
        sizes[rank - 1] = out;
        return tensor.picked(Shape.of(sizes), places);
    }
}
