package org.netsplice.layers.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Parameters;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.layers.kind.SnakeCase;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Selecting;
import org.netsplice.ops.Tape;

/** Operations that write numbers at given indices. */
final class ScatterOperations {
    static final List<Operation.Definition> ALL = List.of(
            slice(),
            sliceUpdate(),
            scatter(),
            scatterUpdate(),
            segments("SegmentSum", 0, Double::sum),
            segments("SegmentProd", 1, (a, b) -> a * b),
            segments("SegmentMax", -Float.MAX_VALUE, Math::max),
            segments("SegmentMin", Float.MAX_VALUE, Math::min),
            select());

    private ScatterOperations() {}

    /** Whole numbers of an operand, in row-major order. */
    static int[] whole(Array places) {
        return Arrays.stream(places.wholes())
                .mapToInt(place -> (int) Math.max(Integer.MIN_VALUE, Math.min(place, Integer.MAX_VALUE)))
                .toArray();
    }

    static long[] sizes(Parameters with) {
        List<Integer> sizes = with.integers("shape").orElseThrow(() -> new Layer.Misfit("needs a shape", ""));
        if (sizes.stream().anyMatch(size -> size < 0)) {
            throw new Layer.Misfit("needs sizes of 0 or more, received " + sizes, "");
        }
        return sizes.stream().mapToLong(Integer::longValue).toArray();
    }

    /** Clamps the start of a block so that it lies inside the axis, as XLA does. */
    private static long inside(long start, long block, long size) {
        return Math.max(0, Math.min(start, size - block));
    }

    private static Operation.Definition slice() {
        return new Operation.Definition(
                "Slice",
                "A block of a tensor.",
                Parameter.values("inputs", "start_indices"),
                new Kind.Example(
                        "shape=[1, 2], call={\"inputs\": {\"input\": 0}, \"start_indices\": [0, 1]}", "(None, 3)"),
                given -> {
                    Shape shape = Shape.of(sizes(given.with()));
                    boolean fits = shape.rank() == given.first().shape().rank()
                            && IntStream.range(0, shape.rank())
                                    .allMatch(axis -> given.first().shape().size(axis) == Shape.UNKNOWN
                                            || shape.size(axis)
                                                    <= given.first().shape().size(axis));
                    if (!fits) {
                        throw new Layer.Misfit(
                                "takes a block " + shape + " of "
                                        + given.first().shape(),
                                "");
                    }
                    return List.of(given.first().with(shape));
                },
                given -> {
                    Array x = given.first();
                    int[] start = whole(given.second());
                    long[] block = sizes(given.with());
                    Array part = x;
                    for (int axis = 0; axis < x.rank(); axis++) {
                        if (block[axis] > x.size(axis)) {
                            throw new Layer.Misfit("takes " + block[axis] + " of " + x.size(axis) + " rows", "");
                        }
                        long from = inside(start[axis], block[axis], x.size(axis));
                        part = Arranging.part(part, axis, from, from + block[axis]);
                    }
                    return List.of(part);
                });
    }

    private static Operation.Definition sliceUpdate() {
        return new Operation.Definition(
                "SliceUpdate",
                "A tensor with a block of it replaced.",
                Parameter.values("inputs", "start_indices", "updates"),
                new Kind.Example(
                        "call={\"inputs\": {\"input\": 0}, \"start_indices\": [0, 1], \"updates\": {\"input\": 1}}",
                        "(None, 3)",
                        "(None, 2)"),
                given -> {
                    Shape whole = given.first().shape();
                    Shape block = given.at(2).shape();
                    boolean fits = whole.rank() == block.rank()
                            && IntStream.range(1, whole.rank()).allMatch(axis -> block.size(axis) <= whole.size(axis))
                            && starts(given.second().shape(), whole.rank());
                    if (!fits) {
                        throw new Layer.Misfit("puts a block " + block + " into " + whole, "");
                    }
                    return List.of(given.first());
                },
                given -> {
                    Array x = given.first();
                    Array block = given.at(2);
                    int[] start = whole(given.second());
                    long[] sizes = x.sizes();
                    int[] cell = new int[x.rank()];
                    int[] cells = new int[(int) block.length()];
                    for (int i = 0; i < cells.length; i++) {
                        int rest = i;
                        for (int axis = x.rank() - 1; axis >= 0; axis--) {
                            long size = block.size(axis);
                            cell[axis] = (int) (rest % size + inside(start[axis], size, x.size(axis)));
                            rest /= (int) size;
                        }
                        cells[i] = Arranging.place(sizes, cell);
                    }
                    return List.of(replaced(x, cells, block));
                });
    }

