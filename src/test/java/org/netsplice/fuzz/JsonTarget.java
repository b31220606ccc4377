package org.netsplice.fuzz;

/** What Jazzer feeds with bytes. */
public final class JsonTarget {
    private JsonTarget() {}

    /** Reads one input. */
    public static void fuzzerTestOneInput(byte[] content) {
        Readers.JSON.read(content);
    }
}
