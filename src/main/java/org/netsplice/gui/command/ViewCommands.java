package org.netsplice.gui.command;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.canvas.CanvasView;
import org.netsplice.gui.widget.Appearance;

/** Commands that change how the document is seen. */
final class ViewCommands extends CommandFamily {
    private final CanvasView canvas;
    private final Frame frame;
    private static final String VIEW = "View";

    ViewCommands(Workbench workbench, List<Command> all, CanvasView canvas, Frame frame) {
        super(workbench, all);
        this.canvas = canvas;
        this.frame = frame;
    }

    void zoom() {
        add(Command.of(
                "zoom-in",
                VIEW,
                0,
                "Zoom in",
                () -> canvas.zoom(1.2),
                "Shortcut+EQUALS",
                "Shortcut+PLUS",
                "Shortcut+ADD",
                "Shift+UP"));
        add(Command.of(
                "zoom-out",
                VIEW,
                0,
                "Zoom out",
                () -> canvas.zoom(1 / 1.2),
                "Shortcut+MINUS",
                "Shortcut+SUBTRACT",
                "Shift+DOWN"));
        add(Command.of("zoom-100", VIEW, 0, "100 %", () -> canvas.zoomTo(1), "Shortcut+0"));
        add(Command.of("fit-all", VIEW, 0, "Fit all", () -> canvas.fitAll(), "Home"));
        add(Command.of("fit-selection", VIEW, 0, "Fit selection", () -> canvas.fitSelection(), "."));
    }

    void appearance() {
        for (Appearance appearance : Appearance.values()) {
            add(Command.of(
                    "appearance-" + appearance.name().toLowerCase(Locale.ROOT),
                    VIEW + "/Appearance",
                    1,
                    appearance.title(),
                    () -> frame.setAppearance(appearance)));
        }
        for (int percent : List.of(100, 125, 150, 175, 200)) {
            add(Command.of(
                    "scale-" + percent,
                    VIEW + "/Interface scale",
                    1,
                    "Interface scale " + percent + " %",
                    () -> frame.setScale(percent / 100.0)));
        }
    }

    /** Settings that are on or off, and the way back to the panels as they come. */
    void options() {
        add(Command.of("reset-layout", VIEW, 1, "Reset layout", frame::resetLayout));
        add(Command.of("show-warnings", VIEW, 2, "Show hidden warnings", frame::showWarnings)
                .when(frame::hidesWarnings));
        for (Option option : Option.values()) {
            add(Command.of(
                            option.key(),
                            VIEW,
                            option.isPanel() ? 1 : 2,
                            option.on(),
                            () -> frame.toggle(option),
                            option.keys())
                    .withTitle(() -> frame.isOn(option) ? option.off() : option.on()));
        }
    }

    /** Commands that move the focus, for users without a pointer; {@code goTo} takes the id of a part of the window. */
    void places(Consumer<String> goTo, Runnable goToPredictions) {
        String go = VIEW + "/Go to";
        add(Command.of("go-canvas", go, 2, "Go to diagram", () -> goTo.accept("canvas"), "Shortcut+1"));
        add(Command.of("go-outline", go, 2, "Go to networks", () -> goTo.accept("outline"), "Shortcut+2"));
        add(Command.of("go-layers", go, 2, "Go to layers", () -> goTo.accept("palette-filter"), "Shortcut+3"));
        add(Command.of("go-inspector", go, 2, "Go to settings", () -> goTo.accept("inspector"), "Shortcut+4"));
        add(Command.of("go-predictions", go, 2, "Go to predictions", goToPredictions, "Shortcut+5"));
    }
}
