package org.netsplice.layers.operation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.config.Json;
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
import org.netsplice.ops.Einsum;
import org.netsplice.ops.Linear;
import org.netsplice.ops.Reducing;

/** Operations that sum products. */
public final class ProductOperations {
    /** Keras' default epsilon, {@code keras.config.epsilon()}. */
    public static final double EPSILON = 1e-7;

    static final List<Operation.Definition> ALL = List.of(
            matmul(),
            einsum(),
            outer(),
            normalize(),
            contraction(
                    "Dot",
                    "call={\"x1\": {\"input\": 0}, \"x2\": [[1, 2], [3, 4], [5, 6]]}",
                    (one, two) -> pairs(one - 1, Math.max(0, two - 2))),
            contraction(
                    "Inner",
                    "call={\"x1\": {\"input\": 0}, \"x2\": [[1, 2, 3], [4, 5, 6]]}",
                    (one, two) -> pairs(one - 1, two - 1)),
            tensordot(),
            cross(),
            kron(),
            distances());

    private ProductOperations() {}

    private static Operation.Definition matmul() {
        return new Operation.Definition(
                        "Matmul",
                        "The product of matrices in the last two axes.",
                        Parameter.values("x1", "x2"),
                        new Kind.Example("", "(None, 2, 3)", "(None, 3, 4)"),
                        given -> {
                            Shape one = given.first().shape();
                            Shape two = given.second().shape();
                            if (one.rank() < 2 || two.rank() < 2) {
                                throw new Layer.Misfit(
                                        "multiplies tensors of rank 2 or more, received " + one + " and " + two, "");
                            }
                            if (!Shape.of(one.last()).accepts(Shape.of(two.size(-2)))) {
                                throw new Layer.Misfit("needs equal inner sizes, received " + one + " and " + two, "");
                            }
                            Shape batch = Shapes.broadcast(one.axes(0, one.rank() - 2), two.axes(0, two.rank() - 2));
                            return List.of(
                                    TensorSpec.of(batch.plus(one.size(-2)).plus(two.last())));
                        },
                        given -> List.of(Linear.matmul(given.first(), given.second())))
                .costs((given, result) -> Layer.product(
                        2, given.first().shape().last(), result.shape().elementsPerRow()));
    }

    private static Operation.Definition einsum() {
        return new Operation.Definition(
                        "Einsum",
                        "Sums of products in Einstein's notation.",
                        List.of(Parameter.rest("operands")),
                        new Kind.Example("subscripts=\"bij,bjk->bik\"", "(None, 2, 3)", "(None, 3, 4)"),
                        given -> List.of(TensorSpec.of(summed(
                                equation(given.with()),
                                given.all().stream().map(TensorSpec::shape).toList()))),
                        given -> List.of(Einsum.compute(equation(given.with()), given.all())))
                .costs((given, result) -> flops(
                        equation(given.with()),
                        given.all().stream().map(TensorSpec::shape).toList(),
                        result.shape()));
    }

    /** A multiply-add for each number of a row of the result and each place of the letters that are summed. */
    private static long flops(String equation, List<Shape> shapes, Shape result) {
        String[] sides = equation.split("->", 2);
        String[] terms = sides[0].split(",", -1);
        String kept = sides.length > 1 ? sides[1] : "";
        Map<Character, Long> summed = new HashMap<>();
        for (int i = 0; i < Math.min(terms.length, shapes.size()); i++) {
            String term = terms[i];
            int dots = term.indexOf("...");
            for (int at = 0; at < term.length(); at++) {
                int axis = dots >= 0 && at > dots
                        ? at - term.length() + shapes.get(i).rank()
                        : at;
                if (term.charAt(at) != '.' && kept.indexOf(term.charAt(at)) < 0) {
                    summed.put(term.charAt(at), shapes.get(i).size(axis));
                }
            }
        }
        long places = 1;
        for (long size : summed.values()) {
            places = Layer.product(places, size);
        }
        return Layer.product(2, places, result.elementsPerRow());
    }

    /** The shape of the result of an equation. */
    public static Shape summed(String equation, List<Shape> shapes) {
        try {
            return Shape.of(
                    Einsum.sizes(equation, shapes.stream().map(Shape::sizes).toList()));
        } catch (IllegalArgumentException problem) {
            throw new Layer.Misfit("cannot compute \"" + equation + "\" of " + shapes, "Change the equation.");
        }
    }

    private static String equation(Parameters with) {
        return with.text("subscripts", "").replace(" ", "");
    }

    /** The axes that are summed, for inputs of these ranks. */
    private interface Axes {
        int[] of(int one, int two);
    }

    private static int[] pairs(int one, int two) {
        return new int[] {one, two};
    }

