package org.netsplice.fuzz;

/** What Jazzer feeds with bytes. */
public final class PictureTarget {
    private PictureTarget() {}

    /** Reads one input. */
    public static void fuzzerTestOneInput(byte[] content) {
        Readers.PICTURE.read(content);
    }
}
