package org.netsplice.layers.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Parameters;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.layers.kind.SnakeCase;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Broadcasting;

/** Operations that rearrange numbers. */
final class ShapeOperations {
    private static final List<Parameter> ONE = Parameter.values("x");

    static final List<Operation.Definition> ALL = List.of(
            moved(
                    "Reshape",
                    "newshape=[-1, 2, 3]",
                    (shape, with) -> reshaped(shape, with),
                    (x, with) -> x.reshape(
                            target(x.length(), with.integers("newshape").orElseThrow()))),
            moved(
                    "Ravel",
                    "",
                    (shape, with) -> Shape.of(shape.elements()),
                    (x, with) -> x.reshape(new long[] {x.length()}),
                    "(None,)"),
            moved(
                    "Transpose",
                    "axes=[0, 2, 1]",
                    (shape, with) -> Shape.of(Arrays.stream(order(with, shape.rank()))
                            .mapToLong(shape::size)
                            .toArray()),
                    (x, with) -> Arranging.permute(x, order(with, x.rank()))),
            moved(
                    "Swapaxes",
                    "axis1=1, axis2=2",
                    (shape, with) -> Shape.of(Arrays.stream(swapped(with, shape.rank()))
                            .mapToLong(shape::size)
                            .toArray()),
                    (x, with) -> Arranging.permute(x, swapped(with, x.rank()))),
            moved(
                    "Moveaxis",
                    "source=1, destination=2",
                    (shape, with) -> Shape.of(Arrays.stream(movedAxes(with, shape.rank()))
                            .mapToLong(shape::size)
                            .toArray()),
                    (x, with) -> Arranging.permute(x, movedAxes(with, x.rank()))),
            moved(
                    "ExpandDims",
                    "axis=1",
                    (shape, with) -> expanded(shape, with),
                    (x, with) -> x.reshape(expanded(Shape.of(x.sizes()), with).sizes())),
            moved(
                    "Squeeze",
                    "axis=1",
                    (shape, with) -> squeezed(shape, with),
                    (x, with) -> x.reshape(squeezed(Shape.of(x.sizes()), with).sizes()),
                    "(None, 1, 3)"),
            moved("Repeat", "repeats=2, axis=1", ShapeOperations::repeated, (x, with) -> {
                int axis = with.integer("axis").orElseThrow(() -> new Layer.Misfit("needs an axis", ""));
                return Arranging.repeat(x, ReductionOperations.counted(axis, x.rank()), with.integer("repeats", 1));
            }),
            moved("Tile", "repeats=[1, 2, 1]", ShapeOperations::tiled, ShapeOperations::tile),
            moved(
                    "BroadcastTo",
                    "shape=[2, 2, 3]",
                    ShapeOperations::stretched,
                    (x, with) -> Broadcasting.to(x, longs(with, "shape"))),
            moved("Roll", "shift=1, axis=1", (shape, with) -> shape, ShapeOperations::roll),
            pad());

    private ShapeOperations() {}

    private static Operation.Definition moved(
            String name,
            String settings,
            BiFunction<Shape, Parameters, Shape> rule,
            BiFunction<Array, Parameters, Array> forward) {
        return moved(name, settings, rule, forward, "(None, 2, 3)");
    }

    private static Operation.Definition moved(
            String name,
            String settings,
            BiFunction<Shape, Parameters, Shape> rule,
            BiFunction<Array, Parameters, Array> forward,
            String example) {
        return new Operation.Definition(
                name,
                "Computes " + SnakeCase.of(name) + ": the same numbers in other places.",
                ONE,
                new Kind.Example(settings, example),
                given -> List.of(given.first().with(rule.apply(given.first().shape(), given.with()))),
                given -> List.of(forward.apply(given.first(), given.with())));
    }

    private static long[] longs(Parameters with, String name) {
        return with.integers(name).orElseThrow(() -> new Layer.Misfit("needs " + name, "")).stream()
                .mapToLong(Integer::longValue)
                .toArray();
    }

    private static Shape reshaped(Shape shape, Parameters with) {
        long[] wanted = longs(with, "newshape");
        long known = Arrays.stream(wanted).filter(size -> size >= 0).reduce(1, Math::multiplyExact);
        long unknown = Arrays.stream(wanted).filter(size -> size < 0).count();
        boolean open = unknown > 0;
        if (unknown > 1) {
            throw new Layer.Misfit("cannot find out more than one size of " + Arrays.toString(wanted), "");
        }
        if (shape.known()) {
            if (open ? known == 0 || shape.elements() % known != 0 : shape.elements() != known) {
                throw new Layer.Misfit("cannot make " + Arrays.toString(wanted) + " of " + shape, "");
            }
            return Shape.of(target(
                    shape.elements(),
                    Arrays.stream(wanted).mapToObj(size -> (int) size).toList()));
        }
        return Shape.of(Arrays.stream(wanted)
                .map(size -> size < 0 ? Shape.UNKNOWN : size)
                .toArray());
    }

