package org.netsplice.editor.session;

import org.netsplice.work.Pause;
import org.netsplice.work.Progress;

/**
 * Waits with a long layout while a draft of it is seen, in case the next step follows at once: a layout takes all of a processor,
 * which who makes one step after the other needs more. Waits half as long as the last layout took, and not long.
 */
final class LayoutDelay {
    private static final long MOST = 400;

    private long milliseconds;
    private long begun;

    /** Notes that another picture is begun. */
    void begin() {
        begun = 0;
    }

    /** Waits, unless the work is stopped. */
    void await(Progress progress) {
        Pause.of(milliseconds, "Arranging", progress);
        begun = System.nanoTime();
    }

    /** Notes that the picture is ready, for the layout of which it was perhaps waited. */
    void ready() {
        if (begun != 0) {
            milliseconds = Math.min(MOST, (System.nanoTime() - begun) / 2_000_000);
        }
    }
}
