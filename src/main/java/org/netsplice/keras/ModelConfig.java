package org.netsplice.keras;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.config.Json;
import org.netsplice.layers.kind.Arguments;

/**
 * An architecture as a Keras file states it, one level deep.
 *
 * @param inputs references to the model's inputs; empty for a Sequential, whose first layer it is
 * @param outputs references to the model's outputs; empty for a Sequential
 */
record ModelConfig(
        String name,
        boolean sequential,
        boolean trainable,
        List<LayerConfig> layers,
        List<Reference> inputs,
        List<Reference> outputs) {

    ModelConfig withLayers(List<LayerConfig> others) {
        return new ModelConfig(name, sequential, trainable, others, inputs, outputs);
    }

    /**
     * A layer and its calls.
     *
     * @param object the whole object in the file
     * @param nested the model inside, when the layer is one
     */
    record LayerConfig(
            String name, String className, Json object, Json config, List<Call> calls, Optional<ModelConfig> nested) {
        /** The same layer with other settings, here and in its object. */
        LayerConfig withConfig(Json other) {
            Map<String, Object> fields = new LinkedHashMap<>();
            object.keys().forEach(key -> fields.put(key, object.find(key).orElse(null)));
            fields.put("config", other);
            return new LayerConfig(name, className, object.replaced(fields), other, calls, nested);
        }

        LayerConfig withNested(ModelConfig other) {
            return new LayerConfig(name, className, object, config, calls, Optional.of(other));
        }

        LayerConfig withCalls(List<Call> others) {
            return new LayerConfig(name, className, object, config, others, nested);
        }
    }

    /**
     * One call.
     *
     * @param inputs the tensors among its arguments, in order
     * @param args the positional arguments, with {@code {"input": 0}} in place of the first tensor
     * @param kwargs the named arguments, likewise
     */
    record Call(List<Reference> inputs, List<Json> args, Map<String, Json> kwargs) {

        /** A call with tensors in order and nothing else. */
        static Call of(List<Reference> inputs) {
            List<Json> args = IntStream.range(0, inputs.size())
                    .mapToObj(index -> Json.of(Arguments.input(index)))
                    .toList();
            return new Call(inputs, args, Map.of());
        }
    }

    /**
     * An output of a call of a layer.
     *
     * @param call the number of the call, the first being 0
     * @param key the name a tensor has in a dictionary; else empty
     * @param spec the tensor's description where the file has one
     */
    record Reference(String layer, int call, int tensor, String key, Optional<Json> spec, Json at) {
        Reference withCall(int other) {
            return new Reference(layer, other, tensor, key, spec, at);
        }

        Reference withSpec(Json other) {
            return new Reference(layer, call, tensor, key, Optional.of(other), at);
        }
    }
}
