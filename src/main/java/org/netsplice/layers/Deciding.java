package org.netsplice.layers;

import java.util.List;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;

/** How networks of one architecture decide together. */
public enum Deciding {
    AVERAGE("Average"),
    WEIGHTED("Weighted average"),
    VOTE("Majority vote");

    private final String text;

    Deciding(String text) {
        this.text = text;
    }

    /** The layer that joins their outputs; {@code shares} tell how much each counts, for a weighted average only. */
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
