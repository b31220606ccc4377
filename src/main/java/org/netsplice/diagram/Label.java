package org.netsplice.diagram;

import java.util.List;
import java.util.Locale;

/**
 * What a box says, and how large it is for that.
 *
 * @param title bold, at the left of the header
 * @param type at the right of the header; empty when the title is the type
 * @param rows below the header
 * @param badge a small word in the last row at the right, such as the activation; may be empty
 * @param color the number of the header's colour among those of networks; negative for the colour of the tint
 * @param rank the number of axes of its first output with the batch; 0 when it is not known
 * @param state marks of the box
 */
public record Label(
        String title,
        String type,
        List<Row> rows,
        String badge,
        Tint tint,
        int color,
        int rank,
        State state,
        double width,
        double height) {

    /** A key in grey and a value. */
    public record Row(String key, String value) {}

    /** The colour of a header: what the layer is. */
    public enum Tint {
        INPUT,
        CONVOLUTION,
        POOLING,
        NORMALIZATION,
        ACTIVATION,
        RECURRENT,
        ATTENTION,
        CORE,
        MERGE,
        /** A layer of no other family. */
        OTHER,
        /** A layer that cannot be computed. */
        OPAQUE,
        /** A folded group. */
        NESTED;

        /** What a legend says. */
        public String word() {
            return switch (this) {
                case OTHER -> "Other layer";
                case OPAQUE -> "Unknown layer";
                case NESTED -> "Group";
                default -> name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
            };
        }
    }

    /** What is marked on the box: an output of the document, untrained or frozen weights, a problem. */
    public record State(boolean output, boolean untrained, boolean frozen, boolean shared, boolean problem) {}
}
