package org.netsplice.container;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.UUID;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** Writes files so that at every moment either the old or the complete new content is there. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Writes the content into a stream. */
    @FunctionalInterface
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

    /**
     * Writes beside the target, flushes to the disk, then takes the target's place. A file that is replaced keeps its
     * permissions, and a symbolic link stays one.
     */
    public static void write(Path target, Content content) {
        Path part = null;
        try {
            Path absolute = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
            if (absolute.getParent() == null || !Files.isDirectory(absolute.getParent())) {
                throw failed(target, "the folder " + absolute.getParent() + " does not exist", null);
            }
            part = absolute.resolveSibling(".netsplice" + UUID.randomUUID() + ".part");
            try (OutputStream out = new BufferedOutputStream(
                    Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), 1 << 16)) {
                content.write(out);
            }
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            PosixFileAttributeView old = Files.getFileAttributeView(absolute, PosixFileAttributeView.class);
            if (old != null && Files.exists(absolute)) {
                Files.setPosixFilePermissions(part, old.readAttributes().permissions());
            }
            move(part, absolute);
            part = null;
        } catch (IOException problem) {
            throw failed(target, "cannot be written: " + problem.getMessage(), problem);
        } finally {
            discard(part);
        }
    }

    private static void move(Path part, Path target) throws IOException {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException problem) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void discard(Path part) {
        if (part != null && part.toFile().exists() && !part.toFile().delete()) {
            part.toFile().deleteOnExit();
        }
    }

    private static ModelException.CannotExport failed(Path target, String what, Throwable cause) {
        return new ModelException.CannotExport(
                Problem.error(
                        new Where.InFile(target.toString(), ""), what, "Choose another folder or free some space."),
                cause);
    }
}
