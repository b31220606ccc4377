package org.netsplice.editor;

import java.nio.file.Path;

/** Everything the program remembers about its user. */
public record Preferences(
        RecentFiles recent, Shortcuts shortcuts, Settings settings, DataFiles data, DataFiles targets) {

    /** The warnings that are hidden. */
    public HiddenWarnings hiddenWarnings() {
        return new HiddenWarnings(settings);
    }

    /** The preferences of the user of this computer, in the platform's folders. */
    public static Preferences ofUser() {
        return in(UserFolder.settings(), RecentFiles.ofUser());
    }

    /** Kept in a folder. */
    public static Preferences in(Path folder, RecentFiles recent) {
        return new Preferences(
                recent,
                new Shortcuts(folder.resolve("shortcuts.txt")),
                new Settings(folder.resolve("settings.txt")),
                new DataFiles(folder.resolve("data.txt")),
                new DataFiles(folder.resolve("targets.txt")));
    }
}
