package org.netsplice.editor;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The folder in which the user last chose a file of each kind, so that the next dialog for that kind opens there. */
public final class LastFolders {
    private final Settings settings;

    /** Remembers folders in settings. */
    public LastFolders(Settings settings) {
        this.settings = settings;
    }

    /** The folder of the last file of a kind, if it still exists. */
    public Optional<Path> of(String kind) {
        try {
            return settings.text(key(kind)).map(Path::of).filter(Files::isDirectory);
        } catch (InvalidPathException problem) {
            return Optional.empty();
        }
    }

    /** Notes a file, or a folder, that was chosen for a kind. */
    public void remember(String kind, Path chosen) {
        Path path = chosen.toAbsolutePath();
        Path folder = Files.isDirectory(path) ? path : path.getParent();
        if (folder != null) {
            settings.put(key(kind), folder);
        }
    }

    private static String key(String kind) {
        return "folder-" + kind.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
