package org.netsplice.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operators of ONNX that become layers, by name. */
final class Operators {
    private static final Map<String, Operator> ALL = new HashMap<>();

    static {
        List.of(
                        ConvolutionOperators.ALL,
                        PoolingOperators.ALL,
                        NormalizationOperators.ALL,
                        ElementwiseOperators.ALL,
                        MatrixOperators.ALL,
                        ShapeOperators.ALL,
                        IndexOperators.ALL,
                        Slicing.ALL,
                        ReductionOperators.ALL,
                        RecurrentOperators.ALL,
                        ResizeOperators.ALL,
                        QuantizedOperators.ALL,
                        AttentionOperators.ALL)
                .forEach(ALL::putAll);
    }

    private Operators() {}

    /** How calls of an operator become layers. */
    static Optional<Operator> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }
}
