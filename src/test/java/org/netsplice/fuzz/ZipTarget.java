package org.netsplice.fuzz;

/** What Jazzer feeds with bytes. */
public final class ZipTarget {
    private ZipTarget() {}

    /** Reads one input. */
    public static void fuzzerTestOneInput(byte[] content) {
        Readers.ZIP.read(content);
    }
}
