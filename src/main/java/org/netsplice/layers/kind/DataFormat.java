package org.netsplice.layers.kind;

import java.util.List;
import java.util.function.UnaryOperator;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;

/** The axis of an image that holds the channels. */
public enum DataFormat {
    /** (batch, …, channels). */
    CHANNELS_LAST,
    /** (batch, channels, …). */
    CHANNELS_FIRST;

    /** The help of the setting. */
    public static final String HELP = "Whether the channels are the last axis or the one after the batch.";

    /** Applies a rule that is written for channels-last shapes. */
    public Shape shape(Shape shape, UnaryOperator<Shape> rule) {
        return this == CHANNELS_LAST ? rule.apply(shape) : Shapes.channelsFirst(rule.apply(Shapes.channelsLast(shape)));
    }

    /** The format an operation's parameters name; channels last when they name none. */
    public static DataFormat of(Parameters with) {
        return with.text("data_format", "channels_last").equals("channels_first") ? CHANNELS_FIRST : CHANNELS_LAST;
    }

    /** The channels-last shape. */
    public Shape last(Shape shape) {
        return this == CHANNELS_LAST ? shape : Shapes.channelsLast(shape);
    }

    /** Applies an operation that is written for channels-last arrays. */
    public Array compute(Array x, UnaryOperator<Array> operation) {
        return this == CHANNELS_LAST
                ? operation.apply(x)
                : Arranging.channelsFirst(operation.apply(Arranging.channelsLast(x)));
    }

    /** Writes nodes of ONNX for values that they see as channels-last. */
    public OnnxValue write(OnnxBuilder onnx, OnnxValue x, UnaryOperator<OnnxValue> nodes) {
        return this == CHANNELS_LAST ? nodes.apply(x) : onnx.channelsFirst(nodes.apply(onnx.channelsLast(x)));
    }

    /** Like {@link #compute} with images, or with a single one that has no batch. */
    public Array computeImages(Array x, UnaryOperator<Array> operation) {
        if (x.rank() != 3) {
            return compute(x, operation);
        }
        Array image = compute(x.reshape(1, x.size(0), x.size(1), x.size(2)), operation);
        return image.reshape(image.size(1), image.size(2), image.size(3));
    }

    /** The shape of images (batch, …) or of a single one without a batch, with another height and width. */
    public Shape resized(List<TensorSpec> images, long height, long width) {
        Shape shape = Shapes.atLeast(images, 3);
        if (shape.rank() != 3) {
            Shapes.exactly(images, 4);
        }
        int first = shape.rank() - (this == CHANNELS_LAST ? 3 : 2);
        return shape.with(first, height).with(first + 1, width);
    }

    /** The axis of the channels in a shape of this rank, counted from 0. */
    public int channelAxis(int rank) {
        return this == CHANNELS_LAST ? rank - 1 : 1;
    }
}
