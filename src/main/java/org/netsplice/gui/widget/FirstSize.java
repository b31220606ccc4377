package org.netsplice.gui.widget;

import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import javafx.beans.value.ChangeListener;
import javafx.scene.Scene;
import javafx.scene.control.DialogPane;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;

/**
 * Holds a window at its size while it opens. Window managers tell sizes late, and Openbox opens every window small; the toolkit then
 * takes an outdated size for the wanted one. A dialog is first measured by its minimum size only.
 */
public final class FirstSize {
    /** How long a window opens, in nanoseconds. */
    private static final long OPENING = 1_000_000_000L;

    private final Stage stage;
    private final BooleanSupplier right;
    private final Runnable again;
    private final ChangeListener<Number> listener = (any, old, now) -> changed();
    private long shown;

    private FirstSize(Stage stage, BooleanSupplier right, Runnable again) {
        this.stage = stage;
        this.right = right;
        this.again = again;
    }

    /** Holds a window that is about to be shown at a size. */
    public static void hold(Stage stage, double width, double height) {
        Runnable resize = () -> {
            stage.setWidth(width);
            stage.setHeight(height);
        };
        resize.run();
        BooleanSupplier right =
                () -> stage.isMaximized() || (near(stage.getWidth(), width) && near(stage.getHeight(), height));
        new FirstSize(stage, right, resize).begin();
    }

    /** Holds a dialog that is about to be shown at the size of its content. */
    public static void hold(Stage stage, DialogPane pane) {
        if (pane.getMinWidth() == Region.USE_COMPUTED_SIZE) {
            pane.setMinWidth(Region.USE_PREF_SIZE);
        }
        if (pane.getMinHeight() == Region.USE_COMPUTED_SIZE) {
            pane.setMinHeight(Region.USE_PREF_SIZE);
        }
        Scene scene = stage.getScene();
        BooleanSupplier right =
                () -> near(scene.getWidth(), pane.prefWidth(-1)) && near(scene.getHeight(), pane.prefHeight(-1));
        new FirstSize(stage, right, stage::sizeToScene).begin();
    }

    private static boolean near(double one, double other) {
        return Math.abs(one - other) <= 1;
    }

    private void begin() {
        stage.widthProperty().addListener(listener);
        stage.heightProperty().addListener(listener);
        stage.addEventHandler(WindowEvent.WINDOW_SHOWN, event -> shown = System.nanoTime());
        stage.addEventHandler(WindowEvent.WINDOW_HIDDEN, event -> end());
    }

    private void changed() {
        if (shown == 0) {
            return;
        }
        if (System.nanoTime() - shown > OPENING) {
            end();
        } else if (!right.getAsBoolean()) {
            Platform.runLater(again);
        }
    }

    private void end() {
        stage.widthProperty().removeListener(listener);
        stage.heightProperty().removeListener(listener);
    }
}
