package org.netsplice.layers.kind;

import java.util.List;
import java.util.Optional;
import org.netsplice.graph.Tensor;

/** A layer that does nothing but scale and shift the channels of its input by constants. */
public interface ChannelScaling extends ComputedLayer {
    /**
     * {@code factor · x + offset} for each channel.
     *
     * @param axis the axis of the channels, counted from 0
     */
    record Scales(int axis, double[] factor, double[] offset) {}

    /**
     * What this layer does with its weights to an input of a rank.
     *
     * @return empty when it does something else, such as using the statistics of the batch
     */
    Optional<Scales> scales(List<Tensor> weights, int rank);
}
