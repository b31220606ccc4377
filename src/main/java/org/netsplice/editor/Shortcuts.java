package org.netsplice.editor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.netsplice.container.AtomicFile;
import org.netsplice.problem.ModelException;

/**
 * Which keys the user has given to commands, remembered in a file of lines such as {@code delete = Delete, Backspace}; other commands
 * have the keys they come with.
 */
public final class Shortcuts {
    private final Path store;
    private final Map<String, List<String>> changed = new TreeMap<>();
    private final Map<String, List<String>> standard = new LinkedHashMap<>();

    /** What is remembered in a file; lines that cannot be read are left out. */
    public Shortcuts(Path store) {
        this.store = store;
        if (!Files.isReadable(store)) {
            return;
        }
        try {
            for (String line : Files.readAllLines(store, StandardCharsets.UTF_8)) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    changed.put(line.substring(0, equals).strip(), keysIn(line.substring(equals + 1)));
                }
            }
        } catch (IOException problem) {
            changed.clear();
        }
    }

    private static List<String> keysIn(String text) {
        return List.of(text.split(",")).stream()
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .toList();
    }

    /** Tells the keys a command comes with. */
    public void declare(String command, List<String> keys) {
        standard.put(command, List.copyOf(keys));
    }

    /** The keys of a command; none when it has none. */
    public List<String> keys(String command) {
        return changed.getOrDefault(command, standard.getOrDefault(command, List.of()));
    }

    /** Gives a command a key instead of those it has; the command that had it loses it. */
    public void give(String command, String key) {
        for (String other : standard.keySet()) {
            if (keys(other).contains(key)) {
                changed.put(
                        other,
                        keys(other).stream().filter(one -> !one.equals(key)).toList());
            }
        }
        changed.put(command, List.of(key));
        write();
    }

    /** Gives every command the keys it comes with. */
    public void reset() {
        changed.clear();
        write();
    }

    private void write() {
        StringBuilder text = new StringBuilder();
        changed.forEach((command, keys) -> text.append(command)
                .append(" = ")
                .append(String.join(", ", keys))
                .append('\n'));
        try {
            Files.createDirectories(store.getParent());
            AtomicFile.write(store, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException | ModelException problem) {
            System.getLogger(Shortcuts.class.getName()).log(System.Logger.Level.DEBUG, "shortcuts", problem);
        }
    }
}
