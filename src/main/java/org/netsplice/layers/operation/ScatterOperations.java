package org.netsplice.layers.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.netsplice.graph.DType;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Parameters;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Selecting;

/** Operations that write numbers at given indices, or search for indices. */
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
            searchSorted(),
            digitize(),
            select(),
            inTopK(),
            unravel());

    private ScatterOperations() {}

    /** Whole numbers of an operand, in row-major order. */
    private static int[] whole(Array places) {
        return Arrays.stream(places.wholes())
                .mapToInt(place -> (int) Math.max(Integer.MIN_VALUE, Math.min(place, Integer.MAX_VALUE)))
                .toArray();
    }

    private static long[] sizes(Parameters with) {
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
                    int[] places = IntStream.range(0, (int) x.length()).toArray();
                    for (int i = 0; i < block.length(); i++) {
                        int rest = i;
                        for (int axis = x.rank() - 1; axis >= 0; axis--) {
                            long size = block.size(axis);
                            cell[axis] = (int) (rest % size + inside(start[axis], size, x.size(axis)));
                            rest /= (int) size;
                        }
                        places[Arranging.place(sizes, cell)] = places.length + i;
                    }
                    Array all = Arranging.concatenate(
                            List.of(x.reshape(x.length(), 1), block.reshape(block.length(), 1)), 0);
                    return List.of(Arranging.picked(all, to -> places[Arranging.place(sizes, to)], sizes));
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
                        Double::sum)));
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
                given -> List.of(put(given.first(), given.second(), given.at(2), combining(given.with()))));
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

    private static DoubleBinaryOperator combining(Parameters with) {
        return switch (with.text("reduction", "")) {
            case "add" -> Double::sum;
            case "max" -> Math::max;
            case "min" -> Math::min;
            case "mul" -> (a, b) -> a * b;
            default -> (a, b) -> b;
        };
    }

    /** Indices (…, depth) select along the first axes; each selects a block of the remaining axes. */
    private static Array put(Array x, Array indices, Array updates, DoubleBinaryOperator combine) {
        int depth = (int) indices.size(-1);
        int[] places = whole(indices);
        int count = places.length / depth;
        double[] values = x.doubles();
        double[] blocks = updates.doubles();
        int block = blocks.length / count;
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
                int cell = at * block + k;
                values[cell] = combine.applyAsDouble(values[cell], blocks[i * block + k]);
            }
        }
        return Array.of(values, x.sizes()).as(x.form());
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
                    double[] from = x.doubles();
                    double[] values = new double[(int) sizes[0] * width];
                    Arrays.fill(values, start);
                    for (int i = 0; i < from.length; i++) {
                        int segment = ids[i / width];
                        if (segment >= 0 && segment < sizes[0]) {
                            int cell = segment * width + i % width;
                            values[cell] = combine.applyAsDouble(values[cell], from[i]);
                        }
                    }
                    return List.of(Array.of(values, sizes).as(x.form()));
                });
    }

    private static Operation.Definition searchSorted() {
        return new Operation.Definition(
                "SearchSorted",
                "Where a number belongs in a sorted sequence.",
                Parameter.values("sorted_sequence", "values"),
                new Kind.Example("call={\"sorted_sequence\": [-1, 0, 1], \"values\": {\"input\": 0}}", "(None,)"),
                given -> {
                    if (given.first().shape().rank() != 1) {
                        throw new Layer.Misfit(
                                "needs one sequence, received " + given.first().shape(), "");
                    }
                    return List.of(new TensorSpec(given.second().shape(), DType.INT32));
                },
                given -> List.of(counted(
                        given.second(),
                        given.first().doubles(),
                        given.with().text("side", "left").equals("right"))));
    }

    private static Operation.Definition digitize() {
        return new Operation.Definition(
                "Digitize",
                "The number of the interval a value lies in.",
                Parameter.values("x", "bins"),
                new Kind.Example("call={\"x\": {\"input\": 0}, \"bins\": [-1, 0, 1]}", "(None, 3)"),
                given -> List.of(new TensorSpec(given.first().shape(), DType.INT32)),
                given -> List.of(counted(given.first(), given.second().doubles(), true)));
    }

    /** How many numbers of a sequence are smaller, or not larger. */
    private static Array counted(Array x, double[] sequence, boolean orEqual) {
        return x.map(v -> IntStream.range(0, sequence.length)
                .filter(i -> orEqual ? sequence[i] <= v : sequence[i] < v)
                .count());
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

    private static Operation.Definition inTopK() {
        return new Operation.Definition(
                "InTopK",
                "Whether the wanted class is among those with the largest numbers.",
                Parameter.values("targets", "predictions"),
                new Kind.Example("k=1", "(None,)", "(None, 3)"),
                given -> {
                    Shape predictions = given.second().shape();
                    if (predictions.rank() != 2 || !given.first().shape().accepts(Shape.of(predictions.size(0)))) {
                        throw new Layer.Misfit(
                                "needs classes (batch) and their numbers (batch, classes), received "
                                        + given.first().shape() + " and " + predictions,
                                "");
                    }
                    return List.of(new TensorSpec(given.first().shape(), DType.BOOL));
                },
                given -> {
                    int[] wanted = whole(given.first());
                    double[] all = given.second().doubles();
                    int classes = (int) given.second().size(-1);
                    int k = given.with().integer("k", 1);
                    float[] found = new float[wanted.length];
                    for (int row = 0; row < found.length; row++) {
                        int at = row * classes;
                        boolean valid = wanted[row] >= 0 && wanted[row] < classes;
                        double own = valid ? all[at + wanted[row]] : Double.NaN;
                        long larger = IntStream.range(at, at + classes)
                                .filter(i -> all[i] > own)
                                .count();
                        found[row] = valid && Double.isFinite(own) && larger < k ? 1 : 0;
                    }
                    return List.of(Array.of(found, given.first().sizes()));
                });
    }

    private static Operation.Definition unravel() {
        return new Operation.Definition(
                "UnravelIndex",
                "Places in row-major order, taken apart into places along axes.",
                Parameter.values("indices"),
                new Kind.Example("shape=[2, 3]", "(None,)"),
                given -> {
                    Shape shape = given.first().shape();
                    if (Shape.of(sizes(given.with())).empty()) {
                        throw new Layer.Misfit("takes places along axes of size 0 apart", "");
                    }
                    if (shape.rank() > 1) {
                        throw new Layer.Misfit(
                                "takes places of " + shape + ", for which backends of Keras compute differently", "");
                    }
                    return Collections.nCopies(sizes(given.with()).length, given.first());
                },
                given -> {
                    long[] sizes = sizes(given.with());
                    List<Array> results = new ArrayList<>();
                    Array rest = given.first();
                    for (int axis = sizes.length - 1; axis >= 0; axis--) {
                        long size = sizes[axis];
                        results.add(0, rest.map(v -> v - Math.floor(v / size) * size, v -> Math.floorMod(v, size)));
                        rest = rest.map(v -> Math.floor(v / size), v -> Math.floorDiv(v, size));
                    }
                    return results;
                },
                with -> sizes(with).length);
    }
}
