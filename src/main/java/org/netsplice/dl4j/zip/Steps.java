package org.netsplice.dl4j.zip;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.layers.CommonKinds;

/** Parts of data, in the words of Python's square brackets. */
final class Steps {
    private Steps() {}

    /** A range of an axis; null for no bound. */
    private static Map<String, Object> range(Integer from, Integer to) {
        Map<String, Object> config = new HashMap<>();
        config.put("start", from);
        config.put("stop", to);
        config.put("step", null);
        return Map.of("class_name", "__slice__", "config", config);
    }

    private static Map<String, Object> call(List<Object> key) {
        return Map.of("call", Map.of("x", Map.of("input", 0), "key", key));
    }

    /** The last step of a sequence. */
    static Value last(Site site, Value steps) {
        return site.beside(
                "last", CommonKinds.operation("GetItem"), call(List.of(range(null, null), -1)), Layout.FLAT, steps);
    }

    /** Cells {@code from} (included) to {@code to} (excluded) of an axis as held, as the layer with the name of the vertex. */
    static Value part(Site site, int axis, int from, int to) {
        List<Object> key = new java.util.ArrayList<>();
        for (int i = 0; i < axis; i++) {
            key.add(range(null, null));
        }
        key.add(range(from, to));
        return site.main(
                CommonKinds.operation("GetItem"), call(key), site.value().layout(), List.of());
    }
}