    private static long[] target(long elements, List<Integer> wanted) {
        long known = wanted.stream()
                .filter(size -> size >= 0)
                .mapToLong(Integer::longValue)
                .reduce(1, (a, b) -> a * b);
        return wanted.stream()
                .mapToLong(size -> size < 0 ? elements / Math.max(1, known) : size)
                .toArray();
    }

    static int[] order(Parameters with, int rank) {
        return with.integers("axes")
                .map(axes -> order(axes, rank))
                .orElseGet(() -> IntStream.range(0, rank).map(i -> rank - 1 - i).toArray());
    }

    private static int[] order(List<Integer> axes, int rank) {
        int[] order = axes.stream()
                .mapToInt(axis -> ReductionOperations.counted(axis, rank))
                .toArray();
        if (order.length != rank || Arrays.stream(order).distinct().count() != rank) {
            throw new Layer.Misfit("needs each of " + rank + " axes once, received " + axes, "");
        }
        return order;
    }

    static int[] swapped(Parameters with, int rank) {
        int[] order = IntStream.range(0, rank).toArray();
        int one = ReductionOperations.counted(with.integer("axis1", 0), rank);
        int two = ReductionOperations.counted(with.integer("axis2", 1), rank);
        order[one] = two;
        order[two] = one;
        return order;
    }

