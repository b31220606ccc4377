package org.netsplice.gui.widget;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javafx.application.Application;
import javafx.collections.ListChangeListener;
import javafx.scene.Scene;
import javafx.scene.control.DialogPane;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.netsplice.diagram.Theme;

/** The colours of the window and of the picture in it. */
public enum Appearance {
    LIGHT("Light"),
    DARK("Dark"),
    CONTRAST("High contrast");

    /** The size of text in pixels at 100 %. */
    private static final double TEXT = 12.5;

    private static final String SHEETS = "/org/netsplice/gui/";
    private static List<String> sheets = List.of();

    private final String title;

    Appearance(String title) {
        this.title = title;
    }

    /** What a menu calls it. */
    public String title() {
        return title;
    }

    /** The colours of the picture that go with it. */
    public Theme theme() {
        return switch (this) {
            case LIGHT -> Theme.LIGHT;
            case DARK -> Theme.DARK;
            case CONTRAST -> Theme.CONTRAST;
        };
    }

    /** The one with a name; light when there is none. */
    public static Appearance named(String name) {
        for (Appearance one : values()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(name)) {
                return one;
            }
        }
        return LIGHT;
    }

    /** Gives all windows, open and future, these colours and a text size. */
    public void apply(double scale) {
        Application.setUserAgentStylesheet(
                this == LIGHT ? new PrimerLight().getUserAgentStylesheet() : new PrimerDark().getUserAgentStylesheet());
        String size = String.format(Locale.ROOT, ".root { -fx-font-size: %.2fpx; }", TEXT * scale);
        String encoded = Base64.getEncoder().encodeToString(size.getBytes(StandardCharsets.UTF_8));
        String own = "data:text/css;base64," + encoded;
        sheets = this == CONTRAST
                ? List.of(SHEETS + "window.css", SHEETS + "contrast.css", own)
                : List.of(SHEETS + "window.css", own);
        Window.getWindows().forEach(window -> dress(window.getScene()));
    }

    /** Dresses every window as it opens. */
    public static void install() {
        Window.getWindows().addListener((ListChangeListener<Window>) change -> {
            while (change.next()) {
                change.getAddedSubList().forEach(Appearance::opens);
            }
        });
    }

    private static void opens(Window window) {
        dress(window.getScene());
        if (window instanceof Stage stage && stage.getScene().getRoot() instanceof DialogPane pane) {
            FirstSize.hold(stage, pane);
        }
    }

    /** Gives a window the present style sheets. */
    public static void dress(Scene scene) {
        if (scene != null && !scene.getStylesheets().equals(sheets)) {
            scene.getStylesheets().setAll(sheets);
        }
    }
}
