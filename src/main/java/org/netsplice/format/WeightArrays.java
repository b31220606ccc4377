package org.netsplice.format;

import java.io.BufferedOutputStream;
import java.nio.file.Path;
import org.netsplice.container.AtomicFile;
import org.netsplice.container.Npy;
import org.netsplice.graph.Tensor;

/** Writes single tensors as NumPy files. */
public final class WeightArrays {
    private WeightArrays() {}

    /** Writes a tensor as {@code .npy}, atomically. */
    public static void write(Tensor tensor, Path path) {
        AtomicFile.write(path, out -> {
            BufferedOutputStream buffered = new BufferedOutputStream(out);
            Npy.write(tensor, buffered);
            buffered.flush();
        });
    }
}
