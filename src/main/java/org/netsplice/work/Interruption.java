package org.netsplice.work;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command finish what it does when its user presses Ctrl+C: the program ends only when it is closed, and the system then reports
 * the exit code 130.
 */
public final class Interruption implements AutoCloseable {
    /** How long the program waits for the command, after which it ends all the same. */
    private static final long LONGEST_SECONDS = 60;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean asked;

    private Interruption() {
        hook = new Thread(this::await, "interruption");
    }

    /** Listens from now on. */
    public static Interruption listen() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void await() {
        asked = true;
        try {
            over.await(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the program was asked to end. */
    public boolean asked() {
        return asked;
    }

    /** Lets the program end. */
    @Override
    public void close() {
        over.countDown();
        if (!asked) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException ending) {
                asked = true;
            }
        }
    }
}
