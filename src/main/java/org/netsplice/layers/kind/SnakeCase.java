package org.netsplice.layers.kind;

import java.util.Locale;

/** Class names as Keras 3 writes them into paths of weights, by the rule of {@code keras.src.utils.naming}. */
public final class SnakeCase {
    private SnakeCase() {}

    /** The name of a class: {@code LayerNormalization} becomes {@code layer_normalization}. */
    public static String of(String className) {
        return className
                .replaceAll("\\W+", "")
                .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }
}
