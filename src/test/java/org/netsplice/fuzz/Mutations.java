package org.netsplice.fuzz;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.netsplice.config.Json;

/** Changes made to sound content, the same for the same seed: to bytes, and to the tree of a JSON text. */
final class Mutations {
    private static final List<Object> HOSTILE = Collections.unmodifiableList(Arrays.asList(
            null,
            true,
            false,
            -1,
            0,
            1,
            2,
            7,
            1000,
            Integer.MAX_VALUE,
            1L << 31,
            1L << 32,
            1L << 53,
            (1L << 53) + 1,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            1L << 62,
            0.5,
            -0.0,
            1e300,
            "NaN",
            "-Infinity",
            "",
            "\u001B[2J\u202E",
            "\uD800",
            "__metadata__",
            "x".repeat(5000),
            List.of(),
            List.of(List.of(List.of())),
            Collections.nCopies(100, 1),
            Map.of(),
            Map.of("x", 1)));
    private static final long[] NUMBERS = {
        0, 1, -1, 127, 128, 255, 256, 65535, 65536, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, 1L << 32
    };
    private final SplittableRandom random;

    Mutations(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** A number from 0 to below {@code bound}. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** A value that no honest writer puts there. */
    Object hostile() {
        return HOSTILE.get(below(HOSTILE.size()));
    }

    /** The bytes with one to four of them changed, put in, left out, doubled or cut. */
    byte[] bytes(byte[] content) {
        byte[] changed = content;
        for (int i = 1 + below(4); i > 0 && changed.length > 0; i--) {
            changed = changedOnce(changed);
        }
        return changed;
    }

    private byte[] changedOnce(byte[] content) {
        int at = below(content.length);
        int to = Math.min(content.length, at + 1 + below(16));
        byte[] copy = content.clone();
        switch (below(6)) {
            case 0 -> copy[at] ^= (byte) (1 << below(8));
            case 1 -> copy[at] = (byte) below(256);
            case 2 -> {
                int width = 1 << below(4);
                ByteBuffer number =
                        ByteBuffer.allocate(8).order(below(2) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
                number.putLong(0, NUMBERS[below(NUMBERS.length)]);
                for (int i = 0; i < width && at + i < copy.length; i++) {
                    copy[at + i] = number.get(number.order() == ByteOrder.LITTLE_ENDIAN ? i : 8 - width + i);
                }
            }
            case 3 -> copy = joined(Arrays.copyOf(content, at), Arrays.copyOfRange(content, to, content.length));
            case 4 -> copy = joined(Arrays.copyOf(content, to), Arrays.copyOfRange(content, at, content.length));
            default -> copy = Arrays.copyOf(content, at);
        }
        return copy;
    }

    static byte[] joined(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    /** The tree of maps, lists and values with one to three of its values replaced, left out, doubled or put elsewhere. */
    Json json(Json whole) {
        Object tree = tree(whole);
        for (int i = 1 + below(3); i > 0; i--) {
            List<Spot> spots = new ArrayList<>();
            collect(tree, spots);
            if (spots.isEmpty()) {
                break;
            }
            Spot spot = spots.get(below(spots.size()));
            Object other = spots.get(below(spots.size())).get();
            switch (below(8)) {
                case 0 -> spot.remove();
                case 1 -> spot.repeat();
                case 2, 3 -> spot.set(copy(other));
                case 4 -> spot.set(copy(near(spot.get())));
                default -> spot.set(copy(hostile()));
            }
        }
        return Json.of(tree);
    }

    /** A number beside the one that stands there. */
    private Object near(Object value) {
        if (value instanceof Long number) {
            return BigInteger.valueOf(number)
                    .add(BigInteger.valueOf(below(5) - 2L))
                    .longValue();
        }
        return hostile();
    }

    private static Object tree(Json json) {
        if (json.isObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            json.keys()
                    .forEach(key ->
                            map.put(key, json.find(key).map(Mutations::tree).orElse(null)));
            return map;
        } else if (json.isList()) {
            List<Object> list = new ArrayList<>();
            json.items().forEach(item -> list.add(tree(item)));
            return list;
        } else if (json.isNull()) {
            return null;
        } else if (json.isFlag()) {
            return json.flag();
        } else if (json.whole()) {
            return json.integer();
        }
        return json.isNumber() ? (Object) json.number() : json.text();
    }

    private static Object copy(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, entry) -> copy.put(key, copy(entry)));
            return copy;
        } else if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(entry -> copy.add(copy(entry)));
            return copy;
        }
        return value;
    }

    /** A place in a map or a list. */
    private record Spot(Map<Object, Object> map, Object key, List<Object> list, int index) {
        Object get() {
            return map == null ? list.get(index) : map.get(key);
        }

        void set(Object value) {
            if (map == null) {
                list.set(index, value);
            } else {
                map.put(key, value);
            }
        }

        void remove() {
            if (map == null) {
                list.remove(index);
            } else {
                map.remove(key);
            }
        }

        void repeat() {
            if (map == null) {
                list.add(index, copy(list.get(index)));
            } else {
                map.put(key + "x", copy(map.get(key)));
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static void collect(Object tree, List<Spot> spots) {
        if (tree instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                spots.add(new Spot((Map<Object, Object>) map, entry.getKey(), null, 0));
                collect(entry.getValue(), spots);
            }
        } else if (tree instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                spots.add(new Spot(null, null, (List<Object>) list, i));
                collect(list.get(i), spots);
            }
        }
    }
}
