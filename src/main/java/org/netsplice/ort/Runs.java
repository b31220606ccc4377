package org.netsplice.ort;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.HashSet;
import java.util.Set;
import org.netsplice.work.Stopped;

/**
 * The computations that are running now. They end before the program does: ONNX Runtime closes itself in a shutdown hook, and the process
 * crashes when it still computes then.
 */
final class Runs {
    /** How long the program waits for them at most, in milliseconds. */
    private static final long LONGEST = 10_000;

    private static final Set<OrtSession.RunOptions> RUNNING = new HashSet<>();
    private static boolean ending;

    private Runs() {}

    /** A computation. */
    interface Run<T> {
        T with(OrtSession.RunOptions options) throws OrtException;
    }

    /**
     * Computes.
     *
     * @throws Stopped when the program ends
     */
    static <T> T compute(Run<T> run) throws OrtException {
        try (OrtSession.RunOptions options = new OrtSession.RunOptions()) {
            begin(options);
            try {
                return run.with(options);
            } finally {
                end(options);
            }
        }
    }

    private static void begin(OrtSession.RunOptions options) {
        synchronized (RUNNING) {
            if (ending) {
                throw new Stopped();
            }
            RUNNING.add(options);
        }
    }

    private static void end(OrtSession.RunOptions options) {
        synchronized (RUNNING) {
            RUNNING.remove(options);
            RUNNING.notifyAll();
            if (ending) {
                throw new Stopped();
            }
        }
    }

    /** Ends all computations, and waits for them. */
    static void endAll() {
        synchronized (RUNNING) {
            ending = true;
            for (OrtSession.RunOptions options : RUNNING) {
                try {
                    options.setTerminate(true);
                } catch (OrtException problem) {
                    System.getLogger(Runs.class.getName()).log(System.Logger.Level.DEBUG, "terminate", problem);
                }
            }
            long end = System.nanoTime() + LONGEST * 1_000_000;
            try {
                while (!RUNNING.isEmpty() && System.nanoTime() < end) {
                    RUNNING.wait(100);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