    /** Whether there is a start for every axis. */
    private static boolean starts(Shape indices, int rank) {
        return indices.rank() == 1 && indices.size(0) == rank;
    }

    private static Operation.Definition scatter() {
        return new Operation.Definition(
                "Scatter",
                "Zeros, with numbers added at the places that indices name.",
                Parameter.values("indices", "values"),
                new Kind.Example(
                        "shape=[4, 2], call={\"indices\": [[1], [3]], \"values\": {\"input\": 0}}", "(None, 2)"),
                given -> {
                    Shape whole = Shape.of(sizes(given.with()));
                    puts(whole, given.first().shape(), given.second().shape());
                    return List.of(given.second().with(whole));
                },
                given -> List.of(put(
                        Array.zeros(sizes(given.with())).as(given.second().form()),
                        given.first(),
                        given.second(),
                        "add")));
    }

    private static Operation.Definition scatterUpdate() {
        return new Operation.Definition(
                "ScatterUpdate",
                "A tensor with the numbers replaced at the places that indices name.",
                Parameter.values("inputs", "indices", "updates"),
                new Kind.Example(
                        "call={\"inputs\": {\"input\": 0}, \"indices\": [[0, 1]], \"updates\": [7]}", "(None, 3)"),
                given -> {
                    puts(
                            given.first().shape(),
                            given.second().shape(),
                            given.at(2).shape());
                    return List.of(given.first());
                },
                given -> List.of(put(
                        given.first(), given.second(), given.at(2), given.with().text("reduction", ""))));
    }

    /** Refuses indices (…, depth) that do not name a block for each update (…, block). */
    private static void puts(Shape whole, Shape indices, Shape updates) {
        long depth = indices.rank() == 0 ? -1 : indices.last();
        if (depth < 1
                || depth > whole.rank()
                || !indices.axes(0, indices.rank() - 1)
                        .plus(whole.axes((int) depth, whole.rank()))
                        .accepts(updates)) {
            throw new Layer.Misfit("puts " + updates + " into " + whole + " at places " + indices, "");
        }
    }

    private static final Map<String, DoubleBinaryOperator> COMBINING =
            Map.of("max", Math::max, "min", Math::min, "mul", (a, b) -> a * b);

    /** Indices (…, depth) select along the first axes; each selects a block of the remaining axes. */
    private static Array put(Array x, Array indices, Array updates, String reduction) {
        int depth = (int) indices.size(-1);
        int[] places = whole(indices);
        int count = places.length / depth;
        int block = (int) updates.length() / count;
        int[] cells = new int[count * block];
        for (int i = 0; i < count; i++) {
            int at = 0;
            for (int axis = 0; axis < depth; axis++) {
                int place = places[i * depth + axis];
                if (place < 0 || place >= x.size(axis)) {
                    throw new Layer.Misfit("puts a number at place " + place + " of an axis of " + x.size(axis), "");
                }
                at = at * (int) x.size(axis) + place;
            }
            for (int k = 0; k < block; k++) {
                cells[i * block + k] = at * block + k;
            }
        }
        if (reduction.equals("add")) {
            return Arithmetic.add(x, Arranging.summed(updates.as(x.form()), cells, x.sizes()));
        }
        if (!COMBINING.containsKey(reduction)) {
            return replaced(x, cells, updates);
        }
        double[] values = x.doubles();
        double[] blocks = updates.doubles();
        for (int i = 0; i < cells.length; i++) {
            values[cells[i]] = COMBINING.get(reduction).applyAsDouble(values[cells[i]], blocks[i]);
        }
        Array combined = Array.of(values, x.sizes()).as(x.form());
        return Tape.obstacle("scatter_update with reduction " + reduction, combined, x, updates);
    }

