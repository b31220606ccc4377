package org.netsplice.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.netsplice.problem.ModelException;

/**
 * A zip archive read within limits. Nothing is ever unpacked to disk; an archive in which two entries have one name, or differ
 * only in case, is refused as ambiguous; entries whose names climb out of the archive are ignored and listed.
 */
public final class ZipReader implements AutoCloseable {
    private static final int MOST_ENTRIES = 20_000;
    private final ZipFile zip;
    private final String file;
    private final long length;
    private final Map<String, ZipEntry> entries = new LinkedHashMap<>();
    private final List<String> ignored = new ArrayList<>();

    private ZipReader(Path path) throws IOException {
        this.file = path.getFileName().toString();
        this.length = Files.size(path);
        this.zip = new ZipFile(path.toFile(), StandardCharsets.UTF_8);
    }

    /** Opens an archive and checks its directory. */
    public static ZipReader open(Path path) {
        String file = path.getFileName().toString();
        Guard.requireFile(path);
        try {
            ZipReader reader = new ZipReader(path);
            try {
                reader.list();
                return reader;
            } catch (ModelException problem) {
                reader.close();
                throw problem;
            }
        } catch (ZipException problem) {
            throw Guard.invalid(file, "", "is not a complete zip archive: " + problem.getMessage(), problem);
        } catch (IOException problem) {
            throw Guard.unreadable(file, problem);
        }
    }

    private void list() {
        if (zip.size() > MOST_ENTRIES) {
            throw Guard.invalid(file, "", "has " + zip.size() + " entries, more than the " + MOST_ENTRIES + " allowed");
        }
        Set<String> seen = new HashSet<>();
        zip.stream().forEach(entry -> {
            String name = entry.getName();
            if (climbs(name)) {
                ignored.add(name);
            } else if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw Guard.invalid(file, name, "stands twice in the archive, so it is not clear which one counts");
            } else if (!entry.isDirectory()) {
                entries.put(name, entry);
            }
        });
    }

    /** Whether the name of an entry points outside of the archive. */
    static boolean climbs(String name) {
        String plain = name.replace('\\', '/');
        return plain.startsWith("/")
                || plain.equals("..")
                || plain.startsWith("../")
                || plain.contains("/../")
                || plain.endsWith("/..")
                || plain.matches("^[A-Za-z]:.*");
    }

    /** The names of the entries, in the order of the archive. */
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /** How many bytes each entry claims to hold, in the order of the archive. */
    public Map<String, Long> sizes() {
        Map<String, Long> sizes = new LinkedHashMap<>();
        entries.forEach((name, entry) -> sizes.put(name, entry.getSize()));
        return sizes;
    }

    /** Entries that are ignored because their names point outside of the archive. */
    public List<String> ignored() {
        return List.copyOf(ignored);
    }

    /** The content of an entry, if there is one of this name. */
    public Optional<byte[]> find(String name) {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            return Optional.empty();
        }
        Guard.check(file, name, entry.getSize(), entry.getCompressedSize());
        try (InputStream stream = zip.getInputStream(entry)) {
            byte[] content = content(stream, entry.getSize());
            if (content.length != entry.getSize()) {
                throw Guard.invalid(file, name, "is not as long as the archive says");
            }
            CRC32 crc = new CRC32();
            crc.update(content);
            if (crc.getValue() != entry.getCrc()) {
                throw Guard.invalid(file, name, "is damaged: its checksum is wrong");
            }
            return Optional.of(content);
        } catch (IOException problem) {
            throw Guard.invalid(file, name, "cannot be unpacked: " + problem.getMessage(), problem);
        }
    }

    /** At most one byte more than are declared, in an array of that size at once where the archive is as large, and else as they come. */
    private byte[] content(InputStream stream, long declared) throws IOException {
        int most = (int) Math.min(Integer.MAX_VALUE - 8, declared + 1);
        if (declared > length || most <= declared) {
            return stream.readNBytes(most);
        }
        byte[] content = new byte[(int) declared];
        int read = stream.readNBytes(content, 0, content.length);
        return read < declared
                ? Arrays.copyOf(content, read)
                : stream.read() < 0 ? content : Arrays.copyOf(content, most);
    }

    /** How many bytes an entry claims to hold; throws when it is missing. */
    long size(String name) {
        return entry(name).getSize();
    }

    /** The content of an entry of any size as a stream that fails at its end when its length or its checksum is wrong. */
    InputStream stream(String name) {
        ZipEntry entry = entry(name);
        Guard.checkExpansion(file, name, entry.getSize(), entry.getCompressedSize());
        try {
            return new CheckedEntry(zip.getInputStream(entry), entry);
        } catch (IOException problem) {
            throw Guard.invalid(file, name, "cannot be unpacked: " + problem.getMessage(), problem);
        }
    }

    private ZipEntry entry(String name) {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            throw Guard.invalid(file, name, "is missing from the archive");
        }
        return entry;
    }

    private final class CheckedEntry extends CheckedInputStream {
        private final ZipEntry entry;
        private long length;

        CheckedEntry(InputStream content, ZipEntry entry) {
            super(content, new CRC32());
            this.entry = entry;
        }

        @Override
        public int read() throws IOException {
            return counted(super.read(), 1);
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            int read = super.read(bytes, from, count);
            return counted(read, read);
        }

        private int counted(int answer, int count) {
            length += answer < 0 ? 0 : count;
            if (answer < 0 && length != entry.getSize()) {
                throw Guard.invalid(file, entry.getName(), "is not as long as the archive says");
            }
            if (answer < 0 && getChecksum().getValue() != entry.getCrc()) {
                throw Guard.invalid(file, entry.getName(), "is damaged: its checksum is wrong");
            }
            return answer;
        }
    }

    /** How many bytes all entries together claim to hold. */
    public double size() {
        return entries.values().stream()
                .mapToDouble(entry -> Math.max(0, entry.getSize()))
                .sum();
    }

    /** The content of an entry; throws when it is missing. */
    public byte[] read(String name) {
        return find(name).orElseThrow(() -> Guard.invalid(file, name, "is missing from the archive"));
    }

    /** The name of the archive's file. */
    public String file() {
        return file;
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException problem) {
            throw Guard.unreadable(file, problem);
        }
    }
}
