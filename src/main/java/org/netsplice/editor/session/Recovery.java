package org.netsplice.editor.session;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.netsplice.container.AtomicFile;
import org.netsplice.edit.Document;
import org.netsplice.problem.ModelException;
import org.netsplice.work.Lane;

/**
 * Keeps a copy of a document with unsaved changes in a folder, so that it is found again when the program ends without asking. Every
 * change is written immediately; while one is being written, only the newest waits. A lock tells copies of running programs from orphaned ones.
 */
public final class Recovery implements AutoCloseable {
    private static final String COPY = ".splice";
    private static final String LOCK = ".lock";
    /** The file beside a copy: the document's name in its first line, and its path in the second, if it has one. */
    private static final String NOTE = ".origin";

    /** Writes a document into a file, atomically. */
    @FunctionalInterface
    public interface Writer {
        void write(Document document, Path path);
    }

    /**
     * A copy of a document that was never saved because the program ended unexpectedly.
     *
     * @param name the name of the document; empty when it is not known
     * @param origin the file of the document, if it had one
     */
    public record Left(Path copy, String name, Optional<Path> origin, Instant changed) {

        /** Removes it. */
        public void discard() {
            remove(copy);
        }
    }

    private final Path folder;
    private final Path copy;
    private final Writer writer;
    private final FileChannel channel;
    private final AtomicReference<Wanted> wanted = new AtomicReference<>();

    /** What shall be in the copy; no document for no copy. */
    private record Wanted(Optional<Document> document, Optional<Path> origin) {}

    private Recovery(Path folder, Path copy, Writer writer, FileChannel channel) {
        this.folder = folder;
        this.copy = copy;
        this.writer = writer;
        this.channel = channel;
    }

    /** Begins to keep copies in a folder, creating it if needed; empty when that fails. */
    public static Optional<Recovery> begin(Path folder, Writer writer) {
        String name = UUID.randomUUID().toString();
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(
                    folder.resolve(name + LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            channel.lock();
            discardParts(folder);
            return Optional.of(new Recovery(folder, folder.resolve(name + COPY), writer, channel));
        } catch (IOException problem) {
            System.getLogger(Recovery.class.getName()).log(System.Logger.Level.WARNING, "no recovery", problem);
            return Optional.empty();
        }
    }

    /** Removes unfinished files that are a day old or older, and locks without a copy. */
    private static void discardParts(Path folder) throws IOException {
        Instant old = Instant.now().minus(Duration.ofDays(1));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                boolean left = name.endsWith(".part") || (name.endsWith(LOCK) && lockOfNothing(file));
                if (left && Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static boolean lockOfNothing(Path lock) {
        String name = lock.getFileName().toString();
        Path copy = lock.resolveSibling(name.substring(0, name.length() - LOCK.length()) + COPY);
        return !Files.exists(copy) && abandoned(copy);
    }

    /** Copies of programs that run no more, the newest first. */
    public List<Left> left() {
        List<Left> left = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (file.toString().endsWith(COPY) && !file.equals(copy) && abandoned(file)) {
                    left.add(left(file));
                }
            }
        } catch (IOException problem) {
            return List.of();
        }
        left.sort(Comparator.comparing(Left::changed).reversed());
        return left;
    }

    private static Path beside(Path copy, String extension) {
        String name = copy.getFileName().toString();
        return copy.resolveSibling(name.substring(0, name.length() - COPY.length()) + extension);
    }

    private static boolean abandoned(Path copy) {
        Path lock = beside(copy, LOCK);
        if (!Files.exists(lock)) {
            return true;
        }
        try (FileChannel other = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            try (FileLock taken = other.tryLock()) {
                return taken != null;
            }
        } catch (IOException | OverlappingFileLockException running) {
            return false;
        }
    }

    private static Left left(Path copy) throws IOException {
        Instant changed = Files.getLastModifiedTime(copy).toInstant();
        try {
            String note = Files.readString(beside(copy, NOTE), StandardCharsets.UTF_8);
            int end = note.indexOf('\n');
            String path = note.substring(end + 1);
            return new Left(
                    copy,
                    note.substring(0, Math.max(0, end)),
                    path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path)),
                    changed);
        } catch (IOException | java.nio.file.InvalidPathException none) {
            return new Left(copy, "", Optional.empty(), changed);
        }
    }

    private static void remove(Path copy) {
        try {
            Files.deleteIfExists(copy);
            Files.deleteIfExists(beside(copy, NOTE));
            Files.deleteIfExists(beside(copy, LOCK));
        } catch (IOException problem) {
            System.getLogger(Recovery.class.getName()).log(System.Logger.Level.DEBUG, "recovery", problem);
        }
    }

    /** Keeps the newest state of a document with unsaved changes; removes the copy when there are none. Returns immediately. */
    public void keep(Session session) {
        boolean any = session.dirty() && !session.document().graph().nodes().isEmpty();
        Wanted next = new Wanted(any ? Optional.of(session.document()) : Optional.empty(), session.file());
        Wanted before = wanted.getAndSet(next);
        if (before == null && (any || Files.exists(copy))) {
            Lane.RECOVERY.run(this::write);
        } else if (before == null) {
            wanted.compareAndSet(next, null);
        }
    }

    /** Does something when all that was asked for has been written. */
    public void afterWriting(Runnable task) {
        Lane.RECOVERY.run(task);
    }

    private synchronized void write() {
        Wanted now = wanted.getAndSet(null);
        if (now == null || !channel.isOpen()) {
            return;
        }
        try {
            if (now.document().isEmpty()) {
                Files.deleteIfExists(copy);
                Files.deleteIfExists(beside(copy, NOTE));
                return;
            }
            writer.write(now.document().get(), copy);
            String name = now.document().get().name().replaceAll("\\R", " ");
            String path =
                    now.origin().map(file -> file.toAbsolutePath().toString()).orElse("");
            byte[] note = (name + "\n" + path).getBytes(StandardCharsets.UTF_8);
            AtomicFile.write(beside(copy, NOTE), out -> out.write(note));
        } catch (IOException | ModelException problem) {
            System.getLogger(Recovery.class.getName()).log(System.Logger.Level.WARNING, "recovery", problem);
        }
    }

    /** Ends: the user has saved or discarded everything, so that no copy is left. Waits for a copy that is being written. */
    @Override
    public synchronized void close() {
        wanted.set(null);
        try {
            channel.close();
        } catch (IOException problem) {
            System.getLogger(Recovery.class.getName()).log(System.Logger.Level.DEBUG, "recovery", problem);
        }
        remove(copy);
    }
}
