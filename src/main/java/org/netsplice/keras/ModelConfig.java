package org.netsplice.keras;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.layers.Arguments;

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

    /**
     * A layer and its calls.
     *
     * @param object the whole object in the file
     * @param nested the model inside, when the layer is one
     */
    record LayerConfig(
            String name, String className, Json object, Json config, List<Call> calls, Optional<ModelConfig> nested) {}

    /**
     * One call.
     *
     * @param inputs the tensors among its arguments, in order
     * @param args the positional arguments, with {@code {"input": 0}} in place of the first tensor
     * @param kwargs the named arguments, likewise
     */
    record Call(List<Reference> inputs, List<Json> args, Map<String, Json> kwargs) {

        /** A call with one tensor and nothing else. */
        static Call of(Reference input) {
            return new Call(List.of(input), List.of(Json.of(Arguments.input(0))), Map.of());
        }
    }

    /**
     * Which output of which call of which layer.
     *
     * @param key the name an output has in a dictionary; else empty
     * @param spec the tensor's description where the file has one
     */
    record Reference(String layer, int call, int tensor, String key, Optional<Json> spec, Json at) {}
}
