package org.netsplice.app;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.netsplice.work.Lane;

/**
 * Lets the window that is open already open the files of a later start. The first start holds a lock and listens at a socket that is a
 * file in a folder only its user may enter; later ones send the paths of their files there and nothing else. No other machine and
 * no other user can reach it. Where any of this is impossible, every start has a window of its own.
 */
final class OneWindow implements AutoCloseable {
    private static final String GREETING = "netsplice 1";
    private static final String TAKEN = "taken";
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_FILES = 256;
    /** Another start is waited for that long, in nanoseconds: it may be about to open or close its window. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    private final FileChannel lock;
    private final ServerSocketChannel server;
    private final Path socket;

    private OneWindow(FileChannel lock, ServerSocketChannel server, Path socket) {
        this.lock = lock;
        this.server = server;
        this.socket = socket;
    }

    /**
     * What became of a start.
     *
     * @param taken whether a window that is open has taken the files
     * @param first this start, when it is the first one and shall hear of others
     */
    record Meeting(boolean taken, Optional<OneWindow> first) {
        static final Meeting ALONE = new Meeting(false, Optional.empty());
    }

    /** Meets the start before, or becomes the first one; {@code place} tells windows on different screens apart. */
    static Meeting meet(Path folder, String place, List<Path> files) {
        long end = System.nanoTime() + PATIENCE / 5;
        try {
            if (!isPrivate(folder)) {
                return Meeting.ALONE;
            }
            String name = "window-" + Integer.toHexString(place.hashCode()).toLowerCase(Locale.ROOT);
            do {
                Optional<OneWindow> first = first(folder, name);
                if (first.isPresent()) {
                    return new Meeting(false, first);
                }
                if (send(folder.resolve(name + ".socket"), files)) {
                    return new Meeting(true, Optional.empty());
                }
                TimeUnit.MILLISECONDS.sleep(100);
            } while (System.nanoTime() < end);
        } catch (IOException | UnsupportedOperationException problem) {
            System.getLogger(OneWindow.class.getName()).log(System.Logger.Level.DEBUG, "own window", problem);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return Meeting.ALONE;
    }

    /** Makes the folder, if needed, so that only this user may enter it; returns false when it belongs to somebody else. */
    private static boolean isPrivate(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (Files.getFileAttributeView(folder, PosixFileAttributeView.class) == null) {
            return true;
        }
        Path own = Files.createTempFile(folder, "own", "");
        try {
            if (!Files.getOwner(own).equals(Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS))) {
                return false;
            }
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            return true;
        } finally {
            Files.delete(own);
        }
    }

    /** Takes the lock and listens; empty when another start has the lock. */
    private static Optional<OneWindow> first(Path folder, String name) throws IOException {
        FileChannel lock =
                FileChannel.open(folder.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean kept = false;
        try {
            if (lock.tryLock() == null) {
                return Optional.empty();
            }
            Path socket = folder.resolve(name + ".socket");
            Files.deleteIfExists(socket);
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket));
            kept = true;
            return Optional.of(new OneWindow(lock, server, socket));
        } catch (OverlappingFileLockException inThisProgram) {
            return Optional.empty();
        } finally {
            if (!kept) {
                lock.close();
            }
        }
    }

    /** Sends paths to the start that listens; returns whether it has taken them. */
    private static boolean send(Path socket, List<Path> files) throws IOException {
        StringBuilder text = new StringBuilder(GREETING).append('\0');
        for (Path file : files) {
            text.append(file.toAbsolutePath().normalize()).append('\0');
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.shutdownOutput();
            return read(channel, PATIENCE).equals(TAKEN);
        } catch (IOException nobody) {
            return false;
        }
    }

    /** Hears of the files of later starts, absolute and existing, from a thread of its own; a start without files brings an empty list. */
    void listen(Consumer<List<Path>> arrivals) {
        Lane.ARRIVALS.run(() -> {
            while (server.isOpen()) {
                try (SocketChannel channel = server.accept()) {
                    Optional<List<Path>> files = paths(read(channel, PATIENCE / 5));
                    if (files.isPresent()) {
                        channel.configureBlocking(true);
                        channel.write(ByteBuffer.wrap(TAKEN.getBytes(StandardCharsets.UTF_8)));
                        arrivals.accept(files.get());
                    }
                } catch (ClosedChannelException closed) {
                    return;
                } catch (IOException broken) {
                    System.getLogger(OneWindow.class.getName())
                            .log(System.Logger.Level.DEBUG, "a start was not understood", broken);
                }
            }
        });
    }

    /** What comes until the other side ends, at most {@code patience} nanoseconds. */
    private static String read(SocketChannel channel, long patience) throws IOException {
        long end = System.nanoTime() + patience;
        ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            while (true) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0 || !bytes.hasRemaining()) {
                    throw new IOException("no complete message");
                }
                selector.select(left);
                selector.selectedKeys().clear();
                if (channel.read(bytes) < 0) {
                    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
                }
            }
        }
    }

    /** The paths of a message; empty when it is none. Files that are not there are left out. */
    private static Optional<List<Path>> paths(String message) {
        String[] parts = message.split("\0");
        if (!parts[0].equals(GREETING) || parts.length > MOST_FILES + 1) {
            return Optional.empty();
        }
        List<Path> files = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            try {
                Path file = Path.of(parts[i]);
                if (file.isAbsolute() && Files.exists(file)) {
                    files.add(file);
                }
            } catch (InvalidPathException unusable) {
                return Optional.empty();
            }
        }
        return Optional.of(files);
    }

    @Override
    public void close() {
        try (lock;
                server) {
            Files.deleteIfExists(socket);
        } catch (IOException problem) {
            System.getLogger(OneWindow.class.getName()).log(System.Logger.Level.DEBUG, "not closed", problem);
        }
    }
}
