package org.netsplice.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.netsplice.graph.TensorSpec;
import org.netsplice.keras.ModelConfig.LayerConfig;
import org.netsplice.keras.ModelConfig.Reference;

/** What a model's references say of the outputs of its layers; needed for layers that are not known. */
final class Mentions {
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, Map<Integer, TensorSpec>> known = new HashMap<>();

    Mentions(ModelConfig model) {
        Stream<Reference> read = model.layers().stream()
                .flatMap(layer -> layer.calls().stream())
                .flatMap(call -> call.inputs().stream());
        Stream.concat(read, model.outputs().stream()).forEach(reference -> {
            counts.merge(reference.layer(), reference.tensor() + 1, Math::max);
            reference
                    .spec()
                    .flatMap(LayerReader::spec)
                    .ifPresent(spec -> known.computeIfAbsent(reference.layer(), name -> new HashMap<>())
                            .putIfAbsent(reference.tensor(), spec));
        });
    }

    /** How many outputs of a layer are read, at least 1. */
    int outputCount(LayerConfig layer) {
        return counts.getOrDefault(layer.name(), 1);
    }

    /** The shapes and types of its first outputs, as far as the file tells them. */
    List<TensorSpec> specs(LayerConfig layer) {
        Map<Integer, TensorSpec> own = known.getOrDefault(layer.name(), Map.of());
        List<TensorSpec> specs = new ArrayList<>();
        while (own.containsKey(specs.size())) {
            specs.add(own.get(specs.size()));
        }
        return specs;
    }
}
