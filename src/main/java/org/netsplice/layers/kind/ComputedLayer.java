package org.netsplice.layers.kind;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.netsplice.graph.Arity;
import org.netsplice.graph.Family;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.ops.Array;

/** A layer that can compute. Implementations are records whose components are the settings of their {@link Kind}; they are immutable and
 * hold no weights. */
public interface ComputedLayer extends Layer {

    /** The kind of this layer. */
    Kind<?> kind();

    /**
     * Computes the outputs.
     *
     * @param inputs in order, of shapes that {@link #outputs} accepts
     * @param weights as {@link #weights} asks for
     */
    List<Array> forward(List<Array> inputs, List<Array> weights);

    /**
     * Computes the outputs when masks travel with the inputs; the same as without for layers that do not {@link #readsMasks read masks}.
     *
     * @param masks the mask of each input, (batch, steps) with 0 for skipped steps; empty for inputs without one
     */
    default List<Array> forward(List<Array> inputs, List<Optional<Array>> masks, List<Array> weights) {
        return forward(inputs, weights);
    }

    /** Like {@link #forward(List, List, List)}, but skips the computation when every output is empty because an axis has size 0. */
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
     * Computes the outputs while a network is trained, under an open {@link org.netsplice.ops.Tape} where gradients are wanted; the same as
     * {@link #compute} for layers that do not {@link #differsInTraining differ}. Arguments are those of {@link #compute}.
     */
    default Trained forwardTraining(
            List<Array> inputs, List<Optional<Array>> masks, List<Array> weights, TrainingPass pass) {
        return Trained.of(compute(inputs, masks, weights));
    }

    /** Whether it computes otherwise in training, where its weights are trained or not. */
    default boolean differsInTraining(boolean trainable) {
        return false;
    }

    /**
     * The axes of inputs, outputs and weights that may be put in another order together without a change of what is computed.
     *
     * @param inputs as {@link #outputs} accepts them
     */
    default Axes axes(List<TensorSpec> inputs) {
        return Axes.FIXED;
    }

    /** Why {@link #forwardTraining} cannot compute what Keras computes in training; empty where it can. */
    default Optional<String> untrainable() {
        return Optional.empty();
    }

    /**
     * Writes nodes that compute in ONNX what {@link #forward(List, List) forward} computes.
     *
     * @param inputs in order, as {@link #outputs} accepts them
     * @param weights as {@link #weights} asks for, as constants
     * @throws OnnxBuilder.Missing when there is no form in ONNX
     */
    default List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        if (returnsInput()) {
            return List.of(inputs.get(0));
        }
        throw new OnnxBuilder.Missing("has no form in ONNX");
    }

    /** Like {@link #write(OnnxBuilder, List, List)} when masks travel with the inputs. */
    default List<OnnxValue> write(
            OnnxBuilder onnx, List<OnnxValue> inputs, List<Optional<OnnxValue>> masks, List<OnnxValue> weights) {
        if (readsMasks() && masks.stream().anyMatch(Optional::isPresent)) {
            throw new OnnxBuilder.Missing("has no form in ONNX where a mask says which steps count");
        }
        return write(onnx, inputs, weights);
    }

    /**
     * The settings that name the activations applied to sums of products with a weight, one for each of the equal parts of its last axis.
     * A part is empty where its activation is applied to something else too. No parts for a weight that reaches no activation.
     */
    default List<String> functions(WeightSpec weight) {
        return kind().setting("activation").isPresent() ? List.of("activation") : List.of();
    }

    /** The same layer with Keras 3's hard sigmoid in place of that of Keras 1 and 2, and how to scale its weights; empty when scaling cannot do it. */
    default Optional<HardSigmoid.Scaled> withHardSigmoid(List<WeightSpec> weights) {
        return HardSigmoid.of(this, weights);
    }

    /** Whether masks change what is computed. */
    default boolean readsMasks() {
        return false;
    }

    /** Whether it removes the masks of its inputs for all layers that run later. */
    default boolean removesMasks() {
        return false;
    }

    /** Whether it returns its input itself and not a new tensor, so that both share one mask. */
    default boolean returnsInput() {
        return false;
    }

    /** How it derives the mask of its result. */
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
    default String nameInPython() {
        return className().equals(kind().className()) ? kind().storedAs() : className();
    }

    @Override
    default long flops(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        return kind().flops(this, inputs, outputs);
    }

    /**
     * The numbers of one row that are held while the layer computes, beside its inputs and outputs, as far as the layer knows; 0 where sizes
     * are not known.
     */
    default long heldNumbers(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        return 0;
    }

    /** The lengths of the lists in which Keras 3 takes the tensors of the parameter that takes all the rest; empty where it takes them one by one. */
    default List<Integer> lists() {
        return List.of();
    }

    /** Why a layer that Keras 3 does not have cannot be written as a Keras file, after its name. */
    default String unwritable() {
        return "Keras 3 has no layer " + className();
    }

    /** The operations that computing one row takes, where the engine makes more of them than {@link #flops} tells. */
    default long work(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        return flops(inputs, outputs);
    }

    @Override
    default String facts() {
        return kind().facts(this);
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

    /** Variables by name that Keras stores for the layer although they repeat its settings; they belong to no weights. */
    default Map<String, Tensor> repeated() {
        return Map.of();
    }

    /** The same layer with its weights as settings, where Keras keeps among the weights of a file what it takes as a setting; empty for others. */
    default Optional<ComputedLayer> settled(Weights learned) {
        return Optional.empty();
    }

    @Override
    default List<WeightSpec> weights(List<TensorSpec> inputs) {
        return List.of();
    }
}
