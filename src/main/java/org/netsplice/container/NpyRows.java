package org.netsplice.container;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/**
 * The rows of an array in an {@code .npy} file, or in such an entry of an {@code .npz} archive, read as they are asked for. An array
 * stored column by column is read whole, because its first row ends near the end of the file.
 */
public final class NpyRows implements AutoCloseable {
    private final InputStream in;
    private final ReadableByteChannel numbers;
    private final Closeable owner;
    private final Npy.Header header;
    private final String file;
    private final String inside;
    private Tensor held;
    private long done;

    private NpyRows(InputStream content, long size, Closeable owner, String file, String inside) throws IOException {
        this.in = new BufferedInputStream(content, Npy.LARGEST_HEAD);
        this.numbers = Channels.newChannel(in);
        this.owner = owner;
        this.file = file;
        this.inside = inside;
        in.mark(Npy.LARGEST_HEAD);
        this.header = Npy.header(in.readNBytes(Npy.LARGEST_HEAD), file, inside);
        in.reset();
        in.skipNBytes(header.length());
        header.requireContent(size - header.length(), file, inside);
    }

    /** Opens a file of any size. */
    public static NpyRows open(Path path) {
        String file = String.valueOf(path.getFileName());
        try {
            InputStream in = Files.newInputStream(path);
            return opened(in, Files.size(path), in, file, "");
        } catch (IOException problem) {
            throw Guard.unreadable(file, problem);
        }
    }

    /** Opens an entry of an archive, named as it stands there; closing the rows closes the archive. */
    static NpyRows open(ZipReader zip, String entry) {
        return opened(zip.stream(entry), zip.size(entry), zip::close, zip.file(), entry);
    }

    private static NpyRows opened(InputStream in, long size, Closeable owner, String file, String inside) {
        try {
            return new NpyRows(in, size, owner, file, inside);
        } catch (IOException problem) {
            close(owner, file);
            throw Guard.unreadable(file, problem);
        } catch (RuntimeException problem) {
            close(owner, file);
            throw problem;
        }
    }

    /** The shape of the whole array. */
    public Shape shape() {
        return header.shape();
    }

    /** The next rows of the first axis, a tensor of its own: {@code most} of them, fewer at the end, then none. */
    public Tensor next(long most) {
        long rows = Math.min(most, shape().size(0) - done);
        long from = done;
        done += rows;
        try {
            if (header.fortran()) {
                held = held == null ? header.read(block -> Npy.fill(numbers, block), file, inside) : held;
                return held.rows(from, from + rows);
            }
            Tensor next = header.part(rows).read(block -> Npy.fill(numbers, block), file, inside);
            if (done == shape().size(0)) {
                /* The checksum of an entry is known at its end. */
                in.transferTo(OutputStream.nullOutputStream());
            }
            return next;
        } catch (IOException problem) {
            throw Guard.unreadable(file, problem);
        }
    }

    /** How many rows have been read. */
    public long done() {
        return done;
    }

    @Override
    public void close() {
        close(owner, file);
    }

    private static void close(Closeable owner, String file) {
        try {
            owner.close();
        } catch (IOException problem) {
            throw Guard.unreadable(file, problem);
        }
    }
}