    /** The numbers of {@code x}, at these cells replaced by updates; the last one counts. */
    private static Array replaced(Array x, int[] cells, Array updates) {
        int[] places = IntStream.range(0, (int) x.length()).toArray();
        for (int i = 0; i < cells.length; i++) {
            places[cells[i]] = places.length + i;
        }
        Array all = Arranging.concatenate(
                List.of(x.reshape(x.length(), 1), updates.as(x.form()).reshape(updates.length(), 1)), 0);
        long[] sizes = x.sizes();
        return Arranging.picked(all, cell -> places[Arranging.place(sizes, cell)], sizes);
    }

    /** Combines rows with equal segment numbers; a segment without rows is {@code start}. */
    private static Operation.Definition segments(String name, double start, DoubleBinaryOperator combine) {
        return new Operation.Definition(
                name,
                "Rows of one segment combined.",
                Parameter.values("data", "segment_ids"),
                new Kind.Example(
                        "num_segments=3, call={\"data\": {\"input\": 0}, \"segment_ids\": {\"input\": 1}}",
                        "(None, 2)",
                        "(None,)"),
                given -> {
                    int segments = given.with()
                            .integer("num_segments")
                            .orElseThrow(() -> new Layer.Misfit("needs num_segments", "Give num_segments in Keras."));
                    return List.of(given.first()
                            .with(given.first().shape().with(0, given.with().atLeast(0, "num_segments", segments))));
                },
                given -> {
                    Array x = given.first();
                    int[] ids = whole(given.second());
                    long[] sizes = x.sizes().clone();
                    if (ids.length != sizes[0]) {
                        throw new Layer.Misfit(
                                "has " + ids.length + " segment numbers for " + sizes[0] + " rows",
                                "Predict all rows at once.");
                    }
                    sizes[0] = given.with().integer("num_segments", 1);
                    int width = (int) (x.length() / x.size(0));
                    int[] cells = IntStream.range(0, (int) x.length())
                            .map(i -> ids[i / width] >= 0 && ids[i / width] < sizes[0]
                                    ? ids[i / width] * width + i % width
                                    : -1)
                            .toArray();
                    if (name.equals("SegmentSum")) {
                        return List.of(Arranging.summed(x, cells, sizes));
                    }
                    double[] from = x.doubles();
                    double[] values = new double[(int) sizes[0] * width];
                    Arrays.fill(values, start);
                    for (int i = 0; i < from.length; i++) {
                        if (cells[i] >= 0) {
                            values[cells[i]] = combine.applyAsDouble(values[cells[i]], from[i]);
                        }
                    }
                    return List.of(Tape.obstacle(
                            SnakeCase.of(name), Array.of(values, sizes).as(x.form()), x));
                });
    }

    private static Operation.Definition select() {
        return new Operation.Definition(
                "Select",
                "At every place the choice of the first condition that holds.",
                Parameter.values("condlist", "choicelist", "default"),
                new Kind.Example(
                        "call={\"condlist\": [{\"input\": 0}], \"choicelist\": [{\"input\": 1}], \"default\": 0}",
                        "(None, 3)",
                        "(None, 3)"),
                given -> {
                    List<TensorSpec> all = new ArrayList<>(given.all(0));
                    all.addAll(given.all(1));
                    Shape shape = all.stream()
                            .map(TensorSpec::shape)
                            .reduce(Shapes::broadcast)
                            .orElseThrow();
                    return List.of(given.all(1).get(0).with(shape));
                },
                given -> {
                    List<Array> conditions = given.all(0);
                    List<Array> choices = given.all(1);
                    Array present = given.maybe(2).orElse(Array.zeros(1));
                    for (int i = conditions.size() - 1; i >= 0; i--) {
                        present = Selecting.where(conditions.get(i), choices.get(i), present);
                    }
                    return List.of(present);
                });
    }
}
