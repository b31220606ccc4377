package org.netsplice.container;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/**
 * An array whose rows come one after the other. They wait in a file of their own until all are there, because an {@code .npy} file
 * begins with their number.
 */
public final class NpySpool implements AutoCloseable {
    private final Path path;
    private final OutputStream waiting;
    private final DType dtype;
    private Shape shape;

    /**
     * An array without rows, but with those of {@code first} to follow.
     *
     * @param target the file it is for, beside which its rows wait
     */
    public NpySpool(Path target, Tensor first) throws IOException {
        this.path = target.toAbsolutePath().resolveSibling(".netsplice" + UUID.randomUUID() + ".part");
        path.toFile().deleteOnExit();
        this.waiting = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16);
        this.dtype = first.dtype();
        this.shape = first.shape().rank() == 0 ? first.shape() : first.shape().withBatch(0);
    }

    /** Adds rows, all of one shape and type. */
    public void add(Tensor rows) throws IOException {
        ElementType.write(rows, waiting);
        shape = shape.rank() == 0
                ? shape
                : shape.withBatch(shape.size(0) + rows.shape().size(0));
    }

    /** Writes the array with all rows that were added; none can be added afterwards. */
    public void writeTo(OutputStream out) throws IOException {
        waiting.close();
        Npy.writeHeader(dtype, shape, out);
        Files.copy(path, out);
    }

    @Override
    public void close() throws IOException {
        waiting.close();
        Files.deleteIfExists(path);
    }
}
