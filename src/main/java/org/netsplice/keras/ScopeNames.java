package org.netsplice.keras;

/**
 * Names that Keras can compute with. Any text is accepted as a name by Keras itself, but TensorFlow makes scopes of names when a model
 * predicts, and refuses others than {@code [A-Za-z0-9.][A-Za-z0-9_.-]*} for models; within a model the first may be any of these.
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
