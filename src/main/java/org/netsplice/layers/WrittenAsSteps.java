package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;

/** A layer that Keras 3 does not have, at least with some settings, and that is written as other layers of Keras. */
public interface WrittenAsSteps extends ComputedLayer {

    /**
     * The layers of Keras that compute the same from the same inputs and weights; empty where Keras has the layer itself.
     *
     * @param inputs what the node reads, in order
     */
    Optional<Submodel> inKeras(List<TensorSpec> inputs);
}
