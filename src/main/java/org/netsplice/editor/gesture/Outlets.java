package org.netsplice.editor.gesture;

import java.util.Optional;
import org.netsplice.diagram.Scene.Box;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Port;

/** The outputs of layers as the pointer finds them, and which of them the document gives out. */
final class Outlets {
    private final Session session;
    private final Pointing pointing;

    Outlets(Session session, Pointing pointing) {
        this.session = session;
        this.pointing = pointing;
    }

    /** The output at a place: the port there, or the first output of the box there. */
    Optional<Port> at(double x, double y) {
        return session.scene()
                .outputAt(x, y, pointing.port())
                .or(() -> session.scene().boxAt(x, y).map(this::first))
                .filter(port -> session.exists(port.node()));
    }

    /** The first output of a box. */
    Port first(Box box) {
        return box.outlets().isEmpty() ? Port.of(box.id()) : box.outlets().get(0);
    }

    /** Whether an output is one of the document. */
    boolean marked(Port port) {
        return session.document().graph().outputs().stream()
                .anyMatch(output -> output.port().equals(port));
    }

    /** Whether a box gives out an output of the document. */
    boolean anyMarked(Box box) {
        return marked(first(box)) || box.outlets().stream().anyMatch(this::marked);
    }
}
