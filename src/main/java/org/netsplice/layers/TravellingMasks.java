package org.netsplice.layers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.layers.kind.ComputedLayer;

/**
 * The masks that travel with tensors while layers run one after the other, in Keras' order. As in Keras, a tensor that a layer
 * returns unchanged stays one tensor with one mask, and a mask that a layer removes is gone for all layers that run later.
 *
 * @param <T> stands for a tensor
 * @param <M> stands for a mask
 */
public final class TravellingMasks<T, M> {
    private final Map<T, T> same = new HashMap<>();
    private final Map<T, M> masks = new HashMap<>();

    /** Sets or clears the mask of a tensor. */
    public void put(T tensor, Optional<M> mask) {
        mask.ifPresentOrElse(one -> masks.put(tensor, one), () -> masks.remove(tensor));
    }

    /** The mask of a tensor. */
    public Optional<M> of(T tensor) {
        return Optional.ofNullable(masks.get(origin(tensor)));
    }

    /** The masks of some tensors. */
    public List<Optional<M>> of(List<T> tensors) {
        return tensors.stream().map(this::of).toList();
    }

    /**
     * Updates the masks after a layer has run.
     *
     * @param output its first result
     * @param mask what the layer's {@link ComputedLayer#masks rule} gives for the masks of its inputs
     */
    public void after(ComputedLayer layer, List<T> inputs, T output, Optional<M> mask) {
        if (layer.removesMasks()) {
            inputs.forEach(input -> masks.remove(origin(input)));
        }
        if (layer.returnsInput()) {
            same.put(output, origin(inputs.get(0)));
        } else {
            put(output, mask);
        }
    }

    private T origin(T tensor) {
        return same.getOrDefault(tensor, tensor);
    }
}
