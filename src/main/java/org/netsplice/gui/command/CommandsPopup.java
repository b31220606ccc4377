package org.netsplice.gui.command;

import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.netsplice.gui.canvas.Adding;
import org.netsplice.gui.widget.ChoicePopup;
import org.netsplice.layers.Layers;
import org.netsplice.layers.kind.Kind;

/** The command palette: every command that is possible now, by its name, and every layer that can be added. */
final class CommandsPopup {
    /** About how wide it is at the scale 1, in pixels. */
    static final double WIDTH = 466;

    private CommandsPopup() {}

    static ChoicePopup<Command> of(Commands commands, Adding adding) {
        return new ChoicePopup<>(
                        "Search commands…",
                        Stream.concat(
                                        commands.all().stream()
                                                .filter(command ->
                                                        command.possible().getAsBoolean()),
                                        layers(adding))
                                .toList(),
                        command -> command.title().get() + " " + command.menu(),
                        command -> row(commands, command),
                        Command::run)
                .size(36, 29);
    }

    private static Stream<Command> layers(Adding adding) {
        return Layers.ALL.stream()
                .filter(kind -> kind.family() != Kind.Family.INTERNAL)
                .map(kind -> Command.of(
                        "add-" + kind.className(), "Layer", 0, "Add " + kind.className(), () -> adding.add(kind)));
    }

    private static HBox row(Commands commands, Command command) {
        Label menu = new Label(command.menu().replace("/", " › "));
        menu.getStyleClass().add("muted");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Label keys = new Label(commands.shown(command));
        keys.getStyleClass().add("muted");
        HBox row = new HBox(10, new Label(command.title().get()), menu, space, keys);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }
}
