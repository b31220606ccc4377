package org.netsplice.fuzz;

/** What Jazzer feeds with bytes. */
public final class OnnxTarget {
    private OnnxTarget() {}

    /** Reads one input. */
    public static void fuzzerTestOneInput(byte[] content) {
        Readers.ONNX.read(content);
    }
}
