package org.netsplice.layers.kind;

import java.util.List;
import java.util.Optional;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/** A layer whose output channels can be scaled and shifted by changing its weights, so that no layer behind it has to do so. */
public interface Rescalable extends ComputedLayer {
    /**
     * A layer and its weights in Keras' order.
     *
     * @param layer the layer
     * @param weights its weights
     */
    record Weighted(ComputedLayer layer, List<Tensor> weights) {
        public Weighted {
            weights = List.copyOf(weights);
        }
    }

    /** The axis of the channels in an output of this rank, counted from 0. */
    int channelAxis(int rank);

    /**
     * The layer that gives {@code factor · y + offset} where this one gives {@code y}, for each channel.
     *
     * @param weights float32 weights of this layer
     * @return empty when the activation comes between
     */
    Optional<Weighted> rescaled(List<Tensor> weights, double[] factor, double[] offset);

    /** A float32 tensor whose last axes run over the channels, each number multiplied by the factor of its channel when it is read. */
    static Tensor scaled(Tensor kernel, double[] factor) {
        return Tensor.computed(kernel.shape(), () -> {
            float[] values = kernel.toArray();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (values[i] * factor[i % factor.length]);
            }
            return values;
        });
    }

    /** {@code factor · bias + offset}; a missing bias is 0. */
    static Tensor shifted(Optional<Tensor> bias, double[] factor, double[] offset) {
        float[] values = new float[factor.length];
        for (int i = 0; i < values.length; i++) {
            double before = bias.isPresent() ? bias.get().numberAt(i) : 0;
            values[i] = (float) (before * factor[i] + offset[i]);
        }
        return Tensor.owning(DType.FLOAT32, Shape.of(values.length), values);
    }
}
