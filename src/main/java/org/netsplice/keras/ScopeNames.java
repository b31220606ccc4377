package org.netsplice.keras;

/**
 * Names that a model can predict with. Keras itself accepts any text, but TensorFlow makes scopes of names when a model predicts: the name
 * of a model must match {@code [A-Za-z0-9.][A-Za-z0-9_.-]*}; a layer's name may begin with any of these characters.
 */
final class ScopeNames {
    private ScopeNames() {}

    /** A name for a layer or a nested model: {@code my layer} becomes {@code my_layer}. */
    static String layer(String name) {
        return name.replaceAll("[^A-Za-z0-9_.-]", "_");
    }

    /** A name that Keras accepts, although TensorFlow may not predict with it: only slashes are replaced. */
    static String without(String name) {
        return name.replace('/', '_');
    }

    /** A name for a whole model. */
    static String model(String name) {
        String possible = layer(name.strip());
        return possible.isEmpty() ? "model" : possible.matches("[A-Za-z0-9.].*") ? possible : "model" + possible;
    }
}