    static int[] movedAxes(Parameters with, int rank) {
        List<Integer> source = counted(with, "source", rank);
        List<Integer> destination = counted(with, "destination", rank);
        List<Integer> order = new ArrayList<>(IntStream.range(0, rank)
                .filter(axis -> !source.contains(axis))
                .boxed()
                .toList());
        IntStream.range(0, source.size())
                .boxed()
                .sorted(java.util.Comparator.comparing(destination::get))
                .forEach(i -> order.add(destination.get(i), source.get(i)));
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<Integer> counted(Parameters with, String name, int rank) {
        return with.integers(name).orElseThrow(() -> new Layer.Misfit("needs " + name, "")).stream()
                .map(axis -> ReductionOperations.counted(axis, rank))
                .toList();
    }

    private static Shape expanded(Shape shape, Parameters with) {
        Shape present = shape;
        List<Integer> axes = with.integers("axis").orElse(List.of(0));
        int rank = shape.rank() + axes.size();
        for (int axis : axes.stream()
                .map(one -> ReductionOperations.counted(one, rank))
                .sorted()
                .toList()) {
            present = Shapes.inserted(present, axis, 1);
        }
        return present;
    }

    private static Shape squeezed(Shape shape, Parameters with) {
        List<Integer> axes = with.integers("axis")
                .map(named -> named.stream()
                        .map(axis -> ReductionOperations.counted(axis, shape.rank()))
                        .toList())
                .orElseGet(() -> IntStream.range(0, shape.rank())
                        .filter(axis -> shape.size(axis) == 1)
                        .boxed()
                        .toList());
        if (axes.stream().anyMatch(axis -> shape.size(axis) != 1 && shape.size(axis) != Shape.UNKNOWN)) {
            throw new Layer.Misfit("removes axes of size 1 only, received " + shape, "");
        }
        return Shapes.reduced(shape, axes.stream().mapToInt(Integer::intValue).toArray(), false);
    }

    private static Shape stretched(Shape shape, Parameters with) {
        Shape wanted = Shape.of(longs(with, "shape"));
        Shape common = Shapes.broadcast(shape, wanted);
        if (!common.equals(wanted)) {
            throw new Layer.Misfit("cannot stretch " + shape + " to " + wanted, "");
        }
        return wanted;
    }

    private static Shape repeated(Shape shape, Parameters with) {
        int axis = ReductionOperations.counted(
                with.integer("axis").orElseThrow(() -> new Layer.Misfit("needs an axis", "")), shape.rank());
        return shape.with(axis, Shapes.times(shape.size(axis), with.integer("repeats", 1)));
    }

    static int[] times(Parameters with, int rank) {
        List<Integer> repeats = new ArrayList<>(with.integers("repeats").orElse(List.of(1)));
        while (repeats.size() < rank) {
            repeats.add(0, 1);
        }
        if (repeats.size() > rank) {
            throw new Layer.Misfit("repeats more axes than its input has", "");
        }
        return repeats.stream().mapToInt(Integer::intValue).toArray();
    }

    private static Shape tiled(Shape shape, Parameters with) {
        int[] times = times(with, shape.rank());
        return Shape.of(IntStream.range(0, shape.rank())
                .mapToLong(axis -> Shapes.times(shape.size(axis), times[axis]))
                .toArray());
    }

    private static Array tile(Array x, Parameters with) {
        int[] times = times(with, x.rank());
        Array present = x;
        for (int axis = 0; axis < times.length; axis++) {
            present = times[axis] == 0
                    ? Arranging.part(present, axis, 0, 0)
                    : Arranging.concatenate(Collections.nCopies(times[axis], present), axis);
        }
        return present;
    }

    private static Array roll(Array x, Parameters with) {
        int axis = ReductionOperations.counted(
                with.integer("axis").orElseThrow(() -> new Layer.Misfit("needs an axis", "")), x.rank());
        int size = (int) x.size(axis);
        int shift = with.integer("shift").orElse(0);
        return Arranging.take(
                x,
                axis,
                IntStream.range(0, size)
                        .map(i -> Math.floorMod(i - shift, size))
                        .toArray());
    }

    static long[][] borders(Parameters with, int rank) {
        long[][] borders = new long[2][rank];
        List<List<Integer>> pairs = with.values().get("pad_width").items().stream()
                .map(pair -> pair.items().stream()
                        .map(one -> Math.toIntExact(one.integer()))
                        .toList())
                .toList();
        boolean fits = (pairs.size() == 1 || pairs.size() == rank)
                && pairs.stream()
                        .allMatch(pair -> !pair.isEmpty() && pair.stream().allMatch(cells -> cells >= 0));
        if (!fits) {
            throw new Layer.Misfit("pads " + pairs + " around an input of " + rank + " axes", "");
        }
        for (int axis = 0; axis < rank; axis++) {
            List<Integer> pair = pairs.get(pairs.size() == 1 ? 0 : axis);
            borders[0][axis] = pair.get(0);
            borders[1][axis] = pair.get(pair.size() - 1);
        }
        return borders;
    }

    private static Operation.Definition pad() {
        return new Operation.Definition(
                "Pad",
                "More cells at the borders: of one number, or mirrored.",
                Parameter.values("x", "constant_values"),
                new Kind.Example("pad_width=[[0, 0], [1, 0], [0, 2]]", "(None, 2, 3)"),
                given -> List.of(given.first().with(padded(given.first().shape(), given.with()))),
                given -> {
                    Array x = given.first();
                    long[][] borders = borders(given.with(), x.rank());
                    String mode = given.with().text("mode", "constant");
                    if (mode.equals("constant")) {
                        double value =
                                given.maybe(1).map(one -> one.doubles()[0]).orElse(0.0);
                        return List.of(Arranging.pad(x, borders[0], borders[1], value));
                    }
                    Array present = x;
                    for (int axis = 0; axis < x.rank(); axis++) {
                        present = Arranging.take(
                                present, axis, mirrored(x.size(axis), borders, axis, mode.equals("reflect")));
                    }
                    return List.of(present);
                });
    }

    /** The places of mirrored cells; in the mode "reflect" the border itself is not repeated. */
    private static int[] mirrored(long size, long[][] borders, int axis, boolean reflect) {
        int edge = reflect ? 0 : 1;
        return java.util.stream.LongStream.range(-borders[0][axis], size + borders[1][axis])
                .mapToInt(i -> (int) (i < 0 ? -i - edge : i >= size ? 2 * size - 2 - i + edge : i))
                .toArray();
    }

    private static Shape padded(Shape shape, Parameters with) {
        String mode = with.text("mode", "constant");
        if (!List.of("constant", "reflect", "symmetric").contains(mode)) {
            throw new Layer.Misfit("pads with a constant or mirrored cells, and mode is " + mode, "");
        }
        long[][] borders = borders(with, shape.rank());
        for (int axis = 0; axis < shape.rank(); axis++) {
            long most = mode.equals("reflect") ? shape.size(axis) - 1 : shape.size(axis);
            boolean open = mode.equals("constant") || shape.size(axis) == Shape.UNKNOWN;
            if (!open && Math.max(borders[0][axis], borders[1][axis]) > most) {
                throw new Layer.Misfit("cannot mirror more cells than there are along axis " + axis, "");
            }
        }
        return Shape.of(IntStream.range(0, shape.rank())
                .mapToLong(axis -> Shapes.sum(shape.size(axis), borders[0][axis], borders[1][axis]))
                .toArray());
    }

    /** The sizes of the axes other than the two of a diagonal. */
    static Shape withoutDiagonal(Shape shape, Parameters with) {
        int[] both = PlaceOperations.diagonalAxes(with, shape.rank());
        return Shapes.reduced(shape, new int[] {Math.min(both[0], both[1]), Math.max(both[0], both[1])}, false);
    }
}
