package org.netsplice.gui.command;

import java.util.List;
import java.util.function.Supplier;
import javafx.geometry.Point2D;
import javafx.scene.Parent;
import org.netsplice.editor.ProblemLog;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.canvas.Adding;

/** Commands that tell about the program and list all commands. */
final class HelpCommands extends CommandFamily {
    private static final String HELP = "Help";
    private static final double TOP = 90;

    private final Supplier<Commands> commands;
    private final Adding adding;
    private final Frame frame;

    HelpCommands(Workbench workbench, List<Command> all, Supplier<Commands> commands, Frame frame, Adding adding) {
        super(workbench, all);
        this.commands = commands;
        this.adding = adding;
        this.frame = frame;
    }

    void help() {
        add(Command.of("commands", HELP, 0, "Command palette…", this::showCommands, "Shortcut+K", "Shortcut+Shift+P"));
        add(Command.of("shortcuts", HELP, 0, "Shortcuts…", this::showShortcuts, "?", "F1"));
        add(Command.of(
                "report-problem",
                HELP,
                1,
                "Report a problem…",
                () -> ReportView.show(workbench.owner(), ProblemLog.ofUser())));
        add(Command.of("about", HELP, 1, "About NetSplice", () -> AboutView.show(workbench.owner())));
    }

    private void showCommands() {
        Parent root = workbench.owner().getScene().getRoot();
        Point2D corner = root.localToScreen(
                root.getLayoutBounds().getWidth() / 2 - CommandsPopup.WIDTH / 2 * frame.scale(), TOP);
        CommandsPopup.of(commands.get(), adding).show(workbench.owner(), corner);
    }

    private void showShortcuts() {
        new ShortcutsView(commands.get()).show(workbench.owner());
    }
}
