package org.netsplice.keras;

import java.util.HashMap;
import java.util.Map;
import org.netsplice.keras.ModelConfig.LayerConfig;
import org.netsplice.layers.Layers;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.SnakeCase;

/** Where Keras 3 stores the weights and files of each layer of a model: by class, numbered within the model, operations left out. */
final class StoredPaths {
    private StoredPaths() {}

    /**
     * The paths of the layers by their names, such as {@code layers/dense_1}.
     *
     * @param around the path of the model; empty for the whole one
     */
    static Map<String, String> of(ModelConfig model, String around) {
        Map<String, Integer> counters = new HashMap<>();
        Map<String, String> paths = new HashMap<>();
        String base = around.isEmpty() ? "layers/" : around + "/layers/";
        for (LayerConfig layer : model.layers()) {
            boolean operation = LayerReader.isOperation(layer);
            String type = operation
                    ? "operation"
                    : SnakeCase.of(
                            Layers.kind(layer.className()).map(Kind::storedAs).orElse(layer.className()));
            int number = counters.merge(type, 1, Integer::sum) - 1;
            paths.put(layer.name(), base + (operation ? "#" : "") + type + (number == 0 ? "" : "_" + number));
        }
        return paths;
    }
}
