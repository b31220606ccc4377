package org.netsplice.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.netsplice.config.Json;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Setting;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Where;

/** Layers of a kind with other settings than its example, and shapes like those of its example, with sizes of every magnitude, 0 included. */
final class RandomLayers {
    private static final long[] SIZES = {
        0, 1, 2, 3, 4, 5, 7, 8, 1_000, 65_536, 1 << 30, Integer.MAX_VALUE, 1L << 31, 1L << 40, Long.MAX_VALUE
    };
    private static final int SMALL = 8;

    private final Random random;
    private final Kind<?> kind;
    private final boolean small;

    RandomLayers(long seed, Kind<?> kind, boolean small) {
        this.random = new Random(seed);
        this.kind = kind;
        this.small = small;
    }

    private long size() {
        return SIZES[random.nextInt(small ? SMALL : SIZES.length)];
    }

    /** A layer, or nothing when its settings are refused. */
    Optional<ComputedLayer> layer() {
        ComputedLayer example = LayerNotation.parse(
                        kind.id() + "(" + kind.example().settings() + ")", Where.NOWHERE)
                .layer();
        Map<String, Object> config = new LinkedHashMap<>();
        kind.config(example)
                .forEach((key, value) -> config.put(key, key.equals("call") ? value : changed(Json.of(value))));
        for (Setting<?> setting : kind.settings()) {
            if (!setting.choices().isEmpty() && random.nextInt(3) == 0) {
                String choice =
                        setting.choices().get(random.nextInt(setting.choices().size()));
                config.put(setting.name(), choice.equals("true") ? true : choice.equals("false") ? false : choice);
            }
        }
        try {
            return Optional.of(kind.read(Json.of(config)));
        } catch (ModelException refused) {
            return Optional.empty();
        }
    }

    private Object changed(Json value) {
        if (value.isNumber()) {
            boolean whole = value.number() == Math.rint(value.number());
            return whole && random.nextInt(3) == 0 ? (random.nextInt(9) == 0 ? -1 : size()) : value;
        }
        if (value.isList()) {
            return value.items().stream().map(this::changed).toList();
        }
        if (value.isObject()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            value.keys()
                    .forEach(key ->
                            fields.put(key, value.find(key).map(this::changed).orElse(null)));
            return fields;
        }
        return value;
    }

    /** Shapes of inputs, batch first, all sizes known where they are small. */
    List<TensorSpec> inputs() {
        List<TensorSpec> specs = new ArrayList<>();
        int more = random.nextInt(9) == 0 ? random.nextInt(3) - 1 : 0;
        long common = size();
        for (String text : kind.example().inputs()) {
            String[] parts = text.replaceAll("[() ]", "").split(",");
            int rank = Math.max(1, parts.length + more);
            long[] sizes = new long[rank];
            for (int i = 0; i < rank; i++) {
                boolean known = i < parts.length && !parts[i].equals("None");
                long own = known ? Long.parseLong(parts[i]) : i == 0 ? 2 : common;
                sizes[i] = known && random.nextInt(3) == 0 ? size() : own;
                if (!small && (i == 0 || random.nextInt(8) == 0)) {
                    sizes[i] = Shape.UNKNOWN;
                }
            }
            specs.add(TensorSpec.of(Shape.of(sizes)));
        }
        return specs;
    }
}
