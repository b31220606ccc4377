package org.netsplice.layers.operation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.netsplice.graph.DType;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.ops.Array;
import org.netsplice.ops.Tape;

/** Operations that search for numbers or places. */
final class SearchOperations {
    static final List<Operation.Definition> ALL = List.of(searchSorted(), digitize(), inTopK(), unravel());

    private SearchOperations() {}

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
                given -> List.of(Tape.obstacle(
                        "search_sorted",
                        counted(
                                given.second(),
                                given.first().doubles(),
                                given.with().text("side", "left").equals("right")),
                        given.first(),
                        given.second())));
    }

    private static Operation.Definition digitize() {
        return new Operation.Definition(
                "Digitize",
                "The number of the interval a value lies in.",
                Parameter.values("x", "bins"),
                new Kind.Example("call={\"x\": {\"input\": 0}, \"bins\": [-1, 0, 1]}", "(None, 3)"),
                given -> List.of(new TensorSpec(given.first().shape(), DType.INT32)),
                given -> List.of(Tape.obstacle(
                        "digitize", counted(given.first(), given.second().doubles(), true), given.first())));
    }

    /** How many numbers of a sequence are smaller, or not larger. */
    private static Array counted(Array x, double[] sequence, boolean orEqual) {
        return x.map(v -> IntStream.range(0, sequence.length)
                .filter(i -> orEqual ? sequence[i] <= v : sequence[i] < v)
                .count());
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
                    int[] wanted = ScatterOperations.whole(given.first());
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
                    if (Shape.of(ScatterOperations.sizes(given.with())).empty()) {
                        throw new Layer.Misfit("takes places along axes of size 0 apart", "");
                    }
                    if (shape.rank() > 1) {
                        throw new Layer.Misfit(
                                "takes places of " + shape + ", for which backends of Keras compute differently", "");
                    }
                    return Collections.nCopies(ScatterOperations.sizes(given.with()).length, given.first());
                },
                given -> {
                    long[] sizes = ScatterOperations.sizes(given.with());
                    List<Array> results = new ArrayList<>();
                    Array rest = given.first();
                    for (int axis = sizes.length - 1; axis >= 0; axis--) {
                        long size = sizes[axis];
                        results.add(0, rest.map(v -> v - Math.floor(v / size) * size, v -> Math.floorMod(v, size)));
                        rest = rest.map(v -> Math.floor(v / size), v -> Math.floorDiv(v, size));
                    }
                    results.forEach(one -> Tape.obstacle("unravel_index", one, given.first()));
                    return results;
                },
                with -> ScatterOperations.sizes(with).length);
    }
}
