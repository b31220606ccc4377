package org.netsplice.container;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
                String key = name.endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length()) : name;
                arrays.put(key, Npy.read(zip.read(name), zip.file(), name));
            }
        }
        return arrays;
    }

    /**
     * Writes arrays under their keys. Characters of a key that are not printable are written as numbers, and the middle of a very long
     * key is left out, so that every key can name an entry. Time stamps are constant: equal arrays give equal files.
     */
    public static void write(Map<String, Tensor> arrays, OutputStream out) throws IOException {
        Set<String> taken = new HashSet<>();
        try (ZipOutputStream zip = new ZipOutputStream(new Unclosed(out))) {
            for (Map.Entry<String, Tensor> array : arrays.entrySet()) {
                ZipEntry entry = new ZipEntry(entryName(array.getKey(), taken));
                entry.setTime(0);
                zip.putNextEntry(entry);
                Npy.write(array.getValue(), zip);
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
