package org.netsplice.gui.command;

/** A setting of the window that is on or off. */
public enum Option {
    MINIMAP("minimap", true, "Show minimap", "Hide minimap"),
    ANIMATE("animate", true, "Animate layout", "Place layers at once"),
    WHEEL_ZOOMS("wheel-zooms", false, "Wheel zooms", "Wheel scrolls"),
    DRAG_PANS("drag-pans", false, "Drag on empty space moves the view", "Drag on empty space selects");

    private final String key;
    private final boolean usual;
    private final String on;
    private final String off;

    Option(String key, boolean usual, String on, String off) {
        this.key = key;
        this.usual = usual;
        this.on = on;
        this.off = off;
    }

    /** Its name in the file of settings. */
    public String key() {
        return key;
    }

    /** Whether it is on until the user decides. */
    public boolean usual() {
        return usual;
    }

    /** What a command is called that turns it on. */
    String on() {
        return on;
    }

    /** What a command is called that turns it off. */
    String off() {
        return off;
    }
}
