package org.netsplice.keras;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.netsplice.config.Json;
import org.netsplice.keras.ModelConfig.Call;
import org.netsplice.keras.ModelConfig.LayerConfig;
import org.netsplice.keras.ModelConfig.Reference;

/** The calls of a model's layers, each after the calls it reads and otherwise in the order of the file. Refuses loops, and names their layers. */
final class CallOrder {
    private final ModelConfig model;
    private final Json at;
    private final Map<String, LayerConfig> layers = new LinkedHashMap<>();

    /** One call of a layer, by its number. */
    record Step(LayerConfig layer, int call, List<Reference> inputs) {}

    CallOrder(ModelConfig model, Json at) {
        this.model = model;
        this.at = at;
        for (LayerConfig layer : model.layers()) {
            if (layers.put(layer.name(), layer) != null) {
                throw layer.object().wrong("two layers are named \"" + layer.name() + "\"");
            }
        }
    }

    /** The layer a reference names; throws when there is none. */
    LayerConfig layer(Reference reference) {
        LayerConfig layer = layers.get(reference.layer());
        if (layer == null) {
            throw reference.at().wrong("refers to the layer \"" + reference.layer() + "\", which does not exist");
        }
        return layer;
    }

    /** The call a reference means. */
    String key(Reference reference) {
        return key(layer(reference), reference.call());
    }

    static String key(LayerConfig layer, int call) {
        return call + " " + layer.name();
    }

    List<Step> steps() {
        Map<String, Step> waiting = new LinkedHashMap<>();
        Map<String, Integer> position = new HashMap<>();
        for (LayerConfig layer : model.layers()) {
            if (layer.calls().isEmpty() && LayerReader.isInput(layer)) {
                waiting.put(key(layer, 0), new Step(layer, 0, List.of()));
            }
            for (int call = 0; call < layer.calls().size(); call++) {
                Call inbound = layer.calls().get(call);
                waiting.put(key(layer, call), new Step(layer, call, inbound.inputs()));
            }
        }
        waiting.keySet().forEach(key -> position.put(key, position.size()));
        return sorted(waiting, position);
    }

    private List<Step> sorted(Map<String, Step> waiting, Map<String, Integer> position) {
        Map<String, Integer> open = new HashMap<>();
        Map<String, List<String>> readers = new HashMap<>();
        PriorityQueue<String> ready = new PriorityQueue<>(Comparator.comparing(position::get));
        waiting.forEach((key, step) -> {
            List<String> sources =
                    step.inputs().stream().map(this::key).distinct().toList();
            open.put(key, sources.size());
            sources.forEach(source ->
                    readers.computeIfAbsent(source, any -> new ArrayList<>()).add(key));
            if (sources.isEmpty()) {
                ready.add(key);
            }
        });
        List<Step> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            String key = ready.remove();
            order.add(waiting.get(key));
            open.remove(key);
            for (String reader : readers.getOrDefault(key, List.of())) {
                if (open.merge(reader, -1, Integer::sum) == 0) {
                    ready.add(reader);
                }
            }
        }
        if (!open.isEmpty()) {
            List<String> names = open.keySet().stream()
                    .map(key -> waiting.get(key).layer().name())
                    .distinct()
                    .sorted()
                    .limit(5)
                    .toList();
            throw at.wrong(
                    "the layers " + names + " wait for each other in a circle, or for a layer that is never called");
        }
        return order;
    }
}
