package org.netsplice.editor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.netsplice.container.AtomicFile;
import org.netsplice.problem.ModelException;

/**
 * The user's settings, kept in a file of lines such as {@code appearance = dark}. A value that cannot be read counts as never set,
 * and one that cannot be written is forgotten when the program ends.
 */
public final class Settings {
    private final Path store;
    private final Map<String, String> values = new TreeMap<>();

    public Settings(Path store) {
        this.store = store;
        if (!Files.isReadable(store)) {
            return;
        }
        try {
            for (String line : Files.readAllLines(store, StandardCharsets.UTF_8)) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    values.put(
                            line.substring(0, equals).strip(),
                            line.substring(equals + 1).strip());
                }
            }
        } catch (IOException problem) {
            values.clear();
        }
    }

    public Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key));
    }

    public boolean flag(String key, boolean fallback) {
        return text(key).map(Boolean::parseBoolean).orElse(fallback);
    }

    /** A finite number; the fallback when there is none or it is outside of the range. */
    public double number(String key, double least, double most, double fallback) {
        try {
            double value = text(key).map(Double::parseDouble).orElse(fallback);
            return value >= least && value <= most ? value : fallback;
        } catch (NumberFormatException problem) {
            return fallback;
        }
    }

    /** Sets and remembers a value of one line. */
    public void put(String key, Object value) {
        String text = String.valueOf(value);
        if (!text.equals(values.put(key, text))) {
            write();
        }
    }

    /** Forgets everything. */
    public void clear() {
        values.clear();
        write();
    }

    private void write() {
        String lines = values.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue() + "\n")
                .collect(Collectors.joining());
        try {
            Files.createDirectories(store.toAbsolutePath().getParent());
            AtomicFile.write(store, out -> out.write(lines.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException | ModelException problem) {
            System.getLogger(Settings.class.getName()).log(System.Logger.Level.DEBUG, "not remembered", problem);
        }
    }
}
