package org.netsplice.gui.command;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.netsplice.editor.recipe.Reach;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.canvas.FindBar;

/** Commands that find and select layers. */
final class SelectCommands extends CommandFamily {
    private final FindBar find;

    SelectCommands(Workbench workbench, List<Command> all, FindBar find) {
        super(workbench, all);
        this.find = find;
    }

    void select() {
        add(Command.of("find", Commands.SELECT, 0, "Find…", find::open, "Shortcut+F"));
        add(Command.of(
                        "find-next",
                        Commands.SELECT,
                        0,
                        "Find next",
                        () -> session.search().next(1),
                        "F3")
                .when(() -> session.search().active()));
        add(Command.of(
                        "find-previous",
                        Commands.SELECT,
                        0,
                        "Find previous",
                        () -> session.search().next(-1),
                        "Shift+F3")
                .when(() -> session.search().active()));
    }

    void reach() {
        add(Command.of(
                "select-all",
                Commands.SELECT,
                1,
                "Select all",
                () -> session.select(new HashSet<>(graph().nodes().keySet())),
                "Shortcut+A"));
        add(Command.of("select-none", Commands.SELECT, 1, "Select nothing", () -> session.select(Set.of()))
                .when(this::anySelected));
        add(Command.of(
                        "upstream",
                        Commands.SELECT,
                        1,
                        "Everything upstream",
                        () -> session.select(Reach.upstream(graph(), session.selection())),
                        "L")
                .when(this::anySelected));
        add(Command.of(
                        "downstream",
                        Commands.SELECT,
                        1,
                        "Everything downstream",
                        () -> session.select(Reach.downstream(graph(), session.selection())),
                        "Shift+L")
                .when(this::anySelected));
        add(Command.of(
                        "between",
                        Commands.SELECT,
                        1,
                        "Everything between",
                        () -> session.select(Reach.between(graph(), session.selection())),
                        "P")
                .when(() -> session.selection().size() > 1));
    }
}
