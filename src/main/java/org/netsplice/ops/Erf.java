package org.netsplice.ops;

/** The error function, {@code 2/√π · ∫₀ˣ exp(−t²) dt}. */
public final class Erf {
    private Erf() {}

    public static double erf(double x) {
        return org.apache.commons.math3.special.Erf.erf(x);
    }
}
