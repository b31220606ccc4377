package org.netsplice.dl4j;

import org.netsplice.work.Progress;

/** Lets a prediction be stopped between two vertices: DL4J calls them, and hands nothing of ours on to them. */
final class Watch {
    private static final ThreadLocal<Progress> WATCHING = new ThreadLocal<>();

    private Watch() {}

    /** What runs a network. */
    @FunctionalInterface
    interface Running<T> {
        T run();
    }

    /** Runs a network in this thread, whose vertices each ask {@code progress} whether to stop. */
    static <T> T over(Progress progress, Running<T> running) {
        WATCHING.set(progress);
        try {
            return running.run();
        } finally {
            WATCHING.remove();
        }
    }

    /** Throws {@link org.netsplice.work.Stopped} when the user asked to stop. */
    static void beforeVertex() {
        Progress progress = WATCHING.get();
        if (progress != null) {
            progress.at(-1, "Predicting");
        }
    }
}
