package org.netsplice.layers;

import java.util.List;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;

/** How an ensemble combines the outputs of its members. */
public enum Deciding {
    AVERAGE("Average"),
    WEIGHTED("Weighted average"),
    VOTE("Majority vote");

    private final String text;

    Deciding(String text) {
        this.text = text;
    }

    /** The layer that combines the outputs; {@code shares} are the weights of a weighted average. */
    public ComputedLayer layer(List<Double> shares) {
        return switch (this) {
            case AVERAGE -> kind("Average").standard();
            case WEIGHTED -> new WeightedAverage(shares);
            case VOTE -> kind("Vote").standard();
        };
    }

    private static Kind<?> kind(String name) {
        return Layers.kind(name).orElseThrow();
    }

    @Override
    public String toString() {
        return text;
    }
}
