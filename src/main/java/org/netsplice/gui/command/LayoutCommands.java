package org.netsplice.gui.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.netsplice.check.Report;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Scene;
import org.netsplice.edit.Edit;
import org.netsplice.edit.step.Arrange;
import org.netsplice.editor.recipe.Folds;
import org.netsplice.editor.recipe.Overview;
import org.netsplice.editor.session.Alignment;
import org.netsplice.editor.session.Selected;
import org.netsplice.graph.NodeId;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.canvas.CanvasView;
import org.netsplice.work.Lane;

/** Commands that place, fold and route. */
final class LayoutCommands extends CommandFamily {
    private final CanvasView canvas;
    private static final String LAYOUT = "Layout";
    private static final String FEW = "Select at least two layers.";

    LayoutCommands(Workbench workbench, List<Command> all, CanvasView canvas) {
        super(workbench, all);
        this.canvas = canvas;
    }

    void places() {
        add(Command.of("arrange", LAYOUT, 0, "Arrange all", () -> workbench.apply(new Arrange())));
        add(Command.of("arrange-selection", LAYOUT, 0, "Arrange selection", this::arrangeSelection)
                .when(() -> session.selection().size() > 1));
        for (Alignment.Side side : Alignment.Side.values()) {
            add(Command.of(
                            "align-" + side.name().toLowerCase(Locale.ROOT),
                            LAYOUT + "/Align",
                            1,
                            "Align " + side.text(),
                            () -> applyOrComplain(Alignment.align(session, side), FEW))
                    .when(this::anySelected));
        }
        add(Command.of(
                        "distribute-across",
                        LAYOUT,
                        1,
                        "Distribute across",
                        () -> applyOrComplain(Alignment.distribute(session, true), "Select at least three layers."))
                .when(this::anySelected));
        add(Command.of(
                        "distribute-down",
                        LAYOUT,
                        1,
                        "Distribute down",
                        () -> applyOrComplain(Alignment.distribute(session, false), "Select at least three layers."))
                .when(this::anySelected));
    }

    /** Arranges the selected layers again, beginning where they are. */
    private void arrangeSelection() {
        Report report = session.report();
        Scene scene = session.scene();
        Set<NodeId> nodes = session.selection();
        workbench.run(
                "Arranging " + nodes.size() + " layers",
                Lane.LAYOUT,
                progress -> Selected.arranged(report, scene, nodes),
                workbench::apply);
    }

    private void applyOrComplain(Optional<Edit> edit, String otherwise) {
        edit.ifPresentOrElse(workbench::apply, () -> workbench.complain(otherwise));
    }

    void routes() {
        add(Command.of("direction", LAYOUT, 2, "Left to right", this::toggleDirection, "Shortcut+Shift+D")
                .withTitle(() -> session.detail().direction().vertical() ? "Left to right" : "Top to bottom"));
        for (Detail.Direction direction : Detail.Direction.values()) {
            add(Command.of(
                    "direction-" + direction.name().toLowerCase(Locale.ROOT),
                    LAYOUT + "/Direction",
                    2,
                    direction.title(),
                    () -> show(session.detail().with(direction))));
        }
        for (Detail.Splines splines : Detail.Splines.values()) {
            add(Command.of(
                    "wires-" + splines.name().toLowerCase(Locale.ROOT),
                    LAYOUT + "/Wires",
                    2,
                    splines.title(),
                    () -> show(session.detail().with(splines))));
        }
    }

    private void toggleDirection() {
        boolean down = session.detail().direction().vertical();
        show(session.detail().with(down ? Detail.Direction.LR : Detail.Direction.TB));
    }

    private void show(Detail detail) {
        session.show(detail);
        canvas.showOpenedSoon();
    }

    void folding() {
        add(Command.of("fold", LAYOUT, 3, "Fold or unfold group", this::toggleFold, "Alt+C")
                .when(this::anySelected));
        String folding = LAYOUT + "/Folding";
        add(Command.of("fold-networks", folding, 3, "Fold networks", () -> fold(0)));
        for (int depth = 1; depth <= 3; depth++) {
            int below = depth;
            add(Command.of("fold-" + depth, folding, 3, "Fold groups below depth " + depth, () -> fold(below)));
        }
        add(Command.of(
                "fold-repeats",
                folding,
                3,
                "Fold repeated blocks",
                () -> applyOrComplain(Overview.of(session.document()), "No block of layers repeats.")));
        add(Command.of(
                "unfold",
                folding,
                3,
                "Unfold all",
                () -> workbench.apply(Folds.none(session.document())),
                "Shift+Alt+C"));
    }

    private void fold(int depth) {
        workbench.apply(Folds.below(session.document().graph(), depth));
    }

    private void toggleFold() {
        applyOrComplain(Folds.toggled(session.document(), session.selection()), "Select a layer that is in a group.");
    }
}
