package org.netsplice.ops;

/**
 * Lets a long computation be stopped: between its pieces, operations ask what the computation was started with, and that may throw. It
 * belongs to the thread, because DL4J calls our operations and hands nothing of ours on to them.
 */
public final class Watch {
    private static final ThreadLocal<Runnable> ASKED = new ThreadLocal<>();

    private Watch() {}

    /** What computes something. */
    @FunctionalInterface
    public interface Computing<T> {
        T compute();
    }

    /** Computes in this thread; between pieces, {@code asked} is run. */
    public static <T> T over(Runnable asked, Computing<T> computing) {
        Runnable before = ASKED.get();
        ASKED.set(asked);
        try {
            return computing.compute();
        } finally {
            if (before == null) {
                ASKED.remove();
            } else {
                ASKED.set(before);
            }
        }
    }

    /** Asks whether to go on; throws what the one who was asked throws. */
    public static void ask() {
        Runnable asked = ASKED.get();
        if (asked != null) {
            asked.run();
        }
    }
}
