package org.netsplice.editor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.netsplice.container.AtomicFile;
import org.netsplice.problem.ModelException;

/** The data that was predicted with each model, so that it is there again when the model is opened. */
public final class DataFiles {
    private static final int MAX_MODELS = 100;
    private static final String BETWEEN = "\t";

    private final Path store;

    /** Remembers files in a text file: a line for each model, the newest first. */
    public DataFiles(Path store) {
        this.store = store;
    }

    /** The files that were used with a model last and still exist. */
    public List<Path> of(Path model) {
        String key = key(model);
        try {
            return lines().stream()
                    .filter(line -> line.startsWith(key))
                    .findFirst()
                    .map(line -> Arrays.stream(line.substring(key.length()).split(BETWEEN))
                            .filter(file -> !file.isEmpty())
                            .map(Path::of)
                            .filter(Files::exists)
                            .toList())
                    .orElse(List.of());
        } catch (InvalidPathException problem) {
            return List.of();
        }
    }

    /** Notes the files that were used with a model. What cannot be written is forgotten when the program ends. */
    public void remember(Path model, Collection<Path> files) {
        String key = key(model);
        String line = key
                + files.stream()
                        .map(file -> file.toAbsolutePath().toString())
                        .distinct()
                        .collect(Collectors.joining(BETWEEN));
        if (line.matches("(?s).*[\\r\\n].*")) {
            return;
        }
        List<String> lines = new ArrayList<>(lines());
        lines.removeIf(other -> other.startsWith(key));
        lines.add(0, line);
        String text = lines.stream().limit(MAX_MODELS).collect(Collectors.joining("\n")) + "\n";
        try {
            Files.createDirectories(store.toAbsolutePath().getParent());
            AtomicFile.write(store, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException | ModelException problem) {
            System.getLogger(DataFiles.class.getName()).log(System.Logger.Level.DEBUG, "not remembered", problem);
        }
    }

    private List<String> lines() {
        if (!Files.isReadable(store)) {
            return List.of();
        }
        try {
            return Files.readAllLines(store, StandardCharsets.UTF_8);
        } catch (IOException problem) {
            return List.of();
        }
    }

    private static String key(Path model) {
        return model.toAbsolutePath() + BETWEEN;
    }
}
