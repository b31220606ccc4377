package org.netsplice.gui.command;

import java.util.List;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Graph;
import org.netsplice.gui.Workbench;

/** Commands that belong together, for one document. */
abstract class CommandFamily {
    final Workbench workbench;
    final Session session;
    private final List<Command> all;

    /** Adds its commands to {@code all}. */
    CommandFamily(Workbench workbench, List<Command> all) {
        this.workbench = workbench;
        this.session = workbench.session();
        this.all = all;
    }

    final void add(Command command) {
        all.add(command);
    }

    final Graph graph() {
        return session.document().graph();
    }

    /** Whether something is selected. */
    final boolean anySelected() {
        return !session.selection().isEmpty();
    }

    /** Whether one layer is selected. */
    final boolean oneSelected() {
        return session.selection().size() == 1;
    }
}
