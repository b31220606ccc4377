package org.netsplice.layers;

import java.util.function.UnaryOperator;
import org.netsplice.graph.Shape;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;

/** Which axis of an image holds the channels. */
public enum DataFormat {
    CHANNELS_LAST,
    CHANNELS_FIRST;

    static final String HELP = "Whether the channels are the last axis or the one after the batch.";

    /** Applies a rule that is written for channels-last shapes. */
    Shape shape(Shape shape, UnaryOperator<Shape> rule) {
        return this == CHANNELS_LAST ? rule.apply(shape) : Shapes.channelsFirst(rule.apply(Shapes.channelsLast(shape)));
    }

    /** The format an operation's parameters name; channels last when they name none. */
    static DataFormat of(Parameters with) {
        return with.text("data_format", "channels_last").equals("channels_first") ? CHANNELS_FIRST : CHANNELS_LAST;
    }

    /** The channels-last shape. */
    Shape last(Shape shape) {
        return this == CHANNELS_LAST ? shape : Shapes.channelsLast(shape);
    }

    /** Applies an operation that is written for channels-last arrays. */
    Array compute(Array x, UnaryOperator<Array> operation) {
        return this == CHANNELS_LAST
                ? operation.apply(x)
                : Arranging.channelsFirst(operation.apply(Arranging.channelsLast(x)));
    }
}
