package org.netsplice.layers.kind;

import java.util.List;
import java.util.Map;
import org.netsplice.ops.Array;

/**
 * What a layer gives while a network is trained.
 *
 * @param outputs in order
 * @param renewed new values of weights that follow the data rather than a gradient, by their index
 */
public record Trained(List<Array> outputs, Map<Integer, Array> renewed) {

    /** Outputs alone. */
    public static Trained of(List<Array> outputs) {
        return new Trained(outputs, Map.of());
    }
}
