package org.netsplice.gui;

import java.util.List;
import org.netsplice.diagram.Detail;
import org.netsplice.edit.Arrange;
import org.netsplice.editor.Folds;
import org.netsplice.editor.Repeats;
import org.netsplice.editor.Session;
import org.netsplice.graph.Graph;

/** Commands that change how the document is seen. */
final class ViewCommands {
    private final MainWindow window;
    private final Session session;
    private final Actions actions;
    private final List<Command> all;

    ViewCommands(MainWindow window, List<Command> all) {
        this.window = window;
        this.session = window.session();
        this.actions = window.actions();
        this.all = all;
    }

    private void add(Command command) {
        all.add(command);
    }

    void view() {
        add(Command.of(
                "zoom-in",
                Commands.VIEW,
                0,
                "Zoom in",
                () -> window.canvas().zoom(1.2),
                "Shortcut+EQUALS",
                "Shortcut+PLUS",
                "Shortcut+ADD"));
        add(Command.of(
                "zoom-out",
                Commands.VIEW,
                0,
                "Zoom out",
                () -> window.canvas().zoom(1 / 1.2),
                "Shortcut+MINUS",
                "Shortcut+SUBTRACT"));
        add(Command.of(
                "zoom-100", Commands.VIEW, 0, "100 %", () -> window.canvas().zoomTo(1), "Shortcut+0"));
        add(Command.of(
                "fit-all", Commands.VIEW, 0, "Fit all", () -> window.canvas().fitAll(), "Home"));
        add(Command.of(
                "fit-selection",
                Commands.VIEW,
                0,
                "Fit selection",
                () -> window.canvas().fitSelection(),
                "."));
        add(Command.of("arrange", Commands.VIEW, 1, "Arrange all", () -> actions.apply(new Arrange())));
        add(Command.of("direction", Commands.VIEW, 1, "Left to right", this::turn, "Shortcut+Shift+D")
                .titled(() -> session.detail().direction() == Detail.Direction.TB ? "Left to right" : "Top to bottom"));
        add(Command.of("dark", Commands.VIEW, 2, "Dark", () -> window.setDark(!window.isDark()))
                .titled(() -> window.isDark() ? "Light" : "Dark"));
        add(Command.of(
                "commands", Commands.VIEW, 3, "All commands…", window::showCommands, "Shortcut+K", "Shortcut+Shift+P"));
        add(Command.of("shortcuts", Commands.VIEW, 3, "Shortcuts…", window::showShortcuts, "?", "F1"));
    }

    void folding() {
        add(Command.of("fold", Commands.VIEW, 1, "Fold or unfold group", this::turnGroup, "Alt+C")
                .when(this::some));
        String folding = Commands.VIEW + "/Folding";
        add(Command.of("fold-networks", folding, 1, "Fold networks", () -> actions.apply(Folds.below(graph(), 0))));
        for (int depth = 1; depth <= 3; depth++) {
            int below = depth;
            add(Command.of(
                    "fold-" + depth,
                    folding,
                    1,
                    "Fold groups below depth " + depth,
                    () -> actions.apply(Folds.below(graph(), below))));
        }
        add(Command.of("fold-repeats", folding, 1, "Fold repeated blocks", this::foldRepeats));
        add(Command.of(
                "unfold",
                folding,
                1,
                "Unfold all",
                () -> actions.apply(Folds.none(session.document())),
                "Shift+Alt+C"));
    }

    private void turnGroup() {
        Folds.turned(session.document(), session.selection())
                .ifPresentOrElse(actions::apply, () -> actions.complain("The selected layer is in no group."));
    }

    private void foldRepeats() {
        Repeats.folded(session.document())
                .ifPresentOrElse(actions::apply, () -> actions.complain("No block of layers repeats."));
    }

    private void turn() {
        Detail d = session.detail();
        boolean down = d.direction() == Detail.Direction.TB;
        session.show(new Detail(
                d.shapes(),
                d.dtype(),
                d.names(),
                d.activations(),
                d.trainable(),
                d.nested(),
                down ? Detail.Direction.LR : Detail.Direction.TB,
                d.splines()));
        window.canvas().fitSoon();
    }

    private boolean some() {
        return !session.selection().isEmpty();
    }

    private Graph graph() {
        return session.document().graph();
    }
}
