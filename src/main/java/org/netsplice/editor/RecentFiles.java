package org.netsplice.editor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.netsplice.container.AtomicFile;
import org.netsplice.problem.ModelException;

/** The files opened last, the newest first, remembered in the platform's folder for settings. */
public final class RecentFiles {
    private static final int MAX_FILES = 10;
    private final Path store;

    public RecentFiles(Path store) {
        this.store = store;
    }

    /** In the folder the platform has for settings. */
    public static RecentFiles ofUser() {
        return new RecentFiles(UserFolder.settings().resolve("recent.txt"));
    }

    /** The files that still exist. */
    public List<Path> list() {
        if (!Files.isReadable(store)) {
            return List.of();
        }
        try {
            return Files.readAllLines(store, StandardCharsets.UTF_8).stream()
                    .filter(line -> !line.isBlank())
                    .map(Path::of)
                    .filter(Files::exists)
                    .limit(MAX_FILES)
                    .toList();
        } catch (IOException | java.nio.file.InvalidPathException problem) {
            return List.of();
        }
    }

    /** Puts a file first. A list that cannot be written is forgotten when the program ends. */
    public void add(Path path) {
        List<Path> files = new ArrayList<>(list());
        files.remove(path.toAbsolutePath());
        files.add(0, path.toAbsolutePath());
        String text = String.join(
                        "\n",
                        files.stream().limit(MAX_FILES).map(Path::toString).toList()) + "\n";
        try {
            Files.createDirectories(store.getParent());
            AtomicFile.write(store, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException | ModelException problem) {
            System.getLogger(RecentFiles.class.getName()).log(System.Logger.Level.DEBUG, "recent files", problem);
        }
    }
}
