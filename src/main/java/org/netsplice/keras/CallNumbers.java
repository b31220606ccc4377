package org.netsplice.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.netsplice.keras.ModelConfig.Call;
import org.netsplice.keras.ModelConfig.LayerConfig;
import org.netsplice.keras.ModelConfig.Reference;

/**
 * Makes every reference count the calls of a layer from 0. Keras does so for layers, but a nested model has a call of its own that
 * links its input to its output, and is not written:
 *
 * <ul>
 *   <li>Keras 3 counts it among the model's outputs, for functional models only;
 *   <li>Keras 1 and 2 count it everywhere, unless the model is a Sequential that had no input shape. Every call they write is
 *       referred to, so that the smallest number tells which of the two it is.
 * </ul>
 *
 * <p>Source: {@code get_config} and {@code functional_from_config} in {@code keras.src.models.functional}, and
 * {@code get_network_config} of Keras 2.
 */
final class CallNumbers {
    private final Map<String, LayerConfig> layers = new HashMap<>();
    private final Map<String, Integer> smallest = new HashMap<>();
    private final boolean old;

    private CallNumbers(ModelConfig model, boolean old) {
        this.old = old;
        model.layers().forEach(layer -> layers.put(layer.name(), layer));
        Stream.concat(
                        model.layers().stream()
                                .flatMap(layer -> layer.calls().stream())
                                .flatMap(call -> call.inputs().stream()),
                        model.outputs().stream())
                .forEach(reference -> smallest.merge(reference.layer(), reference.call(), Math::min));
    }

    /**
     * A model whose references count from 0.
     *
     * @param old whether Keras 1 or 2 wrote it
     */
    static ModelConfig fromZero(ModelConfig model, boolean old) {
        CallNumbers numbers = new CallNumbers(model, old);
        List<LayerConfig> layers = new ArrayList<>();
        for (LayerConfig layer : model.layers()) {
            List<Call> calls = layer.calls().stream()
                    .map(call -> new Call(numbers.all(call.inputs(), false), call.args(), call.kwargs()))
                    .toList();
            layers.add(layer.withCalls(calls));
        }
        return new ModelConfig(
                model.name(),
                model.sequential(),
                model.trainable(),
                layers,
                model.inputs(),
                numbers.all(model.outputs(), true));
    }

    private List<Reference> all(List<Reference> references, boolean outputs) {
        return references.stream().map(one -> fromZero(one, outputs)).toList();
    }

    /** A reference with its call counted from 0; unchanged when it names a layer that does not exist. */
    private Reference fromZero(Reference reference, boolean output) {
        LayerConfig layer = layers.get(reference.layer());
        if (layer == null) {
            return reference;
        }
        int first = layer.nested().isPresent() ? first(layer, output) : 0;
        int count = Math.max(1, layer.calls().size());
        int call = reference.call() - first;
        if (call < 0 || call >= count) {
            throw reference
                    .at()
                    .wrong("refers to call " + reference.call() + " of the layer \"" + reference.layer()
                            + "\", which has " + count + (count == 1 ? " call" : " calls") + " counted from " + first);
        }
        return reference.withCall(call);
    }

    private int first(LayerConfig layer, boolean output) {
        if (old) {
            return Math.min(1, smallest.getOrDefault(layer.name(), 0));
        }
        return output && !layer.nested().orElseThrow().sequential() ? 1 : 0;
    }
}
