package org.netsplice.layers.operation;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.layers.kind.DataFormat;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Parameters;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.layers.kind.SnakeCase;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Broadcasting;

/** Operations whose every result comes from one cell of the input: rotations, flips, diagonals, image patches. */
final class PlaceOperations {
    private static final Kind.Example IMAGE = new Kind.Example("block_size=2", "(None, 4, 4, 4)");

    static final List<Operation.Definition> ALL = List.of(
            of(
                    "Fliplr",
                    new Kind.Example("", "(None, 3)"),
                    (shape, with) -> shape.with(Shapes.axis(1, shape), shape.size(Shapes.axis(1, shape))),
                    (x, w) -> Arranging.reversed(x, 1)),
            of("Flipud", new Kind.Example("", "(None, 3)"), (shape, with) -> shape, (x, w) -> Arranging.reversed(x, 0)),
            of(
                    "Rot90",
                    new Kind.Example("k=1, axes=[1, 2]", "(None, 2, 3)"),
                    PlaceOperations::rotated,
                    (x, with) -> turn(x, with)),
            of(
                    "Diagonal",
                    new Kind.Example("axis1=1, axis2=2", "(None, 3, 4)"),
                    (shape, with) ->
                            ShapeOperations.withoutDiagonal(shape, with).plus(length(shape, with)),
                    PlaceOperations::diagonal),
            of(
                    "Diag",
                    new Kind.Example("k=1", "(None,)"),
                    (shape, with) -> shape.rank() == 1 ? square(shape, with) : Shape.of(Shape.UNKNOWN),
                    (x, with) -> x.rank() == 1 ? spread(x, with) : diagonal(x, with)),
            of("Diagflat", new Kind.Example("", "(None, 2)"), PlaceOperations::square, PlaceOperations::spread),
            of("Vander", new Kind.Example("N=3", "(None,)"), PlaceOperations::powers, PlaceOperations::vander),
            of("DepthToSpace", IMAGE, (shape, with) -> blocks(shape, with, true), (x, with) -> blocks(x, with, true)),
            of("SpaceToDepth", IMAGE, (shape, with) -> blocks(shape, with, false), (x, with) -> blocks(x, with, false)),
            of(
                    "ExtractSequences",
                    new Kind.Example("sequence_length=3, sequence_stride=2", "(None, 8)"),
                    PlaceOperations::sequences,
                    PlaceOperations::extract));

    private PlaceOperations() {}

    private static Operation.Definition of(
            String name,
            Kind.Example example,
            BiFunction<Shape, Parameters, Shape> rule,
            BiFunction<Array, Parameters, Array> forward) {
        return new Operation.Definition(
                name,
                "Computes " + SnakeCase.of(name) + ": the same numbers in other places.",
                Parameter.values(name.equals("Rot90") ? "array" : "x"),
                example,
                given -> List.of(given.first().with(rule.apply(given.first().shape(), given.with()))),
                given -> List.of(forward.apply(given.first(), given.with())));
    }

    private static int[] plane(Parameters with, int rank) {
        List<Integer> axes = with.integers("axes").orElse(List.of(0, 1));
        return new int[] {ReductionOperations.counted(axes.get(0), rank), ReductionOperations.counted(axes.get(1), rank)
        };
    }

    private static Shape rotated(Shape shape, Parameters with) {
        int[] plane = plane(with, shape.rank());
        boolean half = Math.floorMod(with.integer("k", 1), 4) == 2;
        if (half && shape.size(plane[0]) != shape.size(plane[1])) {
            throw new Layer.Misfit(
                    "makes a half turn of " + shape + ", which backends of Keras compute differently", "");
        }
        return Math.floorMod(with.integer("k", 1), 2) == 0
                ? shape
                : shape.with(plane[0], shape.size(plane[1])).with(plane[1], shape.size(plane[0]));
    }

    /** Quarter turns from the first axis towards the second, as NumPy's {@code rot90}. */
    private static Array turn(Array x, Parameters with) {
        int[] plane = plane(with, x.rank());
        Array present = x;
        for (int i = Math.floorMod(with.integer("k", 1), 4); i > 0; i--) {
            int[] swap = IntStream.range(0, x.rank()).toArray();
            swap[plane[0]] = plane[1];
            swap[plane[1]] = plane[0];
            present = Arranging.permute(Arranging.reversed(present, plane[1]), swap);
        }
        return present;
    }

    static int[] diagonalAxes(Parameters with, int rank) {
        return new int[] {
            ReductionOperations.counted(with.integer("axis1", 0), rank),
            ReductionOperations.counted(with.integer("axis2", 1), rank)
        };
    }

    private static int offset(Parameters with) {
        return with.integer("offset", with.integer("k", 0));
    }

    private static long length(Shape shape, Parameters with) {
        int[] both = diagonalAxes(with, shape.rank());
        long rows = shape.size(both[0]);
        long columns = shape.size(both[1]);
        if (rows == Shape.UNKNOWN || columns == Shape.UNKNOWN) {
            return Shape.UNKNOWN;
        }
        int offset = offset(with);
        return Math.max(0, offset < 0 ? Math.min(rows + offset, columns) : Math.min(rows, columns - offset));
    }