    /** Sums along one axis of each input; the other axes stand one after the other. A single number multiplies all others. */
    private static Operation.Definition contraction(String name, String settings, Axes axes) {
        return new Operation.Definition(
                        name,
                        "Computes " + SnakeCase.of(name) + ": products summed along one axis of each input.",
                        Parameter.values("x1", "x2"),
                        new Kind.Example(settings, "(None, 3)"),
                        given -> List.of(TensorSpec.of(summed(
                                notation(
                                        given.first().shape().rank(),
                                        given.second().shape().rank(),
                                        axes),
                                List.of(given.first().shape(), given.second().shape())))),
                        given -> List.of(
                                given.plainNumber(0) || given.plainNumber(1)
                                        ? Arithmetic.multiply(given.first(), given.second())
                                        : Einsum.compute(
                                                notation(
                                                        given.first().rank(),
                                                        given.second().rank(),
                                                        axes),
                                                List.of(given.first(), given.second()))))
                .costs((given, result) -> flops(
                        notation(
                                given.first().shape().rank(),
                                given.second().shape().rank(),
                                axes),
                        List.of(given.first().shape(), given.second().shape()),
                        result.shape()));
    }

    private static String notation(int one, int two, Axes axes) {
        if (one == 0 || two == 0) {
            String letters = "abcdefgh".substring(0, one + two);
            return (one == 0 ? "," + letters : letters + ",") + "->" + letters;
        }
        int[] summed = axes.of(one, two);
        StringBuilder first = new StringBuilder("abcdefgh".substring(0, one));
        StringBuilder second = new StringBuilder("pqrstuvw".substring(0, two));
        first.setCharAt(summed[0], 'z');
        second.setCharAt(summed[1], 'z');
        String result = (first.toString() + second).replace("z", "");
        return first + "," + second + "->" + result;
    }

    private static Operation.Definition outer() {
        return new Operation.Definition(
                "Outer",
                "The product of every number with every number.",
                Parameter.values("x1", "x2"),
                new Kind.Example("call={\"x1\": {\"input\": 0}, \"x2\": [1, 2]}", "(None,)"),
                given -> List.of(TensorSpec.of(Shape.of(
                        given.first().shape().elements(), given.second().shape().elements()))),
                given -> List.of(Arithmetic.multiply(
                        given.first().reshape(given.first().length(), 1),
                        given.second().reshape(1, given.second().length()))));
    }

    private static Operation.Definition normalize() {
        return new Operation.Definition(
                "Normalize",
                "Vectors along axes divided by their length.",
                Parameter.values("x"),
                new Kind.Example("axis=-1", "(None, 3)"),
                given -> {
                    if (given.with().integer("order", 2) < 1) {
                        throw new Layer.Misfit("needs an order of 1 or more", "");
                    }
                    ReductionOperations.axes(given.with(), given.first().shape().rank());
                    return List.of(given.first());
                },
                given -> {
                    Array x = given.first();
                    double least = given.with().number("epsilon", EPSILON);
                    return List.of(Statistics.scaledToOne(
                            x,
                            given.with().integer("order", 2),
                            least,
                            ReductionOperations.axes(given.with(), x.rank())));
                });
    }

    private static Operation.Definition tensordot() {
        return new Operation.Definition(
                        "Tensordot",
                        "Products summed along several axes of both inputs.",
                        Parameter.values("x1", "x2"),
                        new Kind.Example(
                                "axes=1, call={\"x1\": {\"input\": 0}, \"x2\": [[1, 2], [3, 4], [5, 6]]}", "(None, 3)"),
                        given -> {
                            Shape one = given.first().shape();
                            Shape two = given.second().shape();
                            return Shapes.floats(
                                    summed(summedAxes(given.with(), one.rank(), two.rank()), List.of(one, two)));
                        },
                        given -> List.of(Einsum.compute(
                                summedAxes(
                                        given.with(),
                                        given.first().rank(),
                                        given.second().rank()),
                                List.of(given.first(), given.second()))))
                .costs((given, result) -> flops(
                        summedAxes(
                                given.with(),
                                given.first().shape().rank(),
                                given.second().shape().rank()),
                        List.of(given.first().shape(), given.second().shape()),
                        result.shape()));
    }

    /** The equation that sums the last axes of one input and the first of the other, or those that two lists name. */
    private static String summedAxes(Parameters with, int one, int two) {
        Json axes = with.values().get("axes");
        String first = "abcdefgh".substring(0, one);
        StringBuilder second = new StringBuilder("pqrstuvw".substring(0, two));
        int count = axes.isList() ? axes.items().get(0).items().size() : Math.toIntExact(axes.integer());
        if (count < 0 || count > Math.min(one, two)) {
            throw new Layer.Misfit("cannot sum along " + count + " axes of " + one + " and of " + two, "");
        }
        String result = first;
        String rest = second.toString();
        for (int i = 0; i < count; i++) {
            int here = axes.isList() ? place(axes, 0, i, one) : one - count + i;
            int there = axes.isList() ? place(axes, 1, i, two) : i;
            result = result.replace(first.substring(here, here + 1), "");
            rest = rest.replace("pqrstuvw".substring(there, there + 1), "");
            second.setCharAt(there, first.charAt(here));
        }
        return first + "," + second + "->" + result + rest;
    }

