package org.netsplice.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether the dynamic linker of Linux would find a library, told without loading it. */
public final class NativeLibrary {
    private static final List<String> FOLDERS = List.of(
            "/usr/lib/x86_64-linux-gnu",
            "/usr/lib/aarch64-linux-gnu",
            "/lib/x86_64-linux-gnu",
            "/lib/aarch64-linux-gnu",
            "/usr/lib64",
            "/lib64",
            "/usr/lib",
            "/lib");

    private NativeLibrary() {}

    /** Whether a library, such as {@code libgtk-3.so.0}, is in a usual folder or where the linker's cache says. */
    public static boolean installed(String name) {
        return Stream.concat(FOLDERS.stream().map(folder -> Path.of(folder, name)), cached(name))
                .anyMatch(Files::exists);
    }

    private static Stream<Path> cached(String name) {
        Path cache = Path.of("/etc/ld.so.cache");
        if (!Files.isReadable(cache)) {
            return Stream.empty();
        }
        try {
            String text = new String(Files.readAllBytes(cache), StandardCharsets.ISO_8859_1);
            return Pattern.compile("/[^\\x00]*/" + Pattern.quote(name) + "(?=\\x00)")
                    .matcher(text)
                    .results()
                    .map(match -> Path.of(match.group()))
                    .toList()
                    .stream();
        } catch (IOException problem) {
            return Stream.empty();
        }
    }
}
