package org.netsplice.gui.window;

import java.util.EnumMap;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import org.controlsfx.control.SegmentedButton;
import org.kordamp.ikonli.javafx.FontIcon;
import org.netsplice.gui.command.Command;
import org.netsplice.gui.command.Commands;
import org.netsplice.gui.command.Frame;
import org.netsplice.gui.command.Option;

/** Three buttons in the status bar that show and hide the panels. */
final class PanelButtons {
    private static final Map<Option, String> ICONS = Map.of(
            Option.LEFT_PANEL,
            "mdi2d-dock-left",
            Option.RESULTS,
            "mdi2d-dock-bottom",
            Option.INSPECTOR,
            "mdi2d-dock-right");

    private final Frame frame;
    private final SegmentedButton view = new SegmentedButton();
    private final Map<Option, ToggleButton> buttons = new EnumMap<>(Option.class);

    PanelButtons(Commands commands, Frame frame) {
        this.frame = frame;
        view.setToggleGroup(null);
        for (Option option : Option.values()) {
            if (option.isPanel()) {
                view.getButtons().add(button(option, commands));
            }
        }
    }

    private ToggleButton button(Option option, Commands commands) {
        Command command = commands.named(option.key());
        ToggleButton button = new ToggleButton("", new FontIcon(ICONS.get(option)));
        button.setId("toggle-" + option.key());
        button.getStyleClass().add("small");
        button.setAccessibleText(command.title().get());
        Tooltip tooltip = new Tooltip();
        tooltip.setOnShowing(event -> tooltip.setText(command.title().get() + " (" + commands.shown(command) + ")"));
        button.setTooltip(tooltip);
        button.setOnAction(event -> command.run());
        buttons.put(option, button);
        return button;
    }

    Node view() {
        return view;
    }

    /** Shows which panels are there. */
    void refresh() {
        buttons.forEach((option, button) -> button.setSelected(frame.isOn(option)));
    }
}
