package org.netsplice.gui;

import java.util.Set;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** Keys without a menu entry; they do nothing while a text is being typed. */
final class Keys {
    private final MainWindow window;

    Keys(MainWindow window) {
        this.window = window;
    }

    void install(Scene scene) {
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (!typing(scene) && pressed(event)) {
                event.consume();
            }
        });
        scene.addEventFilter(KeyEvent.KEY_RELEASED, event -> {
            if (event.getCode() == KeyCode.SPACE) {
                window.canvas().setSpaceDown(false);
            }
        });
    }

    private static boolean typing(Scene scene) {
        Node owner = scene.getFocusOwner();
        return owner instanceof TextInputControl;
    }

    private boolean pressed(KeyEvent event) {
        if (event.isShortcutDown() && event.isShiftDown() && event.getCode() == KeyCode.Z) {
            window.session().redo();
            return true;
        }
        if (event.isShortcutDown() || event.isAltDown()) {
            return false;
        }
        switch (event.getCode()) {
            case DELETE, BACK_SPACE -> Menus.deleteSelected(window.session(), window.actions());
            case F -> window.actions().mergeSelected();
            case HOME -> window.canvas().fitAll();
            case PERIOD -> window.canvas().fitSelection();
            case ESCAPE -> escape();
            case SPACE -> {
                if (!window.canvas().isFocused()) {
                    return false;
                }
                window.canvas().setSpaceDown(true);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void escape() {
        window.closeBanner();
        if (window.gestures().active()) {
            window.gestures().cancel();
            window.canvas().requestPaint();
        } else {
            window.session().select(Set.of());
        }
    }
}
