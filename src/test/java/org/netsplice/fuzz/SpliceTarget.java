package org.netsplice.fuzz;

/** What Jazzer feeds with bytes. */
public final class SpliceTarget {
    private SpliceTarget() {}

    /** Reads one input. */
    public static void fuzzerTestOneInput(byte[] content) {
        Readers.SPLICE.read(content);
    }
}
