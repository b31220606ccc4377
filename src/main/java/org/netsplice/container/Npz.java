package org.netsplice.container;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.netsplice.graph.Tensor;

/** NumPy's {@code .npz}: a zip of {@code .npy} entries. */
public final class Npz {
    private Npz() {}

    /** All arrays by their keys, in the order of the archive. */
    public static Map<String, Tensor> read(Path path) {
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        try (ZipReader zip = ZipReader.open(path)) {
            for (String name : zip.names()) {
                String key = name.endsWith(".npy") ? name.substring(0, name.length() - 4) : name;
                arrays.put(key, Npy.read(zip.read(name), zip.file(), name));
            }
        }
        return arrays;
    }

    /** Writes arrays under their keys; the time stamps are constant, so that equal arrays give equal files. */
    public static void write(Map<String, Tensor> arrays, OutputStream out) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(new Unclosed(out))) {
            for (Map.Entry<String, Tensor> array : arrays.entrySet()) {
                ZipEntry entry = new ZipEntry(array.getKey() + ".npy");
                entry.setTime(0);
                zip.putNextEntry(entry);
                Npy.write(array.getValue(), zip);
                zip.closeEntry();
            }
        }
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
