package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import org.netsplice.config.Json;
import org.netsplice.graph.DType;

/** Nested lists of numbers in JSON, all of one length at each level. */
final class Numbers {
    private Numbers() {}

    /** The lengths from the outermost list inwards; none for a single number. */
    static long[] sizes(Json json) {
        List<Long> sizes = new ArrayList<>();
        for (Json level = json; level.isList(); level = level.items().get(0)) {
            sizes.add((long) level.items().size());
            if (level.items().isEmpty()) {
                break;
            }
        }
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    /** All numbers in order; true is 1. */
    static float[] flat(Json json) {
        List<Float> numbers = new ArrayList<>();
        collect(json, sizes(json), 0, numbers);
        float[] flat = new float[numbers.size()];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = numbers.get(i);
        }
        return flat;
    }

    private static void collect(Json json, long[] sizes, int level, List<Float> into) {
        if (level == sizes.length) {
            into.add(json.isFlag() ? (json.flag() ? 1f : 0f) : (float) json.number());
            return;
        }
        List<Json> items = json.items();
        if (items.size() != sizes[level]) {
            throw json.wrong(
                    "expected a list of " + sizes[level] + ", as its neighbours are, received one of " + items.size());
        }
        items.forEach(item -> collect(item, sizes, level + 1, into));
    }

    /** The type Keras gives to such numbers. */
    static DType dtype(Json json) {
        Json first = json;
        while (first.isList() && !first.items().isEmpty()) {
            first = first.items().get(0);
        }
        if (first.isFlag()) {
            return DType.BOOL;
        }
        return first.isNumber() && first.whole() ? DType.INT32 : DType.FLOAT32;
    }
}
