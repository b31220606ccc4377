package org.netsplice.gui;

import java.util.List;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/** Keys as texts: {@code Shortcut+Shift+Z}, {@code Delete}, or a character such as {@code ?} wherever it is on the keyboard. */
final class Keystrokes {
    private static final List<KeyCode> MODIFIERS =
            List.of(KeyCode.SHIFT, KeyCode.CONTROL, KeyCode.ALT, KeyCode.META, KeyCode.COMMAND, KeyCode.ALT_GRAPH);

    private Keystrokes() {}

    private static boolean character(String keys) {
        return keys.length() == 1 && !Character.isLetterOrDigit(keys.charAt(0));
    }

    /** Whether these keys are pressed. */
    static boolean match(String keys, KeyEvent event) {
        if (character(keys)) {
            return !event.isShortcutDown()
                    && !event.isAltDown()
                    && event.getText().equals(keys);
        }
        return combination(keys).match(event);
    }

    /** Whether these keys never write a text, so that a menu may listen to them everywhere. */
    static boolean harmlessInTexts(String keys) {
        return keys.contains("Shortcut+") || keys.matches("F[0-9]+");
    }

    /** Keys for a menu; a character has none. */
    static KeyCombination combination(String keys) {
        return character(keys) ? KeyCombination.NO_MATCH : KeyCombination.valueOf(keys);
    }

    /** Keys as a user reads them: {@code Ctrl+Shift+Z}. */
    static String shown(String keys) {
        return character(keys)
                ? keys
                : combination(keys)
                        .getDisplayText()
                        .replace("PAGE_UP", "Page Up")
                        .replace("PAGE_DOWN", "Page Down");
    }

    /** What is pressed; empty while it is a modifier only. */
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
}
