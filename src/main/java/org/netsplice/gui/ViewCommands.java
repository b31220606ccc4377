package org.netsplice.gui;

import java.util.List;
import java.util.Locale;

/** Commands that change how the document is seen. */
final class ViewCommands extends CommandFamily {
    private static final String VIEW = "View";

    ViewCommands(DocumentView window, List<Command> all) {
        super(window, all);
    }

    void zoom() {
        add(Command.of(
                "zoom-in",
                VIEW,
                0,
                "Zoom in",
                () -> window.canvas().zoom(1.2),
                "Shortcut+EQUALS",
                "Shortcut+PLUS",
                "Shortcut+ADD",
                "Shift+UP"));
        add(Command.of(
                "zoom-out",
                VIEW,
                0,
                "Zoom out",
                () -> window.canvas().zoom(1 / 1.2),
                "Shortcut+MINUS",
                "Shortcut+SUBTRACT",
                "Shift+DOWN"));
        add(Command.of("zoom-100", VIEW, 0, "100 %", () -> window.canvas().zoomTo(1), "Shortcut+0"));
        add(Command.of("fit-all", VIEW, 0, "Fit all", () -> window.canvas().fitAll(), "Home"));
        add(Command.of(
                "fit-selection", VIEW, 0, "Fit selection", () -> window.canvas().fitSelection(), "."));
    }

    void appearance() {
        for (Appearance appearance : Appearance.values()) {
            add(Command.of(
                    "appearance-" + appearance.name().toLowerCase(Locale.ROOT),
                    VIEW + "/Appearance",
                    1,
                    appearance.title(),
                    () -> window.host().setAppearance(appearance)));
        }
        for (int percent : List.of(100, 125, 150, 175, 200)) {
            add(Command.of(
                    "scale-" + percent,
                    VIEW + "/Interface scale",
                    1,
                    "Interface scale " + percent + " %",
                    () -> window.host().setScale(percent / 100.0)));
        }
    }

    /** Settings that are on or off. */
    void habits() {
        for (Habit habit : Habit.values()) {
            add(Command.of(habit.key(), VIEW, 2, habit.on(), () -> window.host().turn(habit))
                    .titled(() -> window.host().has(habit) ? habit.off() : habit.on()));
        }
    }

    /** Moves the focus, for those who use the keyboard only. */
    void places() {
        String go = VIEW + "/Go to";
        add(Command.of("go-canvas", go, 2, "Go to diagram", () -> window.go("canvas"), "Shortcut+1"));
        add(Command.of("go-outline", go, 2, "Go to networks", () -> window.go("outline"), "Shortcut+2"));
        add(Command.of("go-layers", go, 2, "Go to layers", () -> window.go("palette-filter"), "Shortcut+3"));
        add(Command.of("go-inspector", go, 2, "Go to settings", () -> window.go("inspector"), "Shortcut+4"));
        add(Command.of("go-predictions", go, 2, "Go to predictions", window::goToPredictions, "Shortcut+5"));
    }

    void help() {
        add(Command.of("commands", VIEW, 3, "All commands…", window::showCommands, "Shortcut+K", "Shortcut+Shift+P"));
        add(Command.of("shortcuts", VIEW, 3, "Shortcuts…", window::showShortcuts, "?", "F1"));
    }
}
