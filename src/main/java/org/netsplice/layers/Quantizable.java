package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.ops.Array;

/** A layer whose first weights Keras can store as whole numbers from −127 to 127, to be divided by scales. */
interface Quantizable extends ComputedLayer {

    /** The weight that holds the scales; it follows the layer's other weights. */
    WeightSpec scales(List<TensorSpec> inputs);

    /** The first weights, restored from whole numbers and scales. */
    Array restored(Array whole, Array scales);

    /** The axes of the input that are summed: a quantized input has one scale for all values along them. None for a layer that never quantizes its input. */
    int[] summed(Shape input);
}
