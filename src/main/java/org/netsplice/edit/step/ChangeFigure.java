package org.netsplice.edit.step;

import java.util.Optional;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.edit.Figure;

/**
 * Changes the figure of the document.
 *
 * @param gesture changes with the same number belong to one drag and are undone together; 0 for a change of its own
 */
public record ChangeFigure(Figure figure, String title, long gesture) implements Edit {

    /** A change of its own. */
    public ChangeFigure(Figure figure, String title) {
        this(figure, title, 0);
    }

    @Override
    public Document apply(Document document) {
        figure.labels().keySet().forEach(id -> Graphs.node(document.graph(), id));
        figure.plain().forEach(id -> Graphs.node(document.graph(), id));
        figure.colors().keySet().forEach(id -> Graphs.group(document.graph(), id));
        return document.with(document.placement().with(figure));
    }

    @Override
    public Optional<Edit> followedBy(Edit next) {
        boolean same = gesture != 0 && next instanceof ChangeFigure change && change.gesture() == gesture;
        return same ? Optional.of(next) : Optional.empty();
    }
}
