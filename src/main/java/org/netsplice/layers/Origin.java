package org.netsplice.layers;

/**
 * Which Keras wrote a file. Keras 1 and 2 name some settings, compute some functions and store some weights differently.
 *
 * @param major 1, 2 or 3
 * @param theano whether it ran on Theano, which turns convolution kernels round
 */
public record Origin(int major, boolean theano) {
    /** Any Keras 3. */
    public static final Origin KERAS_3 = new Origin(3, false);

    /**
     * The origin a file states.
     *
     * @param version such as {@code 2.2.4-tf}; one that cannot be read is taken for Keras 3
     */
    public static Origin of(String version, String backend) {
        int major = version.matches("[0-9]\\..*") ? Math.max(1, version.charAt(0) - '0') : KERAS_3.major;
        return new Origin(major, backend.equals("theano"));
    }

    /** Whether it is older than Keras 3. */
    public boolean old() {
        return major < KERAS_3.major;
    }

    /** Whether it is Keras 1. */
    public boolean first() {
        return major == 1;
    }
}
