package org.netsplice.fuzz;

/** What Jazzer feeds with bytes. */
public final class NpyTarget {
    private NpyTarget() {}

    /** Reads one input. */
    public static void fuzzerTestOneInput(byte[] content) {
        Readers.NPY.read(content);
    }
}
