package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;
import org.netsplice.ops.Einsum;
import org.netsplice.ops.Linear;

/** Operations that sum products. */
final class ProductOperations {
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
                    (one, two) -> pairs(one - 1, two - 1)));

    private ProductOperations() {}

    private static Operation.Definition matmul() {
        return new Operation.Definition(
                "Matmul",
                "The product of matrices in the last two axes.",
                List.of("x1", "x2"),
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
                    return List.of(TensorSpec.of(batch.plus(one.size(-2)).plus(two.last())));
                },
                given -> List.of(Linear.matmul(given.first(), given.second())));
    }

    private static Operation.Definition einsum() {
        return new Operation.Definition(
                "Einsum",
                "Sums of products in Einstein's notation.",
                List.of("operands*"),
                new Kind.Example("subscripts=\"bij,bjk->bik\"", "(None, 2, 3)", "(None, 3, 4)"),
                given -> List.of(TensorSpec.of(summed(
                        equation(given.with()),
                        given.all().stream().map(TensorSpec::shape).toList()))),
                given -> List.of(Einsum.compute(equation(given.with()), given.all())));
    }

    /** The shape that an equation makes of others. */
    static Shape summed(String equation, List<Shape> shapes) {
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

    /** Which axes are summed, for inputs of these ranks. */
    private interface Axes {
        int[] of(int one, int two);
    }

    private static int[] pairs(int one, int two) {
        return new int[] {one, two};
    }

    /** Sums along one axis of each input; the other axes stand one after the other. */
    private static Operation.Definition contraction(String name, String settings, Axes axes) {
        return new Operation.Definition(
                name,
                "Computes " + SnakeCase.of(name) + ": products summed along one axis of each input.",
                List.of("x1", "x2"),
                new Kind.Example(settings, "(None, 3)"),
                given -> List.of(TensorSpec.of(summed(
                        notation(
                                given.first().shape().rank(),
                                given.second().shape().rank(),
                                axes),
                        List.of(given.first().shape(), given.second().shape())))),
                given -> List.of(Einsum.compute(
                        notation(given.first().rank(), given.second().rank(), axes),
                        List.of(given.first(), given.second()))));
    }

    private static String notation(int one, int two, Axes axes) {
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
                List.of("x1", "x2"),
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
                "Vectors along an axis divided by their length.",
                List.of("x"),
                new Kind.Example("axis=-1", "(None, 3)"),
                given -> {
                    if (given.with().number("order", 2) != 2) {
                        throw new Layer.Misfit("knows order 2 only", "");
                    }
                    return List.of(given.first());
                },
                given -> {
                    Array x = given.first();
                    int axis = ReductionOperations.counted(
                            given.with().integer("axis").orElse(-1), x.rank());
                    return List.of(Linear.unitLength(x, axis));
                });
    }
}
