package org.netsplice.ops;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Products of matrices. */
public final class Linear {
    /** Floating-point operations of products that are computed at once; some tenths of a second. */
    private static final double PIECE = 1e10;

    private Linear() {}

    /**
     * {@code x · kernel + bias} over the last axis.
     *
     * @param x (…, in)
     * @param kernel (in, units)
     * @param bias (units)
     * @return (…, units)
     */
    public static Array dense(Array x, Array kernel, Optional<Array> bias) {
        long in = kernel.size(0);
        long units = kernel.size(1);
        Array sums = Tape.aside(() -> sums(x, kernel, bias));
        if (in == 0 || x.length() == 0) {
            return sums;
        }
        long rows = x.length() / in;
        return Tape.note(
                "dense",
                sums,
                Tape.share(x, g -> product(g.reshape(rows, units), kernel, false, true)),
                Tape.share(kernel, g -> product(x.reshape(rows, in), g.reshape(rows, units), true, false)),
                Tape.share(bias, g -> Broadcasting.summed(g.reshape(rows, units), units)));
    }

    /** The product of two matrices, or of two lists of as many matrices, each turned over where asked. */
    private static Array product(Array a, Array b, boolean turnA, boolean turnB) {
        Array.Form form = Native.real(a, b);
        long middle = a.size(0) / 2;
        if (a.rank() == 3 && middle > 0 && 2.0 * a.length() * b.size(turnB ? 1 : 2) > PIECE) {
            Array first = product(Arranging.part(a, 0, 0, middle), Arranging.part(b, 0, 0, middle), turnA, turnB);
            long end = a.size(0);
            Array second = product(Arranging.part(a, 0, middle, end), Arranging.part(b, 0, middle, end), turnA, turnB);
            return Arranging.concatenate(List.of(first, second), 0);
        }
        Watch.ask();
        return Array.wrap(
                Nd4j.exec(DynamicCustomOp.builder("matmul")
                        .addInputs(a.as(form).contiguous(), b.as(form).contiguous())
                        .addIntegerArguments(turnA ? 1 : 0, turnB ? 1 : 0)
                        .build())[0]);
    }

    private static Array sums(Array x, Array kernel, Optional<Array> bias) {
        long in = kernel.size(0);
        long units = kernel.size(1);
        Array.require(x.size(-1) == in, "dense: " + x + " against kernel " + kernel);
        if (in == 0) {
            long[] sizes = x.sizes().clone();
            sizes[sizes.length - 1] = units;
            return bias.map(b -> Arithmetic.add(Array.zeros(sizes), b)).orElseGet(() -> Array.zeros(sizes));
        }
        long middle = x.length() / in / 2;
        if (middle > 0 && 2.0 * x.length() * units > PIECE) {
            Array all = x.reshape(x.length() / in, in);
            Array first = sums(Arranging.part(all, 0, 0, middle), kernel, bias);
            Array second = sums(Arranging.part(all, 0, middle, all.size(0)), kernel, bias);
            long[] sizes = x.sizes().clone();
            sizes[sizes.length - 1] = units;
            return Arranging.concatenate(List.of(first, second), 0).reshape(sizes);
        }
        Watch.ask();
        INDArray rows = x.reshape(x.length() / in, in).unwrap();
        INDArray out = Array.empty(Native.real(x, kernel), rows.size(0), units);
        /* The product and the sum one after the other: libnd4j's xw_plus_b and INDArray.mmuli are several times slower at some sizes. */
        Native.run("matmul", out, new INDArray[] {rows, kernel.contiguous()});
        bias.ifPresent(b -> {
            Array.require(b.length() == units, "dense: bias " + b);
            Native.run("biasadd", out, new INDArray[] {out, b.contiguous()});
        });
        long[] sizes = x.sizes().clone();
        sizes[sizes.length - 1] = units;
        return Array.wrap(out).reshape(sizes);
    }

