package org.netsplice.layers.operation;

import java.util.List;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ElementTypes;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Matrices;

/** Operations on square matrices in the last two axes. */
final class MatrixOperations {
    private static final List<Parameter> ONE = Parameter.values("x");

    static final List<Operation.Definition> ALL = List.of(
            new Operation.Definition(
                    "Det",
                    "The determinants of matrices.",
                    ONE,
                    new Kind.Example("", "(None, 3, 3)"),
                    given -> {
                        Shape shape = square(given.first().shape());
                        return List.of(real(given.first()).with(shape.axes(0, shape.rank() - 2)));
                    },
                    given -> List.of(Matrices.determinant(given.first().real()))),
            new Operation.Definition(
                    "Inv",
                    "The inverses of matrices.",
                    ONE,
                    new Kind.Example("", "(None, 3, 3)"),
                    given -> List.of(
                            real(given.first()).with(square(given.first().shape()))),
                    given -> List.of(Matrices.inverse(given.first().real()))),
            new Operation.Definition(
                    "Cholesky",
                    "The triangular factors of symmetric positive definite matrices.",
                    ONE,
                    new Kind.Example("upper=true", "(None, 3, 3)"),
                    given -> List.of(
                            real(given.first()).with(square(given.first().shape()))),
                    given -> {
                        Array lower = Matrices.cholesky(given.first().real());
                        return List.of(given.with().flag("upper", false) ? transposed(lower) : lower);
                    }),
            new Operation.Definition(
                    "Solve",
                    "The solutions of systems of linear equations.",
                    Parameter.values("a", "b"),
                    new Kind.Example("", "(None, 3, 3)", "(None, 3)"),
                    given -> {
                        Shape matrices = square(given.first().shape());
                        Shape right = given.second().shape();
                        int depth = right.rank() == matrices.rank() - 1 ? right.rank() - 1 : right.rank() - 2;
                        boolean fits = depth == matrices.rank() - 2
                                && matrices.axes(0, depth + 1).accepts(right.axes(0, depth + 1));
                        if (!fits) {
                            throw new Layer.Misfit(
                                    "needs a right side for each row of the matrices, received " + matrices + " and "
                                            + right,
                                    "");
                        }
                        return List.of(real(given.second()));
                    },
                    given -> {
                        Array matrices = given.first().real();
                        Array right = given.second();
                        Array columns = right.rank() == matrices.rank() ? right : right.reshape(column(right));
                        return List.of(Matrices.solve(matrices, columns).reshape(right.sizes()));
                    }));

    private MatrixOperations() {}

    private static Shape square(Shape shape) {
        if (shape.rank() < 2 || shape.last() == Shape.UNKNOWN || shape.last() != shape.size(-2) || shape.last() == 0) {
            throw new Layer.Misfit("needs square matrices, received " + shape, "");
        }
        return shape;
    }

    private static TensorSpec real(TensorSpec spec) {
        return new TensorSpec(spec.shape(), ElementTypes.real(spec.dtype()));
    }

    private static long[] column(Array vectors) {
        long[] sizes = java.util.Arrays.copyOf(vectors.sizes(), vectors.rank() + 1);
        sizes[vectors.rank()] = 1;
        return sizes;
    }

    private static Array transposed(Array x) {
        int[] order = java.util.stream.IntStream.range(0, x.rank()).toArray();
        order[x.rank() - 1] = x.rank() - 2;
        order[x.rank() - 2] = x.rank() - 1;
        return Arranging.permute(x, order);
    }
}