    private static int place(Json axes, int side, int index, int rank) {
        int axis = Math.toIntExact(axes.items().get(side).items().get(index).integer());
        return ReductionOperations.counted(axis, rank);
    }

    private static Operation.Definition cross() {
        return new Operation.Definition(
                "Cross",
                "The vector at right angles to two others of three numbers.",
                Parameter.values("x1", "x2"),
                new Kind.Example("", "(None, 3)", "(None, 3)"),
                given -> {
                    Shape both = Shapes.broadcast(
                            given.first().shape(), given.second().shape());
                    boolean last = List.of("axisa", "axisb", "axisc", "axis").stream()
                            .allMatch(name -> given.with().integer(name).orElse(-1) == -1);
                    if (!last
                            || given.first().shape().last() != 3
                            || given.second().shape().last() != 3) {
                        throw new Layer.Misfit(
                                "takes vectors of three numbers along the last axis, received " + both, "");
                    }
                    return Shapes.floats(both);
                },
                given -> {
                    Array left = Arithmetic.multiply(rotated(given.first(), 1), rotated(given.second(), 2));
                    Array right = Arithmetic.multiply(rotated(given.first(), 2), rotated(given.second(), 1));
                    return List.of(Arithmetic.subtract(left, right));
                });
    }

    /** Rotates the components of vectors of three. */
    private static Array rotated(Array x, int by) {
        return Arranging.take(x, x.rank() - 1, by % 3, (by + 1) % 3, (by + 2) % 3);
    }

    private static Operation.Definition kron() {
        return new Operation.Definition(
                "Kron",
                "Every number of one tensor times the whole of another.",
                Parameter.values("x1", "x2"),
                new Kind.Example("call={\"x1\": {\"input\": 0}, \"x2\": [[1, 2]]}", "(None, 3)"),
                given -> {
                    Shape one = given.first().shape();
                    Shape two = given.second().shape();
                    if (one.rank() != two.rank()) {
                        throw new Layer.Misfit("needs inputs of one rank, received " + one + " and " + two, "");
                    }
                    Shape result = one;
                    for (int axis = 0; axis < one.rank(); axis++) {
                        boolean open = two.size(axis) == Shape.UNKNOWN;
                        result =
                                result.with(axis, open ? two.size(axis) : Shapes.times(one.size(axis), two.size(axis)));
                    }
                    return Shapes.floats(result);
                },
                given -> {
                    Array one = given.first();
                    Array two = given.second();
                    long[] left = new long[2 * one.rank()];
                    long[] right = new long[2 * one.rank()];
                    long[] sizes = new long[one.rank()];
                    for (int axis = 0; axis < sizes.length; axis++) {
                        left[2 * axis] = one.size(axis);
                        left[2 * axis + 1] = 1;
                        right[2 * axis] = 1;
                        right[2 * axis + 1] = two.size(axis);
                        sizes[axis] = one.size(axis) * two.size(axis);
                    }
                    return List.of(Arithmetic.multiply(one.reshape(left), two.reshape(right))
                            .reshape(sizes));
                });
    }

    private static Operation.Definition distances() {
        return new Operation.Definition(
                "CDist",
                "The distance of every vector of one input to every vector of the other.",
                Parameter.values("x1", "x2"),
                new Kind.Example("", "(None, 3, 4)", "(None, 2, 4)"),
                given -> {
                    Shape one = given.first().shape();
                    Shape two = given.second().shape();
                    if (one.rank() < 2 || two.rank() < 2 || one.last() != two.last()) {
                        throw new Layer.Misfit("needs vectors of one size, received " + one + " and " + two, "");
                    }
                    Shape batch = Shapes.broadcast(one.axes(0, one.rank() - 2), two.axes(0, two.rank() - 2));
                    return Shapes.floats(batch.plus(one.size(-2)).plus(two.size(-2)));
                },
                given -> {
                    Array one = given.first();
                    Array two = given.second();
                    Array apart = Arithmetic.subtract(
                            one.reshape(Shapes.inserted(Shape.of(one.sizes()), one.rank() - 1, 1)
                                    .sizes()),
                            two.reshape(Shapes.inserted(Shape.of(two.sizes()), two.rank() - 2, 1)
                                    .sizes()));
                    return List.of(Reducing.over(apart, false, Statistics.length(2), apart.rank() - 1));
                });
    }
}
