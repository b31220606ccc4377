package org.netsplice.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.netsplice.container.ZipReader;

/**
 * What a file is and holds, told without opening it as a model.
 *
 * @param format its format, for people
 * @param writer the program or library that wrote it, with its version; empty where the file does not tell
 * @param parts its parts in order
 */
public record Contents(String format, String writer, List<Part> parts) {

    /** A part of a file; {@code bytes} is -1 where it is not told. */
    public record Part(String name, long bytes) {}

    /** The contents of a file with the entries of an archive as parts, those that are ignored too. */
    public static Contents of(Head head, String format, String writer) {
        List<Part> parts = new ArrayList<>();
        if (head.isZip()) {
            try (ZipReader zip = ZipReader.open(head.path())) {
                for (Map.Entry<String, Long> entry : zip.sizes().entrySet()) {
                    parts.add(new Part(entry.getKey(), entry.getValue()));
                }
                zip.ignored().forEach(name -> parts.add(new Part(name, -1)));
            }
        }
        return new Contents(format, writer, List.copyOf(parts));
    }
}
