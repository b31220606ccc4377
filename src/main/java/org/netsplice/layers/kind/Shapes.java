package org.netsplice.layers.kind;

import java.util.Arrays;
import java.util.List;
import org.netsplice.graph.DType;
import org.netsplice.graph.Layer.Misfit;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.ops.Array;
import org.netsplice.ops.Window;

/** Rules on shapes that several layers share; each throws {@link Misfit} with both shapes in words. */
public final class Shapes {
    private Shapes() {}

    /** The only input, of at least this rank. */
    public static Shape atLeast(List<TensorSpec> inputs, int rank) {
        Shape shape = first(inputs);
        if (shape.rank() < rank) {
            throw new Misfit(
                    "needs an input with at least " + rank + " axes, received " + shape,
                    "Insert a Reshape layer before it.");
        }
        return shape;
    }

    /** The only input, of exactly this rank. */
    public static Shape exactly(List<TensorSpec> inputs, int rank) {
        Shape shape = first(inputs);
        if (shape.rank() != rank) {
            throw new Misfit(
                    "needs an input with " + rank + " axes, batch included, received " + shape,
                    "Insert a Reshape layer before it.");
        }
        return shape;
    }

    private static Shape first(List<TensorSpec> inputs) {
        if (inputs.isEmpty()) {
            throw new Misfit("is called without an input", "Connect one.");
        }
        return inputs.get(0).shape();
    }

    /** A size that has to be known because weights depend on it. */
    public static long known(Shape shape, int axis) {
        long size = shape.size(axis);
        if (size == Shape.UNKNOWN) {
            throw new Misfit(
                    "needs to know the size of axis " + axis + " of its input, received " + shape,
                    "Give the input layer a definite shape.");
        }
        return size;
    }

    /** A size multiplied by a number; unknown when the size is. Throws {@link ArithmeticException} when it is too large to count. */
    public static long times(long size, long times) {
        if (times < 0) {
            throw new Misfit("cannot repeat an axis " + times + " times", "Give a number that is not negative.");
        }
        return size == Shape.UNKNOWN ? size : Math.multiplyExact(size, times);
    }

    /** The sum of sizes; unknown when one is. Throws {@link ArithmeticException} when it is too large to count. */
    public static long sum(long... sizes) {
        return Arrays.stream(sizes).anyMatch(size -> size == Shape.UNKNOWN)
                ? Shape.UNKNOWN
                : Arrays.stream(sizes).reduce(0, Math::addExact);
    }

    /** An axis counted from 0; negative ones count from the end. */
    public static int axis(int axis, Shape shape) {
        int counted = axis < 0 ? axis + shape.rank() : axis;
        if (counted < 0 || counted >= shape.rank()) {
            throw new Misfit(
                    "has no axis " + axis + " in an input of shape " + shape,
                    "Choose an axis from " + -shape.rank() + " to " + (shape.rank() - 1) + ".");
        }
        return counted;
    }

    /** The shape two arrays have in common when they broadcast as NumPy's do. */
    public static Shape broadcast(Shape one, Shape two) {
        long[] sizes = new long[Math.max(one.rank(), two.rank())];
        for (int back = 1; back <= sizes.length; back++) {
            long a = back <= one.rank() ? one.size(-back) : 1;
            long b = back <= two.rank() ? two.size(-back) : 1;
            if (a != b && a != 1 && b != 1 && a != Shape.UNKNOWN && b != Shape.UNKNOWN) {
                throw new Misfit("needs shapes that fit each other, received " + one + " and " + two, "");
            }
            sizes[sizes.length - back] = a == 1 ? b : b == 1 || b == Shape.UNKNOWN ? a : b;
        }
        return Shape.of(sizes);
    }

    /** The shape with some axes, counted from 0, reduced to size 1 or removed. */
    public static Shape reduced(Shape shape, int[] axes, boolean keep) {
        return Shape.of(java.util.stream.IntStream.range(0, shape.rank())
                .filter(axis -> keep || Arrays.stream(axes).noneMatch(one -> one == axis))
                .mapToLong(axis -> Arrays.stream(axes).anyMatch(one -> one == axis) ? 1 : shape.size(axis))
                .toArray());
    }

    /** The shape with one more axis. */
    public static Shape inserted(Shape shape, int axis, long size) {
        long[] longer = new long[shape.rank() + 1];
        for (int i = 0; i < longer.length; i++) {
            longer[i] = i < axis ? shape.size(i) : i == axis ? size : shape.size(i - 1);
        }
        return Shape.of(longer);
    }

    /** The shape without an axis. */
    public static Shape without(Shape shape, int axis) {
        long[] shorter = new long[shape.rank() - 1];
        for (int i = 0; i < shorter.length; i++) {
            shorter[i] = shape.size(i < axis ? i : i + 1);
        }
        return Shape.of(shorter);
    }

    /** The shapes and types of arrays. */
    public static List<TensorSpec> of(List<Array> arrays) {
        return arrays.stream().map(x -> TensorSpec.of(Shape.of(x.sizes()))).toList();
    }

    /** One float32 output. */
    public static List<TensorSpec> floats(Shape shape) {
        return List.of(new TensorSpec(shape, DType.FLOAT32));
    }

    public static Shape halvedLast(Shape shape) {
        if (shape.last() % 2 != 0) {
            throw new Misfit("glu needs an even size of the last axis, received " + shape, "");
        }
        return shape.with(-1, shape.last() == Shape.UNKNOWN ? Shape.UNKNOWN : shape.last() / 2);
    }

    /** A channels-last shape after a window moved over it; the channels stay. Throws when the window is larger than the image. */
    public static Shape moved(Shape image, Window window) {
        Shape moved = image;
        for (int i = 0; i < window.directions(); i++) {
            long size = image.size(i + 1);
            long output = size == Shape.UNKNOWN ? Shape.UNKNOWN : window.output(size, i);
            boolean none = size == 0 && output == 0;
            if (size != Shape.UNKNOWN && output <= 0 && !none) {
                throw new Misfit(
                        "its window of " + window.kernel()[i] + " cells does not fit into " + size,
                        "Use padding \"same\", a smaller window, or a larger image.");
            }
            moved = moved.with(i + 1, output);
        }
        return moved;
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
    public static Shape channelsFirst(Shape shape) {
        long[] sizes = shape.sizes();
        long channels = sizes[sizes.length - 1];
        System.arraycopy(sizes, 1, sizes, 2, sizes.length - 2);
        sizes[1] = channels;
        return Shape.of(sizes);
    }

    /** Whether a shape broadcasts to another as in NumPy: axes are matched from the last, and a size of 1 fits any. */
    public static boolean stretches(Shape shape, Shape to) {
        if (shape.rank() > to.rank()) {
            return false;
        }
        for (int i = 0; i < shape.rank(); i++) {
            int axis = to.rank() - shape.rank() + i;
            if (shape.size(i) != 1 && !to.axes(axis, axis + 1).accepts(shape.axes(i, i + 1))) {
                return false;
            }
        }
        return true;
    }
}
