package org.netsplice.layers.kind;

import java.util.ArrayList;
import java.util.List;
import org.netsplice.config.Json;
import org.netsplice.graph.DType;
import org.netsplice.ops.Array;

/** Nested lists of numbers in JSON, all of one length at each level. */
public final class Numbers {
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

    /** All numbers in order, true being 1: whole ones as such, others as float32 or, when {@code wide}, as float64. */
    public static Array array(Json json, boolean whole, boolean wide) {
        long[] sizes = sizes(json);
        List<Json> numbers = new ArrayList<>();
        collect(json, sizes, 0, numbers);
        long[] own = sizes.length == 0 ? new long[] {1} : sizes;
        if (whole) {
            return Array.of(
                    numbers.stream()
                            .mapToLong(one -> one.isFlag() ? (one.flag() ? 1 : 0) : one.integer())
                            .toArray(),
                    own);
        }
        double[] flat = numbers.stream()
                .mapToDouble(one -> one.isFlag() ? (one.flag() ? 1 : 0) : one.number())
                .toArray();
        return Array.of(flat, own).as(wide ? Array.Form.DOUBLE : Array.Form.FLOAT);
    }

    /** All numbers in order, true being 1. */
    static double[] doubles(Json json) {
        List<Json> numbers = new ArrayList<>();
        collect(json, sizes(json), 0, numbers);
        return numbers.stream()
                .mapToDouble(one -> one.isFlag() ? (one.flag() ? 1 : 0) : one.number())
                .toArray();
    }

    private static void collect(Json json, long[] sizes, int level, List<Json> into) {
        if (level == sizes.length) {
            into.add(json);
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
