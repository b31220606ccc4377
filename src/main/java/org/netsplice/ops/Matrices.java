package org.netsplice.ops;

import java.util.Arrays;
import java.util.List;

/**
 * Square matrices in the last two axes, taken apart by Gaussian elimination with partial pivoting, in double precision. Where a matrix has
 * no inverse, or no Cholesky factor, the result holds infinite numbers or NaN.
 */
public final class Matrices {
    private Matrices() {}

    /** The determinants: (…, n, n) to (…). */
    public static Array determinant(Array x) {
        int n = order(x);
        double[] values = x.doubles();
        double[] results = new double[values.length / (n * n)];
        for (int i = 0; i < results.length; i++) {
            double[] matrix = Arrays.copyOfRange(values, i * n * n, (i + 1) * n * n);
            results[i] = eliminate(matrix, new double[0], n, 0);
            for (int k = 0; k < n; k++) {
                results[i] *= matrix[k * n + k];
            }
        }
        Array determinants = Array.like(x, results, Arrays.copyOf(x.sizes(), x.rank() - 2));
        return Tape.note("determinant", determinants, Tape.share(x, g -> {
            long[] single = Arrays.copyOf(determinants.sizes(), x.rank());
            Arrays.fill(single, x.rank() - 2, x.rank(), 1);
            Array factor = Arithmetic.multiply(g.reshape(single), determinants.reshape(single));
            return Arithmetic.multiply(factor, turned(inverse(x)));
        }));
    }

    /** Every matrix with rows and columns exchanged. */
    private static Array turned(Array x) {
        return Arranging.permute(x, Reducing.swap(x, x.rank() - 2));
    }

    /** The inverses: (…, n, n) to (…, n, n). */
    public static Array inverse(Array x) {
        int n = order(x);
        double[] identity = new double[Math.toIntExact(x.length())];
        for (int i = 0; i < identity.length; i++) {
            identity[i] = i / n % n == i % n ? 1 : 0;
        }
        return solve(x, Array.of(identity, x.sizes()));
    }

    /**
     * The solutions x of {@code a · x = b}.
     *
     * @param a (…, n, n)
     * @param b (…, n, k) with the same axes before
     * @return (…, n, k)
     */
    public static Array solve(Array a, Array b) {
        int n = order(a);
        int columns = Math.toIntExact(b.size(-1));
        Array.require(
                a.rank() == b.rank() && b.size(-2) == n && a.length() * columns == b.length() * n,
                "solve: " + a + " and " + b);
        double[] left = a.doubles();
        double[] right = b.doubles();
        double[] results = new double[right.length];
        for (int i = 0; i < left.length / (n * n); i++) {
            double[] matrix = Arrays.copyOfRange(left, i * n * n, (i + 1) * n * n);
            double[] solution = Arrays.copyOfRange(right, i * n * columns, (i + 1) * n * columns);
            eliminate(matrix, solution, n, columns);
            for (int row = n - 1; row >= 0; row--) {
                for (int column = 0; column < columns; column++) {
                    double sum = solution[row * columns + column];
                    for (int k = row + 1; k < n; k++) {
                        sum -= matrix[row * n + k] * solution[k * columns + column];
                    }
                    solution[row * columns + column] = sum / matrix[row * n + row];
                }
            }
            System.arraycopy(solution, 0, results, i * n * columns, solution.length);
        }
        Array x = Array.like(a, results, b.sizes());
        return Tape.note("solve", x, Tape.together(List.of(a, b), gradients -> {
            Array ofRight = solve(turned(a), gradients.get(0));
            return List.of(Arithmetic.scale(Linear.matmul(ofRight, turned(x)), -1, 0), ofRight);
        }));
    }

    /** The lower triangular factors L with {@code L · Lᵀ = x} of positive definite matrices (…, n, n), of which the lower half is read. */
    public static Array cholesky(Array x) {
        int n = order(x);
        double[] values = x.doubles();
        double[] factors = new double[values.length];
        for (int start = 0; start < values.length; start += n * n) {
            for (int row = 0; row < n; row++) {
                for (int column = 0; column <= row; column++) {
                    double sum = values[start + row * n + column];
                    for (int k = 0; k < column; k++) {
                        sum -= factors[start + row * n + k] * factors[start + column * n + k];
                    }
                    factors[start + row * n + column] =
                            row == column ? Math.sqrt(sum) : sum / factors[start + column * n + column];
                }
            }
        }
        return Tape.obstacle("Cholesky factors", Array.like(x, factors, x.sizes()), x);
    }

    private static int order(Array x) {
        Array.require(x.rank() >= 2 && x.size(-1) == x.size(-2) && x.length() > 0, "square matrices: " + x);
        return Math.toIntExact(x.size(-1));
    }

    /** Makes a matrix upper triangular and does the same to the right side; returns −1 for an odd number of exchanged rows, otherwise 1. */
    private static double eliminate(double[] matrix, double[] right, int n, int columns) {
        double sign = 1;
        for (int step = 0; step < n; step++) {
            int pivot = step;
            for (int row = step + 1; row < n; row++) {
                pivot = Math.abs(matrix[row * n + step]) > Math.abs(matrix[pivot * n + step]) ? row : pivot;
            }
            if (pivot != step) {
                sign = -sign;
                exchange(matrix, step, pivot, n);
                exchange(right, step, pivot, columns);
            }
            if (matrix[step * n + step] == 0) {
                continue;
            }
            for (int row = step + 1; row < n; row++) {
                double factor = matrix[row * n + step] / matrix[step * n + step];
                for (int k = step; k < n; k++) {
                    matrix[row * n + k] -= factor * matrix[step * n + k];
                }
                for (int k = 0; k < columns; k++) {
                    right[row * columns + k] -= factor * right[step * columns + k];
                }
            }
        }
        return sign;
    }

    private static void exchange(double[] rows, int one, int other, int width) {
        for (int k = 0; k < width; k++) {
            double kept = rows[one * width + k];
            rows[one * width + k] = rows[other * width + k];
            rows[other * width + k] = kept;
        }
    }
}
