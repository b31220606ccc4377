package org.netsplice.graph;

import java.util.List;
import java.util.stream.Collectors;

/** The tensors of a layer in Keras' order and layout; the names are in the layer's {@link WeightSpec}s. */
public record Weights(List<Tensor> tensors) {

    public Weights {
        tensors = List.copyOf(tensors);
    }

    /** Whether there are as many tensors as {@code specs}, each of the shape asked for. */
    public boolean fit(List<WeightSpec> specs) {
        if (specs.size() != tensors.size()) {
            return false;
        }
        for (int i = 0; i < specs.size(); i++) {
            if (!specs.get(i).shape().equals(tensors.get(i).shape())) {
                return false;
            }
        }
        return true;
    }

    /** Shapes in order, for messages. */
    public String shapes() {
        return tensors.stream().map(tensor -> tensor.shape().toString()).collect(Collectors.joining(", "));
    }
}
