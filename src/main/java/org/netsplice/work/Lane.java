package org.netsplice.work;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** A thread of its own on which works run one after the other. The thread does not keep the program alive. */
public final class Lane {
    /** Compiling and predicting. */
    public static final Lane ENGINE = new Lane("engine", 64L << 20);
    /** Arranging diagrams; deep graphs recurse deeply, hence the large stack. */
    public static final Lane LAYOUT = new Lane("layout", 512L << 20);
    /** Copies of unsaved documents, which wait for nothing else. */
    public static final Lane RECOVERY = new Lane("recovery", 64L << 20);
    /** Reading and writing files. */
    public static final Lane FILES = new Lane("files", 64L << 20);
    /** Waiting for files that another start of the program brings. */
    public static final Lane ARRIVALS = new Lane("arrivals", 1L << 20);

    private final ExecutorService executor;

    private Lane(String name, long stack) {
        executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(null, task, name, stack);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Runs something on a thread of its own, which ends with it and does not keep the program alive. */
    public static void alone(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Queues something that needs no progress and has no outcome. */
    public void run(Runnable task) {
        executor.execute(task);
    }

    /** What becomes of a work; every call comes through the executor that was given with the work. */
    public interface Outcome<T> {
        void progress(double fraction, String what);

        void done(T result);

        void failed(Throwable problem);

        void stopped();
    }

    /**
     * Queues a work.
     *
     * @param home where the outcome is told, for instance the thread of the window
     * @return asks the work to stop; {@code stopped} is told at once, and a late result is dropped
     */
    public <T> Runnable start(Work<T> work, Executor home, Outcome<T> outcome) {
        AtomicBoolean over = new AtomicBoolean();
        executor.execute(() -> {
            if (over.get()) {
                return;
            }
            run(work, home, outcome, over);
        });
        return () -> {
            if (over.compareAndSet(false, true)) {
                home.execute(outcome::stopped);
            }
        };
    }

    private static <T> void run(Work<T> work, Executor home, Outcome<T> outcome, AtomicBoolean over) {
        Progress progress = (fraction, what) -> {
            if (over.get()) {
                throw new Stopped();
            }
            home.execute(() -> outcome.progress(fraction, what));
        };
        try {
            T result = work.run(progress);
            if (over.compareAndSet(false, true)) {
                home.execute(() -> outcome.done(result));
            }
        } catch (Stopped stopped) {
            if (over.compareAndSet(false, true)) {
                home.execute(outcome::stopped);
            }
        } catch (Throwable problem) {
            if (over.compareAndSet(false, true)) {
                home.execute(() -> outcome.failed(problem));
            }
        }
    }
}
