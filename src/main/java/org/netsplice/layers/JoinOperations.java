package org.netsplice.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;

/** Operations that join tensors or take one apart. */
final class JoinOperations {
    private static final List<String> ONE = List.of("x");
    private static final List<String> MANY = List.of("xs");

    static final List<Operation.Definition> ALL = List.of(
            joined(
                    "Concatenate",
                    "",
                    (shapes, with) -> concatenated(shapes, with.integer("axis", 0)),
                    (all, with) -> Arranging.concatenate(
                            all,
                            ReductionOperations.counted(
                                    with.integer("axis", 0), all.get(0).rank()))),
            joined(
                    "Stack",
                    "axis=1",
                    (shapes, with) -> stacked(shapes, with.integer("axis", 0)),
                    (all, with) -> stack(all, with.integer("axis", 0))),
            joined(
                    "Hstack",
                    "",
                    (shapes, with) -> concatenated(shapes, hstack(shapes.get(0).rank())),
                    (all, with) -> Arranging.concatenate(all, hstack(all.get(0).rank()))),
            joined(
                    "Vstack",
                    "",
                    (shapes, with) -> concatenated(shapes, 0),
                    (all, with) -> Arranging.concatenate(all, 0)),
            split(),
            unstack());

    private JoinOperations() {}

    private static Operation.Definition joined(
            String name,
            String settings,
            BiFunction<List<Shape>, Parameters, Shape> rule,
            BiFunction<List<Array>, Parameters, Array> forward) {
        return new Operation.Definition(
                name,
                "Joins tensors by " + SnakeCase.of(name) + ".",
                MANY,
                new Kind.Example(
                        settings.isEmpty() && name.equals("Concatenate") ? "axis=1" : settings,
                        "(None, 2, 3)",
                        "(None, 2, 3)"),
                given -> List.of(given.all()
                        .get(0)
                        .with(rule.apply(
                                given.all().stream().map(TensorSpec::shape).toList(), given.with()))),
                given -> List.of(forward.apply(given.all(), given.with())));
    }

    private static Shape concatenated(List<Shape> shapes, int named) {
        Shape joined = shapes.get(0);
        int axis = ReductionOperations.counted(named, joined.rank());
        for (Shape next : shapes.subList(1, shapes.size())) {
            if (next.rank() != joined.rank()
                    || !joined.with(axis, Shape.UNKNOWN).accepts(next)) {
                throw new Layer.Misfit("needs shapes that differ only along axis " + axis + ", received " + shapes, "");
            }
            long sum = joined.size(axis) == Shape.UNKNOWN || next.size(axis) == Shape.UNKNOWN
                    ? Shape.UNKNOWN
                    : joined.size(axis) + next.size(axis);
            joined = joined.with(axis, sum);
        }
        return joined;
    }

    private static Shape stacked(List<Shape> shapes, int axis) {
        if (shapes.stream().anyMatch(shape -> !shape.accepts(shapes.get(0)))) {
            throw new Layer.Misfit("needs equal shapes, received " + shapes, "");
        }
        int rank = shapes.get(0).rank() + 1;
        return Shapes.inserted(shapes.get(0), ReductionOperations.counted(axis, rank), shapes.size());
    }

    private static Array stack(List<Array> all, int axis) {
        int counted = ReductionOperations.counted(axis, all.get(0).rank() + 1);
        return Arranging.concatenate(
                all.stream()
                        .map(x -> x.reshape(
                                Shapes.inserted(Shape.of(x.sizes()), counted, 1).sizes()))
                        .toList(),
                counted);
    }

    private static int hstack(int rank) {
        return rank == 1 ? 0 : 1;
    }

    private static List<Integer> cuts(Parameters with, long size) {
        List<Integer> named = with.integers("indices_or_sections").orElse(List.of(1));
        boolean sections = with.values()
                .find("indices_or_sections")
                .filter(json -> !json.isList())
                .isPresent();
        List<Integer> cuts = new ArrayList<>(List.of(0));
        if (sections) {
            if (size == Shape.UNKNOWN || size % named.get(0) != 0) {
                throw new Layer.Misfit("cannot cut an axis of " + size + " into " + named.get(0) + " equal parts", "");
            }
            IntStream.rangeClosed(1, named.get(0)).forEach(i -> cuts.add((int) (size / named.get(0) * i)));
        } else {
            cuts.addAll(named);
            cuts.add((int) size);
        }
        return cuts;
    }

    private static long between(int from, int to) {
        if (to != Shape.UNKNOWN && to < from) {
            throw new Layer.Misfit("cannot cut from " + from + " to " + to, "");
        }
        return to == Shape.UNKNOWN ? Shape.UNKNOWN : to - from;
    }

    private static Operation.Definition split() {
        return new Operation.Definition(
                "Split",
                "Cuts a tensor into several along an axis.",
                ONE,
                new Kind.Example("indices_or_sections=2, axis=1", "(None, 4)"),
                given -> {
                    Shape shape = given.first().shape();
                    int axis = ReductionOperations.counted(given.with().integer("axis", 0), shape.rank());
                    List<Integer> cuts = cuts(given.with(), shape.size(axis));
                    return IntStream.range(1, cuts.size())
                            .mapToObj(i -> given.first().with(shape.with(axis, between(cuts.get(i - 1), cuts.get(i)))))
                            .toList();
                },
                given -> {
                    Array x = given.first();
                    int axis = ReductionOperations.counted(given.with().integer("axis", 0), x.rank());
                    List<Integer> cuts = cuts(given.with(), x.size(axis));
                    return IntStream.range(1, cuts.size())
                            .mapToObj(i -> Arranging.take(
                                    x,
                                    axis,
                                    IntStream.range(cuts.get(i - 1), cuts.get(i))
                                            .toArray()))
                            .toList();
                },
                with -> with.values()
                                .find("indices_or_sections")
                                .filter(json -> json.isList())
                                .isPresent()
                        ? with.integers("indices_or_sections").orElseThrow().size() + 1
                        : with.integer("indices_or_sections", 1));
    }

    private static Operation.Definition unstack() {
        return new Operation.Definition(
                "Unstack",
                "Takes a tensor apart along an axis, which disappears.",
                ONE,
                new Kind.Example("num=2, axis=1", "(None, 2, 3)"),
                given -> {
                    Shape shape = given.first().shape();
                    int axis = ReductionOperations.counted(given.with().integer("axis", 0), shape.rank());
                    return Collections.nCopies(
                            given.with().integer("num", 1), given.first().with(Shapes.without(shape, axis)));
                },
                given -> {
                    Array x = given.first();
                    int axis = ReductionOperations.counted(given.with().integer("axis", 0), x.rank());
                    long[] sizes = Shapes.without(Shape.of(x.sizes()), axis).sizes();
                    return IntStream.range(0, (int) x.size(axis))
                            .mapToObj(i -> Arranging.take(x, axis, i).reshape(sizes))
                            .toList();
                },
                with -> with.integer("num", 1));
    }
}
