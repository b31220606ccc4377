package org.netsplice.gui.command;

import java.util.List;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/** Keys as texts: {@code Shortcut+Shift+Z}, {@code Delete}, or a character such as {@code ?} wherever it is on the keyboard. */
public final class Keystrokes {
    private static final List<KeyCode> MODIFIERS =
            List.of(KeyCode.SHIFT, KeyCode.CONTROL, KeyCode.ALT, KeyCode.META, KeyCode.COMMAND, KeyCode.ALT_GRAPH);

    private Keystrokes() {}

    private static boolean character(String keys) {
        return keys.length() == 1 && !Character.isLetterOrDigit(keys.charAt(0));
    }

    /** Whether these keys are pressed. */
    public static boolean match(String keys, KeyEvent event) {
        if (character(keys)) {
            return !event.isShortcutDown()
                    && !event.isAltDown()
                    && event.getText().equals(keys);
        }
        return KeyCombination.valueOf(keys).match(event);
    }

    /** Keys as a user reads them: {@code Ctrl+Shift+Z}. */
    public static String shown(String keys) {
        return character(keys)
                ? keys
                : KeyCombination.valueOf(keys).getDisplayText().replace("Back Space", "Backspace");
    }

    /** Keys for a menu to show; the menu does not listen to them, because the window does. */
    static KeyCombination forMenu(String keys) {
        return new Shown(shown(keys));
    }

    /** The keys of an event as text; empty for a modifier alone. */
    static String of(KeyEvent event) {
        if (MODIFIERS.contains(event.getCode()) || event.getCode() == KeyCode.UNDEFINED) {
            return "";
        }
        KeyCombination.ModifierValue down = KeyCombination.ModifierValue.DOWN;
        KeyCombination.ModifierValue up = KeyCombination.ModifierValue.UP;
        return new KeyCodeCombination(
                        event.getCode(),
                        event.isShiftDown() ? down : up,
                        up,
                        event.isAltDown() ? down : up,
                        up,
                        event.isShortcutDown() ? down : up)
                .getName();
    }

    private static final class Shown extends KeyCombination {
        private final String text;

        private Shown(String text) {
            this.text = text;
        }

        @Override
        public boolean match(KeyEvent event) {
            return false;
        }

        @Override
        public String getDisplayText() {
            return text;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Shown shown && shown.text.equals(text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }
}