    /**
     * The sum of products along one axis of each argument, for each row of the batch, as {@code keras.layers.Dot}.
     *
     * @param a (batch, …), rank 2 or 3
     * @param b (batch, …), rank 2 or 3
     * @param axisA the axis of {@code a}, 1 or more
     * @param axisB the axis of {@code b}, 1 or more
     * @return the remaining axes of {@code a} after the batch, then those of {@code b}; (batch, 1) when none remain
     */
    public static Array dot(Array a, Array b, int axisA, int axisB) {
        long depth = a.size(axisA);
        Array.require(depth == b.size(axisB) && a.size(0) == b.size(0), "dot: " + a + " and " + b);
        long batch = a.size(0);
        Array.Form form = Native.real(a, b);
        Array left = last(a.as(form), axisA).reshape(batch, a.length() / batch / depth, depth);
        Array right = last(b.as(form), axisB).reshape(batch, b.length() / batch / depth, depth);
        Array product = Tape.note(
                "dot",
                Tape.aside(() -> product(left, right, false, true)),
                Tape.share(left, g -> product(g, right, false, false)),
                Tape.share(right, g -> product(g, left, true, false)));
        long[] sizes = new long[Math.max(2, a.rank() + b.rank() - 3)];
        java.util.Arrays.fill(sizes, 1);
        sizes[0] = batch;
        int at = 1;
        for (int axis = 1; axis < a.rank(); axis++) {
            if (axis != axisA) {
                sizes[at++] = a.size(axis);
            }
        }
        for (int axis = 1; axis < b.rank(); axis++) {
            if (axis != axisB) {
                sizes[at++] = b.size(axis);
            }
        }
        return product.reshape(sizes);
    }

    /** The product of matrices in the last two axes of both; the axes before broadcast. */
    public static Array matmul(Array a, Array b) {
        Array.require(a.rank() >= 2 && b.rank() >= 2 && a.size(-1) == b.size(-2), "matmul: " + a + " and " + b);
        long[] left = java.util.Arrays.copyOf(a.sizes(), a.rank() - 2);
        long[] right = java.util.Arrays.copyOf(b.sizes(), b.rank() - 2);
        long[] batch = Broadcasting.sizes(left, right);
        long count = java.util.Arrays.stream(batch).reduce(1, (x, y) -> x * y);
        Array.Form form = a.form().with(b.form());
        if (form == Array.Form.WHOLE) {
            return wholeProduct(a, b, batch);
        }
        Array x = stretched(a.as(form), batch).reshape(count, a.size(-2), a.size(-1));
        Array y = stretched(b.as(form), batch).reshape(count, b.size(-2), b.size(-1));
        Array product = Tape.note(
                "matmul",
                Tape.aside(() -> product(x, y, false, false)),
                Tape.share(x, g -> product(g, y, false, true)),
                Tape.share(y, g -> product(x, g, true, false)));
        long[] sizes = java.util.Arrays.copyOf(batch, batch.length + 2);
        sizes[batch.length] = a.size(-2);
        sizes[batch.length + 1] = b.size(-1);
        return product.reshape(sizes);
    }

    /** Native products of whole numbers are not exact. */
    private static Array wholeProduct(Array a, Array b, long[] batch) {
        Array left = stretched(a, batch);
        Array right = stretched(b, batch);
        int rows = (int) left.size(-2);
        int depth = (int) left.size(-1);
        int columns = (int) right.size(-1);
        long[] x = left.wholes();
        long[] y = right.wholes();
        long[] sizes = left.sizes().clone();
        sizes[sizes.length - 1] = columns;
        long[] product = new long[Math.toIntExact(java.util.Arrays.stream(sizes).reduce(1, (p, q) -> p * q))];
        for (int i = 0; i < product.length; i++) {
            int row = i / columns;
            int matrix = row / rows;
            for (int k = 0; k < depth; k++) {
                product[i] += x[row * depth + k] * y[(matrix * depth + k) * columns + i % columns];
            }
        }
        return Array.of(product, sizes);
    }

    private static Array stretched(Array x, long[] batch) {
        long[] sizes = java.util.Arrays.copyOf(batch, batch.length + 2);
        sizes[batch.length] = x.size(-2);
        sizes[batch.length + 1] = x.size(-1);
        return Broadcasting.to(x, sizes);
    }

    /** Every vector along an axis divided by its length, as {@code keras.utils.normalize}. */
    public static Array unitLength(Array x, int axis) {
        Array squares = Reducing.sum(Arithmetic.multiply(x.real(), x.real()), true, axis);
        Array lengths =
                squares.map(new Curve(s -> Math.sqrt(Math.max(s, 1e-12)), s -> s < 1e-12 ? 0 : 0.5 / Math.sqrt(s)));
        return Arithmetic.divide(x.real(), lengths);
    }

    private static Array last(Array x, int axis) {
        int[] order = new int[x.rank()];
        int at = 0;
        for (int i = 0; i < x.rank(); i++) {
            if (i != axis) {
                order[at++] = i;
            }
        }
        order[at] = axis;
        return Arranging.permute(x, order);
    }
}
