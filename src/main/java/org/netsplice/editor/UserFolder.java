package org.netsplice.editor;

import java.nio.file.Path;

/** The platform's folders for what a program remembers about its user. */
public final class UserFolder {
    private static final String NAME = "netsplice";

    private UserFolder() {}

    /** For settings: {@code %APPDATA%}, {@code ~/Library/Application Support}, or {@code $XDG_CONFIG_HOME}. */
    public static Path settings() {
        String home = System.getProperty("user.home");
        String system = System.getProperty("os.name", "");
        String config = System.getenv("XDG_CONFIG_HOME");
        if (system.startsWith("Windows") && System.getenv("APPDATA") != null) {
            return Path.of(System.getenv("APPDATA"), NAME);
        }
        if (system.startsWith("Mac")) {
            return Path.of(home, "Library", "Application Support", NAME);
        }
        return config == null || config.isBlank() ? Path.of(home, ".config", NAME) : Path.of(config, NAME);
    }

    /** The folder for data other than settings, such as copies of unsaved documents: {@code %LOCALAPPDATA%} or {@code $XDG_STATE_HOME}. */
    public static Path state() {
        String local = System.getenv("LOCALAPPDATA");
        String system = System.getProperty("os.name", "");
        if (system.startsWith("Windows") && local != null) {
            return Path.of(local, NAME);
        }
        if (system.startsWith("Mac")) {
            return settings();
        }
        String state = System.getenv("XDG_STATE_HOME");
        return state == null || state.isBlank()
                ? Path.of(System.getProperty("user.home"), ".local", "state", NAME)
                : Path.of(state, NAME);
    }
}
