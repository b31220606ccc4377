package org.netsplice.editor.gesture;

import java.util.Optional;
import org.netsplice.editor.gesture.Gestures.Asked;

/** Something the pointer drags, in the coordinates of the scene. */
interface Drag {

    /**
     * The pointer has moved.
     *
     * @param free whether snapping is off
     * @return what to show above the picture
     */
    Overlay to(double x, double y, boolean free);

    /** The pointer was let go. */
    Ended end(double x, double y);

    /** The drag was given up; the document is as before. */
    default void cancel() {}

    /** How a drag ended: with a question, with words to show, or quietly. */
    record Ended(Optional<Asked> asked, Overlay overlay) {
        static final Ended QUIETLY = new Ended(Optional.empty(), Overlay.NONE);

        static Ended refused(Optional<org.netsplice.problem.Problem> problem) {
            return problem.map(reason ->
                            new Ended(Optional.empty(), Overlay.saying(reason.what() + ". " + reason.remedy(), false)))
                    .orElse(QUIETLY);
        }
    }
}
