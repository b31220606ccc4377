package org.netsplice.gui.command;

/** A setting of the window that is on or off, with a command that changes it. */
public enum Option {
    LEFT_PANEL("left-panel", true, "Show networks and layers", "Hide networks and layers", "Shortcut+B"),
    RESULTS("results", false, "Show results", "Hide results", "Shortcut+J"),
    INSPECTOR("inspector", true, "Show inspector", "Hide inspector", "Shortcut+I"),
    MINIMAP("minimap", true, "Show minimap", "Hide minimap", ""),
    LEGEND("legend", true, "Show legend", "Hide legend", ""),
    OVERVIEW("overview", true, "Fold large networks when opened", "Open large networks unfolded", ""),
    ANIMATE("animate", true, "Animate layout", "Do not animate layout", ""),
    WHEEL_ZOOMS("wheel-zooms", false, "Zoom with the wheel", "Scroll with the wheel", ""),
    DRAG_PANS("drag-pans", false, "Drag empty space to move the view", "Drag empty space to select", "");

    private final String key;
    private final boolean usual;
    private final String on;
    private final String off;
    private final String keys;

    Option(String key, boolean usual, String on, String off, String keys) {
        this.key = key;
        this.usual = usual;
        this.on = on;
        this.off = off;
        this.keys = keys;
    }

    /** Its name in the file of settings, and the id of its command. */
    public String key() {
        return key;
    }

    /** Whether it is on until the user decides. */
    public boolean usual() {
        return usual;
    }

    /** Whether it shows a panel of the window. */
    public boolean isPanel() {
        return this == LEFT_PANEL || this == RESULTS || this == INSPECTOR;
    }

    /** What its command is called while it is off. */
    String on() {
        return on;
    }

    /** What its command is called while it is on. */
    String off() {
        return off;
    }

    /** The keys its command comes with. */
    String[] keys() {
        return keys.isEmpty() ? new String[0] : new String[] {keys};
    }
}
