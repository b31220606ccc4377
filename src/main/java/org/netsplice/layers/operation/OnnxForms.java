package org.netsplice.layers.operation;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The forms in ONNX of operations, family by family. */
final class OnnxForms {
    private static final Map<String, OnnxForm> ALL = all();

    private OnnxForms() {}

    private static Map<String, OnnxForm> all() {
        Map<String, OnnxForm> all = new HashMap<>();
        OnnxElementwise.into(all);
        OnnxPairs.into(all);
        OnnxReductions.into(all);
        OnnxShapes.into(all);
        OnnxPlaces.into(all);
        return all;
    }

    /** The form of the operation with a name in Keras. */
    static Optional<OnnxForm> of(String name) {
        return Optional.ofNullable(ALL.get(name));
    }
}
