package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Codec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Setting;
import org.netsplice.ops.Array;
import org.netsplice.ops.Hashes;

/**
 * Hashes whole numbers into bins: {@code Hashing(3)} turns (None, 4) into (None, 4) with numbers from 0 to 2. The decimal digits are
 * hashed with FarmHash's 64-bit fingerprint, or with SipHash-2-4 when there is a salt, as TensorFlow's string hashing does.
 */
public record Hashing(int numBins, Optional<Integer> maskValue, List<Long> salt, Encoding outputMode)
        implements ComputedLayer {
    static final Kind<Hashing> KIND = Kind.of(
                    "Hashing",
                    Hashing.class,
                    Kind.Family.PREPROCESSING,
                    "Hashes whole numbers into bins.",
                    new Kind.Example("num_bins=3", "(None, 4)"))
            .settings(
                    Setting.integer("num_bins", 16, 1, "Number of bins."),
                    Setting.optionalInteger(
                            "mask_value", Integer.MIN_VALUE, "The number that gets bin 0; empty for none."),
                    key(),
                    Setting.choice("output_mode", Encoding.INT, Encoding.PLAIN, Encoding.HELP))
            .supportsOnly("sparse", false)
            .neverWrites("dtype")
            .requires("num_bins")
            .build();

    /** The salt: two whole numbers, or one that is used twice; empty for none. */
    static Setting<List<Long>> key() {
        return new Setting<>(
                "salt",
                List.of(),
                "Key of the hash.",
                new Codec<>(
                        "one or two whole numbers, or empty for none",
                        Hashing::keys,
                        value -> value.isEmpty() ? null : value));
    }

    private static List<Long> keys(Json json) {
        if (json.isNumber()) {
            return List.of(json.integer(), json.integer());
        }
        return json.isText()
                ? List.of()
                : json.items().stream().map(Json::integer).toList();
    }

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        return List.of(outputMode.spec(inputs.get(0).shape(), numBins));
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        int bins = maskValue.isPresent() && numBins > 1 ? numBins - 1 : numBins;
        Array binned = inputs.get(0).as(Array.Form.WHOLE).map(v -> v, v -> {
            if (maskValue.isPresent() && v == maskValue.get()) {
                return 0;
            }
            return Hashes.bin(v, bins, salt) + (maskValue.isPresent() ? 1 : 0);
        });
        return List.of(outputMode.encode(binned, numBins, Optional.empty()));
    }
}
