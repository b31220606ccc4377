package org.netsplice.gui.window;

import javafx.geometry.Rectangle2D;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.netsplice.editor.Settings;
import org.netsplice.gui.widget.FirstSize;

/** The place and size of the window, remembered from one start to the next. */
final class WindowPlace {
    private static final double WIDTH = 1440;
    private static final double HEIGHT = 900;
    private static final double LEAST_WIDTH = 640;
    private static final double LEAST_HEIGHT = 480;

    private final Stage stage;
    private final Settings settings;
    private final Rectangle2D screen = Screen.getPrimary().getVisualBounds();

    WindowPlace(Stage stage, Settings settings) {
        this.stage = stage;
        this.settings = settings;
    }

    /** What the window shows, as large as a window is that was never opened before. */
    Scene scene(Parent root) {
        return new Scene(root, Math.min(WIDTH, screen.getWidth()), Math.min(HEIGHT, screen.getHeight()));
    }

    /** Opens the window where it was the last time, if that is on a screen. */
    void show() {
        double width = settings.number("window-width", LEAST_WIDTH, 20000, 0);
        double height = settings.number("window-height", LEAST_HEIGHT, 20000, 0);
        double x = settings.number("window-x", -20000, 20000, 0);
        double y = settings.number("window-y", -20000, 20000, 0);
        boolean known = width > 0
                && height > 0
                && !Screen.getScreensForRectangle(x, y, width, height).isEmpty();
        if (known) {
            stage.setX(x);
            stage.setY(y);
        }
        stage.setMinWidth(Math.min(LEAST_WIDTH, screen.getWidth()));
        stage.setMinHeight(Math.min(LEAST_HEIGHT, screen.getHeight()));
        FirstSize.hold(
                stage,
                known ? width : stage.getScene().getWidth(),
                known ? height : stage.getScene().getHeight());
        stage.setMaximized(settings.flag("window-maximized", false));
        stage.show();
    }

    void remember() {
        settings.put("window-maximized", stage.isMaximized());
        if (!stage.isMaximized()) {
            settings.put("window-x", stage.getX());
            settings.put("window-y", stage.getY());
            settings.put("window-width", stage.getWidth());
            settings.put("window-height", stage.getHeight());
        }
    }
}
