package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.DType;
import org.netsplice.graph.Layer.Misfit;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.ops.Window;

/** Rules on shapes that several layers share; each throws {@link Misfit} with both shapes in words. */
final class Shapes {
    private Shapes() {}

    /** The only input, of at least this rank. */
    static Shape atLeast(List<TensorSpec> inputs, int rank) {
        Shape shape = inputs.get(0).shape();
        if (shape.rank() < rank) {
            throw new Misfit(
                    "needs an input with at least " + rank + " axes, received " + shape,
                    "Insert a Reshape layer before it.");
        }
        return shape;
    }

    /** The only input, of exactly this rank. */
    static Shape exactly(List<TensorSpec> inputs, int rank) {
        Shape shape = inputs.get(0).shape();
        if (shape.rank() != rank) {
            throw new Misfit(
                    "needs an input with " + rank + " axes, batch included, received " + shape,
                    "Insert a Reshape layer before it.");
        }
        return shape;
    }

    /** A size that has to be known because weights depend on it. */
    static long known(Shape shape, int axis) {
        long size = shape.size(axis);
        if (size == Shape.UNKNOWN) {
            throw new Misfit(
                    "needs to know the size of axis " + axis + " of its input, received " + shape,
                    "Give the input layer a definite shape.");
        }
        return size;
    }

    /** An axis counted from 0; negative ones count from the end. */
    static int axis(int axis, Shape shape) {
        int counted = axis < 0 ? axis + shape.rank() : axis;
        if (counted < 0 || counted >= shape.rank()) {
            throw new Misfit(
                    "has no axis " + axis + " in an input of shape " + shape,
                    "Choose an axis from " + -shape.rank() + " to " + (shape.rank() - 1) + ".");
        }
        return counted;
    }

    /** One float32 output. */
    static List<TensorSpec> floats(Shape shape) {
        return List.of(new TensorSpec(shape, DType.FLOAT32));
    }

    static Shape halvedLast(Shape shape) {
        if (shape.last() % 2 != 0) {
            throw new Misfit("glu needs an even size of the last axis, received " + shape, "");
        }
        return shape.with(-1, shape.last() == Shape.UNKNOWN ? Shape.UNKNOWN : shape.last() / 2);
    }

    /** The output of a window moving over a direction; throws when the window is larger than the image. */
    static long window(long size, Window window, int direction) {
        if (size == Shape.UNKNOWN) {
            return Shape.UNKNOWN;
        }
        long output = Window.output(
                size,
                window.kernel()[direction],
                window.strides()[direction],
                window.dilation()[direction],
                window.same());
        if (output <= 0) {
            throw new Misfit(
                    "its window of " + window.kernel()[direction] + " cells does not fit into " + size,
                    "Use padding \"same\", a smaller window, or a larger image.");
        }
        return output;
    }

    /** A shape with the channel axis moved from 1 to the end. */
    static Shape channelsLast(Shape shape) {
        long[] sizes = shape.sizes();
        long channels = sizes[1];
        System.arraycopy(sizes, 2, sizes, 1, sizes.length - 2);
        sizes[sizes.length - 1] = channels;
        return Shape.of(sizes);
    }

    /** A shape with the channel axis moved from the end to 1. */
    static Shape channelsFirst(Shape shape) {
        long[] sizes = shape.sizes();
        long channels = sizes[sizes.length - 1];
        System.arraycopy(sizes, 1, sizes, 2, sizes.length - 2);
        sizes[1] = channels;
        return Shape.of(sizes);
    }
}
