package org.netsplice.ops;

/** Bessel functions. */
public final class Bessel {
    private Bessel() {}

    /** The modified function of the first kind and order 0: the sum of (x² / 4)ⁿ / (n!)² over all n. */
    public static double i0(double x) {
        double quarter = x * x / 4;
        double term = 1;
        double sum = 1;
        for (int n = 1; term > sum * 1e-17; n++) {
            term *= quarter / ((double) n * n);
            sum += term;
        }
        return sum;
    }

    /** The derivative of {@link #i0}: the function of order 1, the sum of (x / 2)²ⁿ⁺¹ / (n! · (n + 1)!) over all n. */
    public static double i1(double x) {
        double quarter = x * x / 4;
        double term = 1;
        double sum = 1;
        for (int n = 1; term > sum * 1e-17; n++) {
            term *= quarter / (n * (n + 1.0));
            sum += term;
        }
        return sum * x / 2;
    }
}
