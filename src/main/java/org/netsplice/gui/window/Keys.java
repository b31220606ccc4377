package org.netsplice.gui.window;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.netsplice.gui.canvas.CanvasKeys;
import org.netsplice.gui.canvas.FindBar;
import org.netsplice.gui.command.Command;
import org.netsplice.gui.command.Keystrokes;
import org.netsplice.gui.form.TypedField;

/** Keys pressed anywhere in the window run their commands; while a text is typed, only those no text needs. */
public final class Keys {
    /** Keys that edit text when pressed with Ctrl. */
    private static final Set<KeyCode> TEXT_KEYS = Set.of(
            KeyCode.A,
            KeyCode.C,
            KeyCode.X,
            KeyCode.V,
            KeyCode.Z,
            KeyCode.Y,
            KeyCode.DELETE,
            KeyCode.BACK_SPACE,
            KeyCode.HOME,
            KeyCode.END);

    /** Keys that, with Ctrl, copy and select the rows of a table. */
    private static final Set<KeyCode> TABLE_KEYS = Set.of(KeyCode.C, KeyCode.A);

    /** Keys that, with Ctrl, undo and redo typing, and otherwise undo and redo edits. */
    private static final Set<KeyCode> UNDO_KEYS = Set.of(KeyCode.Z, KeyCode.Y);

    private final Supplier<DocumentView> current;

    /** Keys for the document that is seen. */
    Keys(Supplier<DocumentView> current) {
        this.current = current;
    }

    void install(Scene scene) {
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (pressed(scene, event)) {
                event.consume();
            }
        });
        scene.addEventFilter(KeyEvent.KEY_RELEASED, event -> {
            if (event.getCode() == KeyCode.SPACE) {
                current.get().canvas().setSpaceDown(false);
            }
        });
    }

    private boolean pressed(Scene scene, KeyEvent event) {
        DocumentView window = current.get();
        Node owner = scene.getFocusOwner();
        boolean typing = owner instanceof TextInputControl text
                && text.isEditable()
                && !(undoes(event) && owner instanceof TypedField field && field.finished());
        boolean forText = !(event.isShortcutDown() || event.getCode().isFunctionKey())
                || TEXT_KEYS.contains(event.getCode())
                || event.getCode().isArrowKey();
        if (owner instanceof ComboBoxBase<?> list && forList(list, event)) {
            return false;
        }
        boolean entering = typing || owner instanceof ComboBoxBase;
        if (entering && event.getCode() == KeyCode.ESCAPE && !inFindBar(owner)) {
            window.canvas().requestFocus();
            return true;
        }
        if (typing && forText) {
            return false;
        }
        if (event.getCode() == KeyCode.ESCAPE) {
            escape(window);
            return true;
        }
        if (event.getCode() == KeyCode.SPACE && window.canvas().isFocused()) {
            window.canvas().setSpaceDown(true);
            return true;
        }
        if (owner instanceof TableView && event.isShortcutDown() && TABLE_KEYS.contains(event.getCode())) {
            return false;
        }
        boolean selected = !window.session().selection().isEmpty();
        if (window.canvas().isFocused() && CanvasKeys.owns(event, selected)) {
            return false;
        }
        Optional<Command> command = command(window, event);
        command.ifPresent(Command::run);
        return command.isPresent();
    }

    /** Whether a list of choices, or the text in it, gets a key: all that need no Ctrl; Escape only while it is open. */
    private static boolean forList(ComboBoxBase<?> list, KeyEvent event) {
        boolean plain = !event.isShortcutDown() && !event.getCode().isFunctionKey();
        boolean edits = list.isEditable() && TEXT_KEYS.contains(event.getCode());
        return event.getCode() == KeyCode.ESCAPE ? list.isShowing() : plain || edits;
    }

    private static boolean undoes(KeyEvent event) {
        return event.isShortcutDown() && UNDO_KEYS.contains(event.getCode());
    }

    private static boolean inFindBar(Node owner) {
        Node node = owner;
        while (node != null && !(node instanceof FindBar)) {
            node = node.getParent();
        }
        return node != null;
    }

    private static Optional<Command> command(DocumentView window, KeyEvent event) {
        return window.commands().all().stream()
                .filter(one -> window.commands().shortcuts().keys(one.id()).stream()
                        .anyMatch(keys -> Keystrokes.match(keys, event)))
                .findFirst();
    }

    private static void escape(DocumentView window) {
        window.clearComplaint();
        if (window.gestures().active()) {
            window.gestures().cancel();
            window.canvas().requestPaint();
        } else if (window.session().search().active()) {
            window.endFind();
        } else {
            window.session().select(Set.of());
        }
    }
}
