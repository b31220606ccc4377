package org.netsplice.layers.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.config.Json;
import org.netsplice.graph.DType;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Parameters;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Lookup;
import org.netsplice.ops.Reducing;

/** Operations that pick numbers by their indices. */
final class IndexOperations {
    static final List<Operation.Definition> ALL = List.of(
            getItem(),
            take(),
            takeAlongAxis(),
            oneHot(),
            multiHot(),
            topK(),
            triangle("Tril"),
            triangle("Triu"),
            diff());

    private IndexOperations() {}

    /** One place along an axis, a range of them, a new axis, or all axes not named. */
    record Part(Kind kind, int place, Optional<Integer> from, Optional<Integer> to, int step) {
        enum Kind {
            PLACE,
            RANGE,
            NEW_AXIS,
            ELLIPSIS
        }
    }

    private static Operation.Definition getItem() {
        return new Operation.Definition(
                "GetItem",
                "Indexing as in Python: places, ranges, new axes and an ellipsis.",
                Parameter.values("x", "key"),
                new Kind.Example(
                        "call={\"x\": {\"input\": 0}, \"key\": [{\"class_name\": \"__slice__\", \"config\": {}}, -1]}",
                        "(None, 4, 3)"),
                given -> {
                    Shape shape = given.first().shape();
                    List<Long> sizes = new ArrayList<>();
                    int axis = 0;
                    for (Part part : parts(given.value("key"), shape.rank())) {
                        switch (part.kind()) {
                            case NEW_AXIS -> sizes.add(1L);
                            case PLACE -> place(part.place(), shape.size(axis++));
                            default -> sizes.add(length(part, shape.size(axis++)));
                        }
                    }
                    return List.of(given.first()
                            .with(Shape.of(
                                    sizes.stream().mapToLong(Long::longValue).toArray())));
                },
                given -> List.of(item(
                        given.first(), parts(given.value("key"), given.first().rank()))));
    }

    private static Array item(Array x, List<Part> parts) {
        Array present = x;
        List<Long> sizes = new ArrayList<>();
        int axis = 0;
        for (Part part : parts) {
            if (part.kind() == Part.Kind.NEW_AXIS) {
                sizes.add(1L);
                continue;
            }
            long size = present.size(axis);
            int[] places = part.kind() == Part.Kind.PLACE ? new int[] {place(part.place(), size)} : places(part, size);
            boolean whole =
                    places.length == size && IntStream.range(0, places.length).allMatch(i -> places[i] == i);
            present = whole ? present : Arranging.take(present, axis, places);
            if (part.kind() != Part.Kind.PLACE) {
                sizes.add((long) places.length);
            }
            axis++;
        }
        return present.reshape(
                sizes.isEmpty()
                        ? new long[] {1}
                        : sizes.stream().mapToLong(Long::longValue).toArray());
    }

    private static int place(int place, long size) {
        if (size == Shape.UNKNOWN) {
            return place;
        }
        int counted = place < 0 ? place + (int) size : place;
        if (counted < 0 || counted >= size) {
            throw new Layer.Misfit("takes place " + place + " of an axis of size " + size, "");
        }
        return counted;
    }

    private static long length(Part part, long size) {
        boolean whole = part.from().isEmpty() && part.to().isEmpty() && Math.abs(part.step()) == 1;
        return size == Shape.UNKNOWN ? Shape.UNKNOWN : whole ? size : places(part, size).length;
    }

