package org.netsplice.fuzz;

/** What Jazzer feeds with bytes. */
public final class NpzTarget {
    private NpzTarget() {}

    /** Reads one input. */
    public static void fuzzerTestOneInput(byte[] content) {
        Readers.NPZ.read(content);
    }
}
