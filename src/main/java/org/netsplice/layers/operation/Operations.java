package org.netsplice.layers.operation;

import java.util.List;

/** All operations that are defined without layers. */
public final class Operations {
    /** The operations of each family. */
    public static final List<List<Operation.Definition>> FAMILIES = List.of(
            ElementwiseOperations.ALL,
            PairOperations.ALL,
            ReductionOperations.ALL,
            ShapeOperations.ALL,
            CastOperations.ALL,
            JoinOperations.ALL,
            PlaceOperations.ALL,
            IndexOperations.ALL,
            ScatterOperations.ALL,
            SearchOperations.ALL,
            ProductOperations.ALL,
            MatrixOperations.ALL,
            PatchOperations.ALL);

    private Operations() {}
}
