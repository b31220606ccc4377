package org.netsplice.keras;

import java.util.List;
import org.netsplice.graph.Layer;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Origin;

/**
 * A layer of a file that is not a model itself, however often it is called.
 *
 * @param names its name, after the names of the models around it; the first is a layer of the whole model
 * @param path where Keras 3 stores its weights, such as {@code layers/functional/layers/dense_1}
 * @param node its first call
 * @param layer as its first call makes it
 */
record Leaf(List<String> names, String path, Layer layer, WeightsId id, NodeId node, boolean trainable) {
    String className() {
        return layer.className();
    }

    /** Whether it cannot be computed, so that what it needs is not known. */
    boolean opaque() {
        return layer.obstacle().isPresent();
    }

    /** Weights of an older Keras in the order and layout of Keras 3. */
    List<Tensor> modern(List<Tensor> stored, Origin origin) {
        return layer instanceof ComputedLayer computed
                ? computed.kind().history().modernWeights(computed, stored, origin)
                : stored;
    }

    String name() {
        return names.get(names.size() - 1);
    }
}
