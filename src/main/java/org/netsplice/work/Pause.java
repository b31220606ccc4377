package org.netsplice.work;

/** Lets time pass in a work. */
public final class Pause {
    private static final long STEP = 10;

    private Pause() {}

    /** Returns after some milliseconds, or throws {@link Stopped} soon after the work was asked to stop. */
    public static void of(long milliseconds, String what, Progress progress) {
        long end = System.nanoTime() + milliseconds * 1_000_000;
        try {
            while (System.nanoTime() < end) {
                progress.at(-1, what);
                Thread.sleep(STEP);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Stopped();
        }
        progress.at(-1, what);
    }
}
