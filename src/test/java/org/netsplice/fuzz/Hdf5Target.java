package org.netsplice.fuzz;

/** What Jazzer feeds with bytes. */
public final class Hdf5Target {
    private Hdf5Target() {}

    /** Reads one input. */
    public static void fuzzerTestOneInput(byte[] content) {
        Readers.HDF5.read(content);
    }
}