    /** The diagonal of two axes, along a new last axis. */
    static Array diagonal(Array x, Parameters with) {
        int[] both = diagonalAxes(with, x.rank());
        Shape shape = Shape.of(x.sizes());
        int[] others = IntStream.range(0, x.rank())
                .filter(axis -> axis != both[0] && axis != both[1])
                .toArray();
        int offset = offset(with);
        int[] place = new int[x.rank()];
        Shape result = ShapeOperations.withoutDiagonal(shape, with).plus(length(shape, with));
        return Arranging.picked(
                x,
                cell -> {
                    for (int i = 0; i < others.length; i++) {
                        place[others[i]] = cell[i];
                    }
                    int along = cell[cell.length - 1];
                    place[both[0]] = along - Math.min(offset, 0);
                    place[both[1]] = along + Math.max(offset, 0);
                    return Arranging.place(x.sizes(), place);
                },
                result.sizes());
    }

    private static Shape square(Shape shape, Parameters with) {
        long elements = shape.known() ? shape.elements() : Shape.UNKNOWN;
        long side = elements == Shape.UNKNOWN ? elements : elements + Math.abs(offset(with));
        return Shape.of(side).plus(side);
    }

    /** A matrix of zeros with the numbers on a diagonal. */
    private static Array spread(Array x, Parameters with) {
        int offset = offset(with);
        long side = x.length() + Math.abs(offset);
        return Arranging.picked(
                x, cell -> cell[1] - cell[0] == offset ? cell[0] + Math.min(offset, 0) : -1, side, side);
    }

    private static Shape powers(Shape shape, Parameters with) {
        if (shape.rank() != 1) {
            throw new Layer.Misfit("takes one number of a row, received " + shape, "");
        }
        long powers = with.integer("N").isPresent() ? with.atLeast(0, "N", 1) : shape.size(0);
        return Shape.of(shape.size(0)).plus(powers);
    }

    private static Array vander(Array x, Parameters with) {
        int powers = with.integer("N").orElse((int) x.length());
        boolean increasing = with.flag("increasing", false);
        double[] exponents = IntStream.range(0, powers)
                .mapToDouble(column -> increasing ? column : powers - 1 - column)
                .toArray();
        return Broadcasting.map(
                x.real().reshape(x.length(), 1),
                Array.like(x, exponents, powers),
                new Broadcasting.Surface(
                        Math::pow,
                        (base, exponent) -> exponent == 0 ? 0 : exponent * Math.pow(base, exponent - 1),
                        (base, exponent) -> 0));
    }

    private static Shape blocks(Shape shape, Parameters with, boolean larger) {
        long size = with.atLeast(1, "block_size", 1);
        return DataFormat.of(with).shape(shape, image -> {
            if (image.rank() != 4) {
                throw new Layer.Misfit("needs images, received " + shape, "");
            }
            long channels = Shapes.known(image, 3);
            long height = Shapes.known(image, 1);
            long width = Shapes.known(image, 2);
            if (larger ? channels % (size * size) != 0 : height % size != 0 || width % size != 0) {
                throw new Layer.Misfit("cannot divide " + shape + " into blocks of " + size, "");
            }
            return larger
                    ? image.with(1, Shapes.times(height, size))
                            .with(2, Shapes.times(width, size))
                            .with(3, channels / (size * size))
                    : image.with(1, height / size).with(2, width / size).with(3, Shapes.times(channels, size * size));
        });
    }

    /** Blocks of pixels stand one after the other in the channels: first rows, then columns, then channels. */
    private static Array blocks(Array x, Parameters with, boolean larger) {
        long size = with.integer("block_size", 1);
        return DataFormat.of(with).compute(x, image -> {
            long[] s = image.sizes();
            long[] out = blocks(Shape.of(s), with.and("data_format", "channels_last"), larger)
                    .sizes();
            Array cut = larger
                    ? image.reshape(s[0], s[1], s[2], size, size, out[3])
                    : image.reshape(s[0], out[1], size, out[2], size, s[3]);
            return Arranging.permute(cut, 0, 1, 3, 2, 4, 5).reshape(out);
        });
    }

    private static Shape sequences(Shape shape, Parameters with) {
        long size = Shapes.known(shape, shape.rank() - 1);
        int length = with.atLeast(1, "sequence_length", 1);
        if (length > size) {
            throw new Layer.Misfit("takes sequences of " + length + " of " + size + " numbers", "");
        }
        return shape.with(-1, (size - length) / with.atLeast(1, "sequence_stride", 1) + 1)
                .plus(length);
    }

    private static Array extract(Array x, Parameters with) {
        int length = with.integer("sequence_length", 1);
        int stride = with.integer("sequence_stride", 1);
        long[] sizes = sequences(Shape.of(x.sizes()), with).sizes();
        int[] places = IntStream.range(0, (int) sizes[x.rank() - 1] * length)
                .map(i -> i / length * stride + i % length)
                .toArray();
        return Arranging.take(x, x.rank() - 1, places).reshape(sizes);
    }
}
