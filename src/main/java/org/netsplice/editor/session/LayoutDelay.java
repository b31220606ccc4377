package org.netsplice.editor.session;

import org.netsplice.work.Pause;
import org.netsplice.work.Progress;

/**
 * Delays a long layout while a draft of it is shown, in case the user makes the next step immediately: the layout would take a whole
 * processor away from that step. The delay is half the time of the last layout, at most 400 ms.
 */
final class LayoutDelay {
    private static final long MAX_MILLISECONDS = 400;

    private long milliseconds;
    private long begun;

    /** Notes that another layout begins. */
    void begin() {
        begun = 0;
    }

    /** Waits for the delay, unless the work is cancelled. */
    void await(Progress progress) {
        Pause.of(milliseconds, "Arranging", progress);
        begun = System.nanoTime();
    }

    /** Notes that the picture is ready, and sets the delay of the next layout. */
    void ready() {
        if (begun != 0) {
            milliseconds = Math.min(MAX_MILLISECONDS, (System.nanoTime() - begun) / 2_000_000);
        }
    }
}
