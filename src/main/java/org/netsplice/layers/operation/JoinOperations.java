package org.netsplice.layers.operation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.netsplice.graph.DType;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ElementTypes;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Parameters;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.layers.kind.SnakeCase;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;

/** Operations that join tensors or take one apart. */
final class JoinOperations {
    private static final List<Parameter> ONE = Parameter.values("x");
    private static final List<Parameter> MANY = List.of(Parameter.list("xs"));

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
            joined(
                    "Dstack",
                    "",
                    (shapes, with) -> concatenated(
                            shapes.stream().map(JoinOperations::deep).toList(), 2),
                    (all, with) -> Arranging.concatenate(
                            all.stream()
                                    .map(x ->
                                            x.reshape(deep(Shape.of(x.sizes())).sizes()))
                                    .toList(),
                            2)),
            append(),
            split("Split", rank -> 0),
            split("ArraySplit", rank -> 0),
            split("Hsplit", JoinOperations::hstack),
            split("Dsplit", rank -> 2),
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
                given -> List.of(new TensorSpec(
                        rule.apply(given.all().stream().map(TensorSpec::shape).toList(), given.with()),
                        common(given.all()))),
                given -> List.of(forward.apply(given.all(), given.with())));
    }

    private static DType common(List<TensorSpec> specs) {
        return specs.stream()
                .map(TensorSpec::dtype)
                .reduce(ElementTypes::common)
                .orElseThrow();
    }

    private static Shape concatenated(List<Shape> shapes, int named) {
        Shape joined = shapes.get(0);
        int axis = ReductionOperations.counted(named, joined.rank());
        for (Shape next : shapes.subList(1, shapes.size())) {
            if (next.rank() != joined.rank()
                    || !joined.with(axis, Shape.UNKNOWN).accepts(next)) {
                throw new Layer.Misfit("needs shapes that differ only along axis " + axis + ", received " + shapes, "");
            }
            joined = joined.with(axis, Shapes.sum(joined.size(axis), next.size(axis)));
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

    /** Adds axes up to rank 3, as NumPy's {@code atleast_3d}. */
    private static Shape deep(Shape shape) {
        return switch (shape.rank()) {
            case 1 -> Shape.of(1).plus(shape.size(0)).plus(1);
            case 2 -> shape.plus(1);
            default -> shape;
        };
    }

    private static Operation.Definition append() {
        return new Operation.Definition(
                "Append",
                "One tensor behind another along an axis.",
                Parameter.values("x1", "x2"),
                new Kind.Example("axis=1", "(None, 2, 3)", "(None, 1, 3)"),
                given -> List.of(new TensorSpec(
                        concatenated(
                                List.of(given.first().shape(), given.second().shape()), appended(given.with())),
                        common(List.of(given.first(), given.second())))),
                given -> List.of(Arranging.concatenate(
                        List.of(given.first(), given.second()),
                        ReductionOperations.counted(
                                appended(given.with()), given.first().rank()))));
    }

    private static int appended(Parameters with) {
        return with.integer("axis").orElseThrow(() -> new Layer.Misfit("needs an axis", ""));
    }

    /** The most outputs of one operation. */
    private static final int MAX_PARTS = 10_000;

    private static List<Integer> cuts(Parameters with, long size, boolean uneven) {
        List<Integer> named = with.integers("indices_or_sections").orElse(List.of(1));
        List<Integer> cuts = new ArrayList<>(List.of(0));
        if (sections(with)) {
            int parts = named.get(0);
            if (size == Shape.UNKNOWN) {
                throw new Layer.Misfit("cannot cut an axis of unknown size into " + parts + " parts", "");
            }
            if (parts < 1 || parts > MAX_PARTS || (!uneven && size % parts != 0)) {
                throw new Layer.Misfit("cannot cut an axis of " + size + " into " + parts + " equal parts", "");
            }
            IntStream.rangeClosed(1, parts)
                    .forEach(i -> cuts.add(Math.toIntExact(size / parts * i + Math.min(i, size % parts))));
        } else {
            cuts.addAll(named);
            cuts.add(Math.toIntExact(size));
        }
        return cuts;
    }

    /** Whether the number of parts is given, and not the positions where they begin. */
    private static boolean sections(Parameters with) {
        return with.values()
                .find("indices_or_sections")
                .filter(json -> !json.isList())
                .isPresent();
    }

    private static long between(int from, int to) {
        if (to != Shape.UNKNOWN && to < from) {
            throw new Layer.Misfit("cannot cut from " + from + " to " + to, "");
        }
        return to == Shape.UNKNOWN ? Shape.UNKNOWN : to - from;
    }

    /** Splits along the axis of the configuration, or one that depends on the rank. */
    private static Operation.Definition split(String name, IntUnaryOperator otherwise) {
        boolean uneven = name.equals("ArraySplit");
        return new Operation.Definition(
                name,
                "Cuts a tensor into several along an axis.",
                ONE,
                new Kind.Example("indices_or_sections=2, axis=1", "(None, 4, 2)"),
                given -> {
                    Shape shape = given.first().shape();
                    int axis = ReductionOperations.counted(
                            given.with().integer("axis", otherwise.applyAsInt(shape.rank())), shape.rank());
                    if (axis > 0 && !uneven && shape.size(axis) == Shape.UNKNOWN && sections(given.with())) {
                        int parts = given.with().atLeast(1, "indices_or_sections", 1);
                        if (parts <= MAX_PARTS) {
                            return Collections.nCopies(parts, given.first());
                        }
                    }
                    List<Integer> cuts = cuts(given.with(), shape.size(axis), uneven);
                    return IntStream.range(1, cuts.size())
                            .mapToObj(i -> given.first().with(shape.with(axis, between(cuts.get(i - 1), cuts.get(i)))))
                            .toList();
                },
                given -> {
                    Array x = given.first();
                    int axis = ReductionOperations.counted(
                            given.with().integer("axis", otherwise.applyAsInt(x.rank())), x.rank());
                    List<Integer> cuts = cuts(given.with(), x.size(axis), uneven);
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
                    int count = given.with().atLeast(1, "num", 1);
                    if (count > MAX_PARTS || !Shape.of(count).accepts(Shape.of(shape.size(axis)))) {
                        throw new Layer.Misfit(
                                "cannot take an axis of " + shape.size(axis) + " apart into " + count, "");
                    }
                    return Collections.nCopies(count, given.first().with(Shapes.without(shape, axis)));
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
