package org.netsplice.dl4j.zip;

import java.util.Arrays;
import org.netsplice.graph.Shape;

/**
 * What the axes of data mean in DL4J. Images and volumes are held as DL4J holds them; sequences are held with the features last, as the
 * layers of this program read them, also where DL4J has the steps last.
 */
enum Layout {
    /** (rows, features). */
    FLAT(2, 1),
    /** (rows · steps, features) in DL4J, held as (rows, steps, features). */
    FOLDED(3, 2),
    /** (rows, features, steps) in DL4J, held as (rows, steps, features). */
    SEQUENCE_FIRST(3, 2),
    /** (rows, steps, features). */
    SEQUENCE_LAST(3, 2),
    /** (rows, channels, height, width). */
    IMAGE_FIRST(4, 1),
    /** (rows, height, width, channels). */
    IMAGE_LAST(4, 3),
    /** (rows, channels, depth, height, width). */
    VOLUME_FIRST(5, 1),
    /** (rows, depth, height, width, channels). */
    VOLUME_LAST(5, 4);

    private final int rank;
    private final int features;

    Layout(int rank, int features) {
        this.rank = rank;
        this.features = features;
    }

    /** The number of axes as held. */
    int rank() {
        return rank;
    }

    /** The axis of the features or channels as held. */
    int features() {
        return features;
    }

    /** Whether steps follow each other; (rows, steps, features) as held. */
    boolean sequence() {
        return rank == 3;
    }

    boolean image() {
        return rank == 4;
    }

    boolean volume() {
        return rank == 5;
    }

    /** Keras' name of the place of the channels. */
    String format() {
        return features == 1 && rank > 3 ? "channels_first" : "channels_last";
    }

    /** The axis as held that DL4J counts as {@code axis}; negative ones count from the end. */
    int held(int axis) {
        int place = axis < 0 ? axis + rank : axis;
        return this == SEQUENCE_FIRST && place > 0 ? 3 - place : place;
    }

    /** A shape as held of which only the features are known, or nothing when they are {@link Shape#UNKNOWN}. */
    Shape shape(long count) {
        long[] sizes = new long[rank];
        Arrays.fill(sizes, Shape.UNKNOWN);
        return Shape.of(sizes).with(features, count);
    }

    /** What data of so many axes is where a file does not tell. */
    static Layout ofRank(int rank) {
        return switch (rank) {
            case 3 -> SEQUENCE_FIRST;
            case 4 -> IMAGE_FIRST;
            case 5 -> VOLUME_FIRST;
            default -> FLAT;
        };
    }

    /** The layout of sequences, images or volumes for the words of DL4J, such as {@code NCHW} or {@code NWC}. */
    static Layout named(String format) {
        return switch (format) {
            case "NWC" -> SEQUENCE_LAST;
            case "NCHW" -> IMAGE_FIRST;
            case "NHWC" -> IMAGE_LAST;
            case "NCDHW" -> VOLUME_FIRST;
            case "NDHWC" -> VOLUME_LAST;
            default -> SEQUENCE_FIRST;
        };
    }
}
