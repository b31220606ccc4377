package org.netsplice.fuzz;

/** What Jazzer feeds with bytes. */
public final class CsvTarget {
    private CsvTarget() {}

    /** Reads one input. */
    public static void fuzzerTestOneInput(byte[] content) {
        Readers.CSV.read(content);
    }
}
