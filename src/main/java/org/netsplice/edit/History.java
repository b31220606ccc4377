package org.netsplice.edit;

import java.util.Optional;

/**
 * The present document and the ones before and after it. Undo returns the same value as before. Immutable.
 */
public final class History {
    private final Document present;
    private final Step past;
    private final Step future;

    /** A document, the edit between it and the present side, and what lies beyond it. */
    private record Step(Document document, Edit edit, Step beyond) {}

    private History(Document present, Step past, Step future) {
        this.present = present;
        this.past = past;
        this.future = future;
    }

    /** A history that begins with a document. */
    public static History of(Document document) {
        return new History(document, null, null);
    }

    public Document present() {
        return present;
    }

    /** Applies an edit; an edit that changes nothing is not recorded, and one that continues the last is joined with it. */
    public History apply(Edit edit) {
        Document next = edit.apply(present);
        if (next.equals(present)) {
            return this;
        }
        Optional<Edit> joined = past == null ? Optional.empty() : past.edit().followedBy(edit);
        if (joined.isPresent() && future == null) {
            return new History(next, new Step(past.document(), joined.get(), past.beyond()), null);
        }
        return new History(next, new Step(present, edit, past), null);
    }

    /** The title of the edit that undo would take back. */
    public Optional<String> undoTitle() {
        return Optional.ofNullable(past).map(step -> step.edit().title());
    }

    /** The title of the edit that redo would apply. */
    public Optional<String> redoTitle() {
        return Optional.ofNullable(future).map(step -> step.edit().title());
    }

    /** The history one step back; the same one at its beginning. */
    public History undo() {
        return past == null
                ? this
                : new History(past.document(), past.beyond(), new Step(present, past.edit(), future));
    }

    /** The history one step forth; the same one at its end. */
    public History redo() {
        return future == null
                ? this
                : new History(future.document(), new Step(present, future.edit(), past), future.beyond());
    }
}
