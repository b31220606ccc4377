package org.netsplice.editor.gesture;

import java.util.Optional;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.edit.Figure;
import org.netsplice.edit.Spot;
import org.netsplice.edit.step.ChangeFigure;
import org.netsplice.editor.session.Session;

/** A note of the figure is moved. */
final class NoteMoving implements Drag {
    private final Session session;
    private final Point start;
    private final long number;
    private final Figure.Note note;
    private final long gesture;
    private Optional<ChangeFigure> latest = Optional.empty();

    NoteMoving(Session session, Point start, long number, long gesture) {
        this.session = session;
        this.start = start;
        this.number = number;
        this.note = session.document().placement().figure().notes().get(number);
        this.gesture = gesture;
    }

    @Override
    public Overlay to(double x, double y, boolean free) {
        Figure figure = session.document().placement().figure();
        if (note != null && figure.notes().containsKey(number)) {
            Spot place = note.place().plus(x - start.x(), y - start.y());
            Figure next = figure.withNote(number, new Figure.Note(note.text(), place));
            latest = Optional.of(new ChangeFigure(next, "move note", gesture));
            session.preview(latest.get());
        }
        return Overlay.NONE;
    }

    @Override
    public Ended end(double x, double y) {
        return latest.map(move -> Ended.refused(session.apply(move))).orElse(Ended.QUIETLY);
    }

    @Override
    public void cancel() {
        session.endPreview();
    }
}
