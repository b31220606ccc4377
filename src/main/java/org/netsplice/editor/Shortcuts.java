package org.netsplice.editor;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The keys the user has given to commands, remembered in a file of lines such as {@code delete = Delete, Backspace}; other commands
 * have the keys they come with.
 */
public final class Shortcuts {
    private final Settings changed;
    private final Map<String, List<String>> standard = new LinkedHashMap<>();

    /** Reads shortcuts from a file; lines that cannot be read are left out. */
    public Shortcuts(Path store) {
        this.changed = new Settings(store);
    }

    private static List<String> keysIn(String text) {
        return List.of(text.split(",")).stream()
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .toList();
    }

    /** Declares the keys that a command comes with. */
    public void declare(String command, List<String> keys) {
        standard.put(command, List.copyOf(keys));
    }

    /** The keys of a command; none when it has none. */
    public List<String> keys(String command) {
        return changed.text(command).map(Shortcuts::keysIn).orElse(standard.getOrDefault(command, List.of()));
    }

    /** Gives a command a key instead of those it has; other commands that had it lose it, and are given back. */
    public List<String> give(String command, String key) {
        List<String> losers = standard.keySet().stream()
                .filter(other -> !other.equals(command) && keys(other).contains(key))
                .toList();
        for (String other : losers) {
            changed.put(
                    other, keys(other).stream().filter(one -> !one.equals(key)).collect(Collectors.joining(", ")));
        }
        changed.put(command, key);
        return losers;
    }

    /** Takes all keys from a command. */
    public void clear(String command) {
        changed.put(command, "");
    }

    /** Gives every command the keys it comes with. */
    public void reset() {
        changed.clear();
    }
}
