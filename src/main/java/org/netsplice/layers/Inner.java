package org.netsplice.layers;

import java.util.LinkedHashMap;
import java.util.Map;
import org.netsplice.config.Json;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;

/** Layers that stand inside the settings of others, as Keras writes them: class name and configuration. */
final class Inner {
    private Inner() {}

    static ComputedLayer read(Json json) {
        String type = json.get("class_name").text();
        Kind<?> kind = Layers.kind(type)
                .orElseThrow(() -> new ModelException.Unsupported(
                        Problem.error(json.where(), "the layer " + type + " inside it is not supported", "")));
        return kind.readWhole(json.get("config"));
    }

    static Object write(ComputedLayer layer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("module", "keras.layers");
        json.put("class_name", layer.className());
        json.put("config", layer.kind().config(layer));
        json.put("registered_name", null);
        return json;
    }
}
