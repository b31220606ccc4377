package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.Arity;
import org.netsplice.graph.Layer;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.ops.Array;

/** A layer that can compute. Implementations are records whose components are the settings of their {@link Kind}. */
public interface ComputedLayer extends Layer {

    /** What this layer is one of. */
    Kind<?> kind();

    /**
     * Computes the outputs.
     *
     * @param inputs in order, of shapes that {@link #outputs} accepts
     * @param weights as {@link #weights} asks for
     */
    List<Array> forward(List<Array> inputs, List<Array> weights);

    @Override
    default String className() {
        return kind().className();
    }

    @Override
    default Arity arity() {
        return Arity.ONE;
    }

    @Override
    default List<WeightSpec> weights(List<TensorSpec> inputs) {
        return List.of();
    }
}
