package org.netsplice.ops;

import java.util.List;
import java.util.function.BinaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Element-wise arithmetic with NumPy's broadcasting: axes are matched from the last, and a size of 1 stretches. The result has the wider
 * form of the two arguments. Every operation throws {@link IllegalArgumentException} when the shapes do not broadcast.
 */
public final class Arithmetic {
    private Arithmetic() {}

    /** {@code a + b}. */
    public static Array add(Array a, Array b) {
        return Tape.note(
                "add",
                binary("add", a, b),
                Tape.share(a, g -> Broadcasting.summed(g, a.sizes())),
                Tape.share(b, g -> Broadcasting.summed(g, b.sizes())));
    }

    /** {@code a − b}. */
    public static Array subtract(Array a, Array b) {
        return Tape.note(
                "subtract",
                binary("subtract", a, b),
                Tape.share(a, g -> Broadcasting.summed(g, a.sizes())),
                Tape.share(b, g -> Broadcasting.summed(scale(g, -1, 0), b.sizes())));
    }

    /** {@code a · b}. */
    public static Array multiply(Array a, Array b) {
        return Tape.note(
                "multiply",
                binary("multiply", a, b),
                Tape.share(a, g -> Broadcasting.summed(multiply(g, b), a.sizes())),
                Tape.share(b, g -> Broadcasting.summed(multiply(g, a), b.sizes())));
    }

    /** {@code a / b}, in floating point. */
    public static Array divide(Array a, Array b) {
        Array ratio = binary("divide", a.real(), b.real());
        return Tape.note(
                "divide",
                ratio,
                Tape.share(a, g -> Broadcasting.summed(divide(g, b), a.sizes())),
                Tape.share(b, g -> Broadcasting.summed(scale(multiply(g, divide(ratio, b)), -1, 0), b.sizes())));
    }

    /** The larger of two numbers; the gradient of equal ones is that of {@code a}. */
    public static Array maximum(Array a, Array b) {
        return chosen("maximum", "greater_equal", "less", a, b);
    }

    /** The smaller of two numbers; the gradient of equal ones is that of {@code a}. */
    public static Array minimum(Array a, Array b) {
        return chosen("minimum", "less_equal", "greater", a, b);
    }

    private static Array chosen(String name, String first, String second, Array a, Array b) {
        return Tape.note(
                name,
                binary(name, a, b),
                Tape.share(a, g -> Broadcasting.summed(multiply(g, binary(first, a, b)), a.sizes())),
                Tape.share(b, g -> Broadcasting.summed(multiply(g, binary(second, a, b)), b.sizes())));
    }

    /** Combines the arrays, at least one, from left to right. */
    public static Array fold(List<Array> arrays, BinaryOperator<Array> operation) {
        return arrays.stream().reduce(operation).orElseThrow();
    }

    /** {@code x · factor + offset}; whole numbers give float32. */
    public static Array scale(Array x, double factor, double offset) {
        return Tape.note("scale", scaled(x, factor, offset), Tape.share(x, g -> scale(g, factor, 0)));
    }

    private static Array scaled(Array x, double factor, double offset) {
        if (x.form() != Array.Form.FLOAT) {
            return x.as(Array.Form.DOUBLE)
                    .map(v -> v * factor + offset)
                    .as(x.form().real());
        }
        INDArray scaled = x.unwrap().mul((float) factor);
        return Array.wrap(offset == 0 ? scaled : scaled.addi((float) offset));
    }

    private static Array binary(String name, Array a, Array b) {
        int rank = Math.max(a.rank(), b.rank());
        for (int axis = 1; axis <= Math.min(a.rank(), b.rank()); axis++) {
            long x = a.size(-axis);
            long y = b.size(-axis);
            Array.require(x == y || x == 1 || y == 1, name + ": " + a + " and " + b + " do not broadcast");
        }
        Array.Form form = a.form().with(b.form());
        INDArray out = Nd4j.exec(DynamicCustomOp.builder(name)
                .addInputs(
                        stretch(a.as(form), rank).contiguous(),
                        stretch(b.as(form), rank).contiguous())
                .build())[0];
        return Array.wrap(out);
    }

    private static Array stretch(Array x, int rank) {
        if (x.rank() == rank) {
            return x;
        }
        long[] sizes = new long[rank];
        java.util.Arrays.fill(sizes, 1);
        System.arraycopy(x.sizes(), 0, sizes, rank - x.rank(), x.rank());
        return x.reshape(sizes);
    }
}
