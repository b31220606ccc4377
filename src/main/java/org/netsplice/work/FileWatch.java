package org.netsplice.work;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells when files have changed on disk, from a thread of its own that does not keep the program alive. A change is told when it is
 * complete: when size and time stay the same for a moment. A file that goes away is told when it is there again and another one.
 */
public final class FileWatch implements AutoCloseable {
    /** A file that has not changed for this long, in milliseconds, is complete. */
    private static final long STILL = 400;
    /** Between two looks, in milliseconds, however many events there are. */
    private static final long PAUSE = 100;

    private final Executor home;
    private final WatchService service;
    private final Map<Path, Watched> files = new HashMap<>();
    private final Map<Path, WatchKey> folders = new HashMap<>();

    /** What tells a file from a changed one. */
    private record Stamp(boolean there, long time, long size, Object key) {
        private static final Stamp GONE = new Stamp(false, 0, 0, "");

        static Stamp of(Path file) {
            try {
                BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
                Object key = found.fileKey();
                return new Stamp(true, found.lastModifiedTime().toMillis(), found.size(), key == null ? "" : key);
            } catch (IOException unreadable) {
                return GONE;
            }
        }
    }

    private static final class Watched {
        private final Set<Consumer<Path>> listeners = new CopyOnWriteArraySet<>();
        private Stamp known;
        private Stamp seen;
    }

    private FileWatch(Executor home, WatchService service) {
        this.home = home;
        this.service = service;
    }

    /**
     * Begins to watch no file yet.
     *
     * @param home where changes are told, for instance the thread of the window
     * @throws IOException when this system cannot watch files
     */
    public static FileWatch start(Executor home) throws IOException {
        FileWatch watch = new FileWatch(home, FileSystems.getDefault().newWatchService());
        Thread thread = new Thread(watch::look, "changed files");
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    /** Lets a listener hear of changes of exactly these files, from their present state on. It may read disks, and is called off the window's thread. */
    public synchronized void listen(Consumer<Path> listener, Set<Path> wanted) {
        Set<Path> absolute = new HashSet<>();
        wanted.forEach(path -> absolute.add(path.toAbsolutePath()));
        for (Path file : absolute) {
            Watched watched = files.computeIfAbsent(file, any -> new Watched());
            if (watched.listeners.isEmpty()) {
                watched.known = Stamp.of(file);
                watched.seen = watched.known;
            }
            watched.listeners.add(listener);
            register(file.getParent());
        }
        files.forEach((file, watched) -> {
            if (!absolute.contains(file)) {
                watched.listeners.remove(listener);
            }
        });
        files.values().removeIf(watched -> watched.listeners.isEmpty());
        folders.entrySet().removeIf(folder -> {
            boolean unused =
                    files.keySet().stream().noneMatch(file -> folder.getKey().equals(file.getParent()));
            if (unused) {
                folder.getValue().cancel();
            }
            return unused;
        });
    }

    /** The program itself has just written a file; this is no change to tell. */
    public synchronized void wrote(Path file) {
        Watched watched = files.get(file.toAbsolutePath());
        if (watched != null) {
            watched.known = Stamp.of(file.toAbsolutePath());
        }
    }

    private void register(Path folder) {
        WatchKey present = folders.get(folder);
        if (folder == null || (present != null && present.isValid())) {
            return;
        }
        try {
            folders.put(
                    folder,
                    folder.register(
                            service,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE));
        } catch (IOException | ClosedWatchServiceException problem) {
            System.getLogger(FileWatch.class.getName()).log(System.Logger.Level.DEBUG, "not watched", problem);
        }
    }

    private void look() {
        try {
            boolean unsettled = false;
            while (!Thread.currentThread().isInterrupted()) {
                WatchKey key = unsettled ? service.poll(STILL, TimeUnit.MILLISECONDS) : service.take();
                while (key != null) {
                    key.pollEvents();
                    key.reset();
                    key = service.poll();
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE);
                unsettled = compare();
            }
        } catch (ClosedWatchServiceException closed) {
            return;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells of complete changes; returns whether a file is still changing. */
    private synchronized boolean compare() {
        boolean unsettled = false;
        for (Map.Entry<Path, Watched> file : files.entrySet()) {
            Watched watched = file.getValue();
            Stamp now = Stamp.of(file.getKey());
            boolean still = now.equals(watched.seen);
            watched.seen = now;
            if (now.equals(watched.known)) {
                continue;
            }
            if (!still) {
                unsettled = true;
            } else if (now.there()) {
                watched.known = now;
                for (Consumer<Path> listener : List.copyOf(watched.listeners)) {
                    home.execute(() -> listener.accept(file.getKey()));
                }
            }
        }
        return unsettled;
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException problem) {
            System.getLogger(FileWatch.class.getName()).log(System.Logger.Level.DEBUG, "not closed", problem);
        }
    }
}
