package org.netsplice.graph;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/** The settings of an operation and what follows from them without computing. Implementations are immutable values. */
public interface Layer {

    /** The class name in Keras, such as {@code Dense}. */
    String className();

    /** What it is to somebody who looks at the network. */
    default Family family() {
        return Family.OTHER;
    }

    /** The settings that matter most, in a few words, such as {@code 3×3, 64 filters, stride 1}; empty when there are none. */
    default String facts() {
        return "";
    }

    /** How many inputs it takes. */
    Arity arity();

    /**
     * Shapes and types of the outputs.
     *
     * @param inputs as many as {@link #arity} allows, shapes with the batch on axis 0
     * @throws Misfit when the inputs do not fit, with the reason in words
     */
    List<TensorSpec> outputs(List<TensorSpec> inputs);

    /**
     * Infers {@link #outputs}, and refuses an input without elements when the outputs would have some: they would have to be
     * computed from nothing.
     *
     * @throws Misfit when the inputs do not fit, with the reason in words
     * @throws ArithmeticException when a size is too large to count
     */
    default List<TensorSpec> inferOutputs(List<TensorSpec> inputs) {
        List<TensorSpec> outputs = outputs(inputs);
        Optional<TensorSpec> empty =
                inputs.stream().filter(spec -> spec.shape().empty()).findFirst();
        if (empty.isPresent()
                && !sumsNothing()
                && outputs.stream().anyMatch(spec -> !spec.shape().empty())) {
            throw new Misfit(
                    "has nothing to compute from in an input of shape "
                            + empty.get().shape(),
                    "Give it an input without an axis of size 0.");
        }
        return outputs;
    }

    /** Whether it has a result when an input has no elements, as a sum has: 0. */
    default boolean sumsNothing() {
        return false;
    }

    /** The weights for inputs that {@link #outputs} accepts, in Keras' order and layout. */
    List<WeightSpec> weights(List<TensorSpec> inputs);

    /** Why this layer cannot be computed; empty when it can. */
    default Optional<String> obstacle() {
        return Optional.empty();
    }

    /** The name of the class in Python, which may differ from the name in files. */
    default String nameInPython() {
        return className();
    }

    /** A warning about what this layer computes, which completes the sentence “(layer name): …”; empty when there is none. */
    default Optional<String> caution() {
        return Optional.empty();
    }

    /**
     * This layer with the call arguments of {@code other}: calls of one layer share its settings, but not the arguments of the
     * call.
     */
    default Layer calledLike(Layer other) {
        return this;
    }

    /** Whether its inputs are alike, as those of merge layers are, and not one input with what belongs to it, such as a mask. */
    default boolean joins() {
        return arity().least() > 1;
    }

    /** Whether floating-point inputs are first cast to the type of its policy; operations and layers that only pass values on do not cast. */
    default boolean casts() {
        return true;
    }

    /** The number of output slots. */
    default int outputCount() {
        return 1;
    }

    /** The activation shown in the diagram, or an empty text. */
    default String activationText() {
        return "";
    }

    /** A property of a layer that matters when networks are joined. */
    enum Trait {
        /** Its values are probabilities that sum to 1. */
        PROBABILITIES,
        /** Its values are probabilities where those of all its inputs are. */
        KEEPS_PROBABILITIES,
        /** It keeps statistics of the data it was trained with. */
        STATISTICS,
        /** It brings raw data to the range a network was trained with. */
        SCALING
    }

    /** The properties this layer has. */
    default Set<Trait> traits() {
        return activationText().equals("softmax") ? Set.of(Trait.PROBABILITIES) : Set.of();
    }

    /**
     * Multiplications and additions for one row of the batch, counting a multiply-add as two: those of sums of products (convolutions,
     * dense layers, gates, attention, products of tensors) and those that join inputs. Biases, activations, normalizations, pooling and
     * what only moves or compares values count nothing.
     */
    default long flops(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        return 0;
    }

    /** A product for {@link #flops}: saturates at {@link Long#MAX_VALUE}, and is 0 when a factor is unknown. */
    static long product(long... factors) {
        return LongStream.of(factors).anyMatch(factor -> factor < 0)
                ? 0
                : Shape.of(factors).elements();
    }

    /** A sum for {@link #flops}: saturates at {@link Long#MAX_VALUE}. */
    static long sum(long... parts) {
        long sum = 0;
        for (long part : parts) {
            sum = sum > Long.MAX_VALUE - part ? Long.MAX_VALUE : sum + part;
        }
        return sum;
    }

    /** Inputs that do not fit a layer. The message completes the sentence “(layer name): …”. */
    final class Misfit extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String remedy;

        public Misfit(String what, String remedy) {
            super(what, null, false, false);
            this.remedy = remedy;
        }

        /** What helps; may be empty. */
        public String remedy() {
            return remedy;
        }
    }
}
