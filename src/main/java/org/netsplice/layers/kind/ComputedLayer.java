package org.netsplice.layers.kind;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.netsplice.graph.Arity;
import org.netsplice.graph.Family;
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

    /**
     * Computes the outputs where masks travel with the inputs; only layers that {@link #readsMasks read masks} differ.
     *
     * @param masks for each input its mask, (batch, steps)
     */
    default List<Array> forward(List<Array> inputs, List<Optional<Array>> masks, List<Array> weights) {
        return forward(inputs, weights);
    }

    /** Like {@link #forward(List, List, List)}; outputs without numbers are not computed. */
    default List<Array> compute(List<Array> inputs, List<Optional<Array>> masks, List<Array> weights) {
        if (Stream.concat(inputs.stream(), weights.stream()).anyMatch(array -> array.length() == 0)) {
            List<TensorSpec> outputs = inferOutputs(Shapes.of(inputs));
            if (outputs.stream().allMatch(spec -> spec.shape().elements() == 0)) {
                return outputs.stream()
                        .map(spec -> Array.zeros(spec.shape().sizes()))
                        .toList();
            }
        }
        return forward(inputs, masks, weights);
    }

    /**
     * The settings that name the functions applied to sums of products with a weight, one for each of the equal parts of its last axis; an
     * empty text where a part leads to a function that is applied to something else too. None for a weight that leads to no function.
     */
    default List<String> functions(WeightSpec weight) {
        return kind().setting("activation").isPresent() ? List.of("activation") : List.of();
    }

    /** The same layer without the hard sigmoid of Keras 1 and 2, and what becomes of its weights; empty when that cannot be. */
    default Optional<HardSigmoid.Scaled> withHardSigmoid(List<WeightSpec> weights) {
        return HardSigmoid.of(this, weights);
    }

    /** Whether masks change what is computed. */
    default boolean readsMasks() {
        return false;
    }

    /** Whether its inputs have no masks any more for the layers that run after it. */
    default boolean takesMasks() {
        return false;
    }

    /** Whether its result is its input itself and no new tensor, so that a mask taken from one is taken from the other. */
    default boolean handsOn() {
        return false;
    }

    /** What becomes of masks. */
    default MaskRule masks() {
        return MaskRule.DROPPED;
    }

    @Override
    default Layer calledLike(Layer other) {
        return other instanceof ComputedLayer computed && computed.kind() == kind()
                ? kind().calledLike(this, computed)
                : this;
    }

    @Override
    default String className() {
        return kind().className();
    }

    @Override
    default Family family() {
        return switch (kind().family()) {
            case CONVOLUTION -> Family.CONVOLUTION;
            case POOLING -> Family.POOLING;
            case NORMALIZATION -> Family.NORMALIZATION;
            case ACTIVATION -> Family.ACTIVATION;
            case RECURRENT -> Family.RECURRENT;
            case ATTENTION -> Family.ATTENTION;
            case CORE -> Family.CORE;
            case MERGE -> Family.MERGE;
            case RESHAPING, REGULARIZATION, PREPROCESSING, INTERNAL -> Family.OTHER;
        };
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