    /** As Python's {@code range(*slice.indices(size))}. */
    private static int[] places(Part part, long length) {
        int size = (int) length;
        int step = part.step();
        int first = step > 0 ? 0 : size - 1;
        int last = step > 0 ? size : -1;
        int from = part.from().map(value -> bounded(value, size, step)).orElse(first);
        int to = part.to().map(value -> bounded(value, size, step)).orElse(last);
        List<Integer> places = new ArrayList<>();
        for (int i = from; step > 0 ? i < to : i > to; i += step) {
            places.add(i);
        }
        return places.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int bounded(int value, int size, int step) {
        int counted = value < 0 ? value + size : value;
        return step > 0 ? Math.min(Math.max(counted, 0), size) : Math.min(Math.max(counted, -1), size - 1);
    }

    static List<Part> parts(Optional<Json> key, int rank) {
        Json json = key.orElseThrow(() -> new Layer.Misfit("is not given a key", ""));
        List<Part> parts = new ArrayList<>();
        for (Json item : json.isList() ? json.items() : List.of(json)) {
            parts.add(part(item));
        }
        long used = parts.stream()
                .filter(part -> part.kind() == Part.Kind.PLACE || part.kind() == Part.Kind.RANGE)
                .count();
        if (used > rank) {
            throw new Layer.Misfit("indexes " + used + " axes of an input of rank " + rank, "");
        }
        Part all = new Part(Part.Kind.RANGE, 0, Optional.empty(), Optional.empty(), 1);
        int at = IntStream.range(0, parts.size())
                .filter(i -> parts.get(i).kind() == Part.Kind.ELLIPSIS)
                .findFirst()
                .orElse(parts.size());
        List<Part> whole = new ArrayList<>(parts.subList(0, at));
        for (long i = used; i < rank; i++) {
            whole.add(all);
        }
        whole.addAll(parts.subList(Math.min(at + 1, parts.size()), parts.size()));
        return whole;
    }

    private static Part part(Json item) {
        if (item.isNull()) {
            return new Part(Part.Kind.NEW_AXIS, 0, Optional.empty(), Optional.empty(), 1);
        }
        if (item.isNumber()) {
            return new Part(Part.Kind.PLACE, Math.toIntExact(item.integer()), Optional.empty(), Optional.empty(), 1);
        }
        String type = item.isObject()
                ? item.find("class_name").map(Json::text).orElse("")
                : item.isText() && item.text().equals("Ellipsis") ? "__ellipsis__" : "";
        if (type.equals("__ellipsis__")) {
            return new Part(Part.Kind.ELLIPSIS, 0, Optional.empty(), Optional.empty(), 1);
        }
        if (!type.equals("__slice__")) {
            throw new Layer.Misfit("is indexed by " + item + ", which is not supported", "");
        }
        Json config = item.get("config");
        int step = bound(config, "step").orElse(1);
        if (step == 0) {
            throw new Layer.Misfit("is indexed with a step of 0", "");
        }
        return new Part(Part.Kind.RANGE, 0, bound(config, "start"), bound(config, "stop"), step);
    }

    private static Optional<Integer> bound(Json config, String name) {
        return config.find(name).map(json -> Math.toIntExact(json.integer()));
    }

    private static Operation.Definition take() {
        return new Operation.Definition(
                "Take",
                "The parts of a tensor at given places along an axis.",
                Parameter.values("x", "indices"),
                new Kind.Example("axis=1, call={\"x\": {\"input\": 0}, \"indices\": [2, 0]}", "(None, 3, 2)"),
                given -> {
                    Shape shape = given.first().shape();
                    int axis = axis(given.with(), shape.rank());
                    Shape places = given.second().shape();
                    long[] sizes = new long[shape.rank() - 1 + places.rank()];
                    for (int i = 0; i < sizes.length; i++) {
                        sizes[i] = i < axis
                                ? shape.size(i)
                                : i < axis + places.rank() ? places.size(i - axis) : shape.size(i - places.rank() + 1);
                    }
                    return List.of(given.first().with(Shape.of(sizes)));
                },
                given -> {
                    Array x = given.first();
                    int axis = axis(given.with(), x.rank());
                    long[] wanted = given.second().wholes();
                    int size = (int) x.size(axis);
                    int[] places = new int[wanted.length];
                    for (int i = 0; i < places.length; i++) {
                        long place = wanted[i] < 0 ? wanted[i] + size : wanted[i];
                        places[i] = (int) Math.min(Math.max(place, 0), size - 1);
                    }
                    Array taken = Arranging.take(x, axis, places);
                    long[] index = given.second().sizes();
                    boolean single =
                            given.value("indices").filter(Json::isNumber).isPresent();
                    long[] sizes = new long[x.rank() - 1 + (single ? 0 : index.length)];
                    int gap = single ? 0 : index.length;
                    for (int i = 0; i < sizes.length; i++) {
                        sizes[i] = i < axis ? x.size(i) : i < axis + gap ? index[i - axis] : x.size(i - gap + 1);
                    }
                    return List.of(taken.reshape(sizes));
                });
    }

    private static int axis(Parameters with, int rank) {
        return ReductionOperations.counted(
                with.integer("axis").orElseThrow(() -> new Layer.Misfit("needs an axis", "")), rank);
    }

    private static Operation.Definition takeAlongAxis() {
        return new Operation.Definition(
                "TakeAlongAxis",
                "The numbers at places that a tensor of the same rank gives along an axis.",
                Parameter.values("x", "indices"),
                new Kind.Example("axis=1, call={\"x\": {\"input\": 0}, \"indices\": [[[0], [2]]]}", "(None, 3, 1)"),
                given -> {
                    int axis = axis(given.with(), given.first().shape().rank());
                    if (given.first().shape().rank() != given.second().shape().rank()) {
                        throw new Layer.Misfit(
                                "needs places of the same rank, received "
                                        + given.first().shape() + " and "
                                        + given.second().shape(),
                                "");
                    }
                    Shape open = given.first().shape().with(axis, 1);
                    Shape places = given.second().shape().with(axis, 1);
                    return List.of(given.first()
                            .with(Shapes.broadcast(open, places)
                                    .with(axis, given.second().shape().size(axis))));
                },
                given -> List.of(Lookup.along(
                        given.first(),
                        given.second(),
                        axis(given.with(), given.first().rank()))));
    }

    private static Operation.Definition oneHot() {
        return new Operation.Definition(
                "OneHot",
                "A 1 at the place a number names, and zeros elsewhere, along a new axis.",
                Parameter.values("x"),
                new Kind.Example("num_classes=4", "(None, 3)"),
                given -> {
                    Shape shape = given.first().shape();
                    int axis = ReductionOperations.counted(given.with().integer("axis", -1), shape.rank() + 1);
                    int classes = given.with().atLeast(1, "num_classes", 1);
                    return List.of(new TensorSpec(Shapes.inserted(shape, axis, classes), DType.FLOAT32));
                },
                given -> List.of(hot(given.first(), given.with())));
    }

    private static Array hot(Array x, Parameters with) {
        Array hot = Lookup.oneHot(x, with.integer("num_classes", 1));
        int axis = ReductionOperations.counted(with.integer("axis", -1), hot.rank());
        int[] order = IntStream.range(0, hot.rank())
                .map(i -> i < axis ? i : i == axis ? hot.rank() - 1 : i - 1)
                .toArray();
        return Arranging.permute(hot, order);
    }

    private static Operation.Definition multiHot() {
        return new Operation.Definition(
                "MultiHot",
                "A 1 at every place a row of numbers names, and zeros elsewhere.",
                Parameter.values("inputs"),
                new Kind.Example("num_classes=4", "(None, 3)"),
                given -> {
                    Shape shape = given.first().shape();
                    if (shape.rank() == 0 || given.with().integer("axis", -1) != -1) {
                        throw new Layer.Misfit(
                                "puts the places along the last axis only, and takes rows of numbers, received "
                                        + shape,
                                "");
                    }
                    Shape rows = Shapes.without(shape, shape.rank() == 1 ? 0 : 1);
                    return Shapes.floats(rows.plus(given.with().atLeast(1, "num_classes", 1)));
                },
                given -> {
                    Array hot = Lookup.oneHot(given.first(), given.with().integer("num_classes", 1));
                    return List.of(Reducing.over(hot, false, Reducing.MAXIMUM, hot.rank() == 2 ? 0 : 1));
                });
    }

    private static Operation.Definition topK() {
        return new Operation.Definition(
                "TopK",
                "The largest numbers along the last axis, and their places.",
                Parameter.values("x"),
                new Kind.Example("k=2", "(None, 3)"),
                given -> {
                    int count = given.with().atLeast(0, "k", 1);
                    long all = given.first().shape().last();
                    if (all != Shape.UNKNOWN && count > all) {
                        throw new Layer.Misfit("takes the " + count + " largest of " + all + " numbers", "");
                    }
                    Shape shape = given.first().shape().with(-1, count);
                    return List.of(given.first().with(shape), new TensorSpec(shape, DType.INT32));
                },
                given -> {
                    Array x = given.first();
                    int last = x.rank() - 1;
                    int[] first =
                            IntStream.range(0, given.with().integer("k", 1)).toArray();
                    Array places = Arranging.take(Reducing.sortedPlaces(x.map(v -> -v, v -> ~v), last), last, first);
                    return List.of(Lookup.along(x, places, last), places);
                },
                with -> 2);
    }

    private static Operation.Definition triangle(String name) {
        boolean lower = name.equals("Tril");
        return new Operation.Definition(
                name,
                "Zeros " + (lower ? "above" : "below") + " a diagonal of the last two axes.",
                Parameter.values("x"),
                new Kind.Example("k=0", "(None, 3, 3)"),
                given -> List.of(given.first()),
                given -> {
                    Array x = given.first();
                    int k = given.with().integer("k", 0);
                    long[] sizes = x.sizes();
                    int last = x.rank() - 1;
                    return List.of(Arranging.picked(
                            x,
                            cell -> {
                                int column = cell[last];
                                int row = cell[last - 1];
                                boolean kept = lower ? column <= row + k : column >= row + k;
                                return kept ? Arranging.place(sizes, cell) : -1;
                            },
                            sizes));
                });
    }

    private static Operation.Definition diff() {
        return new Operation.Definition(
                "Diff",
                "Differences of neighbours along an axis.",
                Parameter.values("a"),
                new Kind.Example("axis=1, n=1", "(None, 3)"),
                given -> {
                    Shape shape = given.first().shape();
                    int axis = ReductionOperations.counted(given.with().integer("axis", -1), shape.rank());
                    long size = shape.size(axis);
                    long less = size == Shape.UNKNOWN
                            ? size
                            : Math.max(0, size - given.with().atLeast(0, "n", 1));
                    return List.of(given.first().with(shape.with(axis, less)));
                },
                given -> {
                    Array x = given.first();
                    int axis = ReductionOperations.counted(given.with().integer("axis", -1), x.rank());
                    for (int i = 0; i < given.with().integer("n", 1); i++) {
                        long size = x.size(axis);
                        if (size < 2) {
                            return List.of(Arranging.part(x, axis, 0, 0));
                        }
                        x = Arithmetic.subtract(Arranging.part(x, axis, 1, size), Arranging.part(x, axis, 0, size - 1));
                    }
                    return List.of(x);
                });
    }
}
