package org.netsplice.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.netsplice.container.ZipReader;

/** Tells which entries of an archive are not read, and why. */
public final class Unread {
    private static final String ASSETS = "assets/";

    private Unread() {}

    /**
     * The entries that are not read, each with the reason, in the order of the archive.
     *
     * @param known the entries that are read
     * @param what what the archive holds, such as {@code a Keras model}
     */
    public static List<String> entries(Head head, Set<String> known, String what) {
        List<String> unread = new ArrayList<>();
        try (ZipReader zip = ZipReader.open(head.path())) {
            zip.ignored().forEach(name -> unread.add(name + " (its name points outside of the archive)"));
            for (String name : zip.names()) {
                if (name.startsWith(ASSETS)) {
                    unread.add(name + " (a file that a layer brings along)");
                } else if (!known.contains(name)) {
                    unread.add(name + " (no part of " + what + ")");
                }
            }
        }
        return unread;
    }
}
