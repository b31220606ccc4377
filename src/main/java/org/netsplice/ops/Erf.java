package org.netsplice.ops;

/** The error function, {@code 2/√π · ∫₀ˣ exp(−t²) dt}. */
public final class Erf {
    private Erf() {}

    /** The error function. */
    public static double erf(double x) {
        return org.apache.commons.math3.special.Erf.erf(x);
    }

    /** The derivative, {@code 2/√π · exp(−x²)}. */
    public static double slope(double x) {
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x);
    }

    /** {@code 1 − erf(x)}, exact for large numbers too. */
    public static double erfc(double x) {
        return org.apache.commons.math3.special.Erf.erfc(x);
    }

    /** The number whose error function is {@code x}, which lies between −1 and 1. */
    public static double inverse(double x) {
        return org.apache.commons.math3.special.Erf.erfInv(x);
    }
}
