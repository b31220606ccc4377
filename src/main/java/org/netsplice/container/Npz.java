package org.netsplice.container;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.MemoryShortage;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Printable;
import org.netsplice.problem.Where;

/** NumPy's {@code .npz}: a zip of {@code .npy} entries. */
public final class Npz {
    private static final String EXTENSION = ".npy";

    private Npz() {}

    /** All arrays by their keys, in the order of the archive. */
    public static Map<String, Tensor> read(Path path) {
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        try (ZipReader zip = ZipReader.open(path)) {
            if (MemoryShortage.excludes(zip.size())) {
                throw new ModelException.Unsupported(MemoryShortage.problem(
                        new Where.InFile(zip.file(), ""),
                        "its arrays would take " + MemoryShortage.size(zip.size()),
                        "Take fewer or smaller arrays."));
            }
            for (String name : zip.names()) {
                arrays.put(key(name), Npy.read(zip.read(name), zip.file(), name));
            }
        }
        return arrays;
    }

    /** The keys of all arrays, in the order of the archive. */
    public static List<String> keys(Path path) {
        try (ZipReader zip = ZipReader.open(path)) {
            return zip.names().stream().map(Npz::key).toList();
        }
    }

    /** Opens the rows of an array. */
    public static NpyRows rows(Path path, String key) {
        ZipReader zip = ZipReader.open(path);
        try {
            String entry = zip.names().stream()
                    .filter(name -> key(name).equals(key))
                    .findFirst()
                    .orElse(key);
            return NpyRows.open(zip, entry);
        } catch (ModelException problem) {
            zip.close();
            throw problem;
        }
    }

    private static String key(String entry) {
        return entry.endsWith(EXTENSION) ? entry.substring(0, entry.length() - EXTENSION.length()) : entry;
    }

    /**
     * Writes arrays under their keys. Characters of a key that are not printable are written as numbers, and the middle of a very long
     * key is left out, so that every key can name an entry. Time stamps are constant: equal arrays give equal files.
     */
    public static void write(Map<String, Tensor> arrays, OutputStream out) throws IOException {
        Map<String, AtomicFile.Content> contents = new LinkedHashMap<>();
        arrays.forEach((key, tensor) -> contents.put(key, entry -> Npy.write(tensor, entry)));
        writeContents(contents, out);
    }

    /** Writes entries as {@link #write} does, each with the content of an {@code .npy} file. */
    public static void writeContents(Map<String, AtomicFile.Content> arrays, OutputStream out) throws IOException {
        Set<String> taken = new HashSet<>();
        try (ZipOutputStream zip = new ZipOutputStream(new Unclosed(out))) {
            for (Map.Entry<String, AtomicFile.Content> array : arrays.entrySet()) {
                ZipEntry entry = new ZipEntry(entryName(array.getKey(), taken));
                entry.setTime(0);
                zip.putNextEntry(entry);
                array.getValue().write(zip);
                zip.closeEntry();
            }
        }
    }

    private static String entryName(String key, Set<String> taken) {
        String name = Printable.name(key);
        if (!name.equals(key) || ZipReader.climbs(name + EXTENSION)) {
            name = name.replaceAll("[/\\\\:]", "_");
        }
        String free = name;
        for (int i = 2; !taken.add(free); i++) {
            free = name + "_" + i;
        }
        return free + EXTENSION;
    }

    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
