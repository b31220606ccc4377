package org.netsplice.gui;

import java.util.Optional;
import java.util.function.Consumer;
import javafx.stage.Window;
import org.netsplice.diagram.Theme;
import org.netsplice.edit.Edit;
import org.netsplice.editor.session.Session;
import org.netsplice.gui.widget.Picker;
import org.netsplice.problem.Problem;
import org.netsplice.work.Lane;
import org.netsplice.work.Work;

/** One open document, and what every part of its window needs: the state, dialogs, background work and messages. */
public interface Workbench {

    /** The state that the window shows. */
    Session session();

    /** The window that dialogs belong to. */
    Window owner();

    /** Asks the user for files. */
    Picker picker();

    /** The colours of the picture. */
    Theme theme();

    /** Shows what went wrong until the user closes it or something succeeds. */
    void complain(String text);

    /** Says in the status bar that something succeeded, and clears the complaint before it. */
    void announce(String text);

    /** Hides the complaint that is shown. */
    void clearComplaint();

    /** Whether a problem is shown: always, unless it is a warning the user has hidden. */
    boolean shows(Problem problem);

    /** Does not show a warning again, in this document or another. */
    void hide(Problem warning);

    /** Runs slow work in the background; {@code then} gets its result in the thread of the window. A failure is shown, success clears. */
    <T> void run(String title, Lane lane, Work<T> work, Consumer<T> then);

    /** Applies an edit; when it is refused, shows why. */
    default void apply(Edit edit) {
        clearComplaint();
        session().apply(edit).ifPresent(problem -> complain(Sentences.of(problem)));
    }

    /** Applies an edit; when it is refused, returns why, without naming the place, for a message beside a field. */
    default Optional<String> attempt(Edit edit) {
        return session().apply(edit).map(Sentences::withoutPlace);
    }
}
