package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.ops.Array;

/** A layer whose first weights Keras can keep as whole numbers from −127 to 127 with scales they are divided by. */
interface Quantizable extends ComputedLayer {

    /** The scales, behind the layer's other weights. */
    WeightSpec scales(List<TensorSpec> inputs);

    /** The first weights as they are meant. */
    Array restored(Array whole, Array scales);

    /** The axes of an input that are summed up, along which it has a scale of its own when it is rounded too; none for one that never is. */
    int[] summed(Shape input);
}
