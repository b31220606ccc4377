package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Layer;
import org.netsplice.graph.WeightSpec;

/** What layers with a kernel and perhaps a bias have in common. */
final class Kernels {
    private Kernels() {}

    /** A kernel of these sizes and, when wanted, a bias with one number for each filter. */
    static List<WeightSpec> weights(boolean bias, long filters, long... kernel) {
        WeightSpec weight = WeightSpec.trainable("kernel", Initial.GLOROT_UNIFORM, kernel);
        return bias ? List.of(weight, WeightSpec.trainable("bias", Initial.ZEROS, filters)) : List.of(weight);
    }

    /** Refuses groups that do not divide the channels and the filters. */
    static void divided(int groups, long channels, long filters) {
        if (channels % groups != 0 || filters % groups != 0) {
            throw new Layer.Misfit(
                    "groups (" + groups + ") must divide both the channels (" + channels + ") and the filters ("
                            + filters + ")",
                    "Change groups or filters.");
        }
    }
}
