package org.netsplice.keras;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.netsplice.graph.DType;
import org.netsplice.graph.Tensor;

/**
 * Collects and writes the content of an HDF5 file. A group is created with its first member, because the library writes empty groups
 * wrongly; texts of attributes must be shorter than {@link #LONGEST_TEXT} for the same reason.
 */
final class HdfWriter implements AutoCloseable {
    /** The limit above which the library writes texts of attributes wrongly, in bytes. */
    static final int LONGEST_TEXT = 50_000;

    private final WritableHdfFile file;
    private final Map<String, WritableGroup> groups = new HashMap<>();

    private HdfWriter(WritableHdfFile file) {
        this.file = file;
        groups.put("", file);
    }

    /** Puts the content into a file. */
    interface Content {
        void write(HdfWriter writer);
    }

    /** The bytes of a file with this content. */
    static byte[] bytes(Content content) throws IOException {
        Path part = Files.createTempFile("netsplice", ".h5");
        try {
            try (HdfWriter writer = new HdfWriter(HdfFile.write(part))) {
                content.write(writer);
            }
            return Files.readAllBytes(part);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** The group at a path from the root. */
    private WritableGroup group(String path) {
        WritableGroup known = groups.get(path);
        if (known != null) {
            return known;
        }
        int slash = path.lastIndexOf('/');
        WritableGroup made = group(slash < 0 ? "" : path.substring(0, slash)).putGroup(path.substring(slash + 1));
        groups.put(path, made);
        return made;
    }

    /** Puts a tensor at a path: as float64, int64 or a single int32 where it is held so, else as float32. */
    void tensor(String path, Tensor tensor) {
        int slash = path.lastIndexOf('/');
        group(slash < 0 ? "" : path.substring(0, slash)).putDataset(path.substring(slash + 1), nested(tensor));
    }

    /** Gives a group an attribute: a text, or a list of texts. */
    void attribute(String path, String name, Object value) {
        group(path).putAttribute(name, value);
    }

    /** The numbers as nested Java arrays, the form the library asks for. */
    private static Object nested(Tensor tensor) {
        Object values = switch (tensor.dtype().form()) {
            case DOUBLE -> tensor.toDoubles();
            case WHOLE -> tensor.toWholes();
            case FLOAT -> tensor.toArray();
        };
        long[] sizes = tensor.shape().sizes();
        if (sizes.length == 0) {
            Object one = java.lang.reflect.Array.get(values, 0);
            return tensor.dtype() == DType.INT32 ? (Object) (int) tensor.wholeAt(0) : one;
        }
        return part(values, sizes, 0, 0, tensor.length());
    }

    private static Object part(Object values, long[] sizes, int axis, int from, int length) {
        if (axis == sizes.length - 1) {
            Object line = java.lang.reflect.Array.newInstance(values.getClass().componentType(), length);
            System.arraycopy(values, from, line, 0, length);
            return line;
        }
        int count = Math.toIntExact(sizes[axis]);
        int[] rest = new int[sizes.length - axis];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = Math.toIntExact(sizes[axis + i]);
        }
        Object array = java.lang.reflect.Array.newInstance(values.getClass().componentType(), rest);
        for (int i = 0; i < count; i++) {
            java.lang.reflect.Array.set(
                    array, i, part(values, sizes, axis + 1, from + i * (length / count), length / count));
        }
        return array;
    }

    @Override
    public void close() {
        file.close();
    }
}
