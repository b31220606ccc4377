package org.netsplice.gui.widget;

import java.util.LinkedHashMap;
import java.util.Map;
import javafx.scene.control.SplitPane;
import org.netsplice.editor.Settings;

/** Where the parts of a window meet, remembered from one day to the next. */
public final class Dividers {
    private final Settings settings;
    private final Map<String, SplitPane> panes = new LinkedHashMap<>();

    /** Remembers positions in settings. */
    public Dividers(Settings settings) {
        this.settings = settings;
    }

    /** Puts the dividers of a pane where they were the last time. */
    public void place(String name, SplitPane pane, double... usual) {
        double[] positions = new double[usual.length];
        for (int i = 0; i < usual.length; i++) {
            positions[i] = settings.number("divider-" + name + "-" + i, 0.02, 0.98, usual[i]);
        }
        pane.setDividerPositions(positions);
        panes.put(name, pane);
    }

    /** Puts the dividers where those of another document are. */
    public void follow(Dividers other) {
        panes.forEach(
                (name, pane) -> pane.setDividerPositions(other.panes.get(name).getDividerPositions()));
    }

    /** Writes the present positions to the settings. */
    public void remember() {
        panes.forEach((name, pane) -> {
            double[] positions = pane.getDividerPositions();
            for (int i = 0; i < positions.length; i++) {
                settings.put("divider-" + name + "-" + i, positions[i]);
            }
        });
    }
}
