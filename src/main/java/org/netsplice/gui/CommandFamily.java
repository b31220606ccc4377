package org.netsplice.gui;

import java.util.List;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Graph;

/** Commands that belong together, for one document. */
abstract class CommandFamily {
    final DocumentView window;
    final Session session;
    final Actions actions;
    private final List<Command> all;

    /** Adds its commands to {@code all}. */
    CommandFamily(DocumentView window, List<Command> all) {
        this.window = window;
        this.session = window.session();
        this.actions = window.actions();
        this.all = all;
    }

    void add(Command command) {
        all.add(command);
    }

    Graph graph() {
        return session.document().graph();
    }

    /** Whether something is selected. */
    boolean some() {
        return !session.selection().isEmpty();
    }

    /** Whether one layer is selected. */
    boolean one() {
        return session.selection().size() == 1;
    }
}
