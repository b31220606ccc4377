package org.netsplice.layers.kind;

import java.util.Set;
import org.netsplice.config.Json;

/**
 * The version of Keras that wrote a file. Keras 1 and 2 name some settings, compute some functions and store some weights differently.
 *
 * @param major 1, 2 or 3
 * @param theano whether it ran on Theano, which flips convolution kernels
 */
public record Origin(int major, boolean theano) {
    /** Any Keras 3. */
    public static final Origin KERAS_3 = new Origin(3, false);

    private static final Set<String> FIRST = Set.of(
            "init", "inner_init", "inner_activation", "nb_filter", "border_mode", "W_regularizer", "W_constraint");
    private static final Set<String> OLD = Set.of("batch_input_shape");

    /**
     * The origin a file states.
     *
     * @param version such as {@code 2.2.4-tf}; one that cannot be read is taken for Keras 3
     */
    public static Origin of(String version, String backend) {
        int major = version.matches("[0-9]\\..*") ? Math.max(1, version.charAt(0) - '0') : KERAS_3.major;
        return new Origin(major, backend.equals("theano"));
    }

    /** The origin of an architecture that does not state it, recognized by keys that only Keras 1, or only Keras 1 and 2, wrote. */
    public static Origin inferred(Json architecture) {
        return has(architecture, FIRST)
                ? new Origin(1, false)
                : has(architecture, OLD) ? new Origin(2, false) : KERAS_3;
    }

    private static boolean has(Json value, Set<String> keys) {
        if (value.isList()) {
            return value.items().stream().anyMatch(item -> has(item, keys));
        }
        return value.isObject()
                && value.keys().stream()
                        .anyMatch(key -> keys.contains(key)
                                || value.find(key)
                                        .filter(inside -> has(inside, keys))
                                        .isPresent());
    }

    /** Whether it is older than Keras 3. */
    public boolean old() {
        return major < KERAS_3.major;
    }

    /** Whether it is Keras 1. */
    public boolean first() {
        return major == 1;
    }
}
