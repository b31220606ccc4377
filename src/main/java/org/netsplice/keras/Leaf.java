package org.netsplice.keras;

import java.util.List;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.WeightsId;

/**
 * A layer of a file that is not a model itself, however often it is called.
 *
 * @param names its name, after the names of the models around it; the first is a layer of the whole model
 * @param path where Keras 3 stores its weights, such as {@code layers/functional/layers/dense_1}
 * @param node its first call
 * @param opaque whether it cannot be computed, so that what it needs is not known
 */
record Leaf(
        List<String> names,
        String path,
        String className,
        WeightsId id,
        NodeId node,
        boolean trainable,
        boolean opaque) {
    String name() {
        return names.get(names.size() - 1);
    }
}
