package org.netsplice.keras;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Link;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.StringData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.netsplice.container.Guard;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * An HDF5 file read within limits: links are never followed, sizes are compared with the file's before anything is allocated,
 * and every failure of the reader below becomes a message that names the place.
 */
final class Hdf implements AutoCloseable {
    private static final int MAX_DEPTH = 64;
    private static final long MAX_IN_MEMORY = 256L << 20;
    private final HdfFile hdf;
    private final Source source;

    private Hdf(HdfFile hdf, Source source) {
        this.hdf = hdf;
        this.source = source;
    }

    /**
     * The origin of the bytes.
     *
     * @param entry the entry of the archive, or an empty text for a whole file
     * @param size the number of bytes
     * @param bfloat16 whether types of bfloat16 were renamed
     * @param untagged whether the bytes describe a type that the library cannot read
     */
    private record Source(String file, String entry, long size, boolean bfloat16, BooleanSupplier untagged) {
        String place(String path) {
            return entry.isEmpty() ? path : path.isEmpty() ? entry : entry + ":" + path;
        }

        /** Reads, and turns every failure of the library into a message that names the place. */
        <T> T guarded(String path, Supplier<T> reading) {
            try {
                return reading.get();
            } catch (ModelException problem) {
                throw problem;
            } catch (RuntimeException | StackOverflowError problem) {
                if (untagged.getAsBoolean()) {
                    throw new ModelException.Unsupported(
                            Problem.error(
                                    new Where.InFile(file, place(path)),
                                    "holds numbers of a type that has no name and cannot be read",
                                    "Save the model with float32 weights."),
                            problem);
                }
                throw Guard.invalid(file, place(path), "is damaged: the HDF5 structure cannot be read", problem);
            }
        }
    }

    /**
     * Opens a file. All but very large ones are read into memory first: there the library notices at once when a damaged structure
     * points behind the end, while in a file it goes on for minutes.
     */
    static Hdf open(Path path) {
        String file = String.valueOf(path.getFileName());
        try {
            if (Files.size(path) <= MAX_IN_MEMORY) {
                return inside(Files.readAllBytes(path), file, "");
            }
            Source source = new Source(file, "", Files.size(path), false, () -> describesUntagged(path));
            return source.guarded("", () -> new Hdf(new HdfFile(path), source));
        } catch (IOException problem) {
            throw Guard.unreadable(file, problem);
        }
    }

    private static boolean describesUntagged(Path path) {
        try {
            return Bfloat16.describesUntagged(path);
        } catch (IOException problem) {
            throw Guard.unreadable(String.valueOf(path.getFileName()), problem);
        }
    }

    /** Opens the content of a file or of an entry of an archive, which belongs to the reader from now on. */
    static Hdf inside(byte[] content, String file, String entry) {
        boolean renamed = Bfloat16.rename(content);
        Source source = new Source(file, entry, content.length, renamed, () -> Bfloat16.describesUntagged(content));
        return source.guarded("", () -> new Hdf(HdfFile.fromByteBuffer(ByteBuffer.wrap(content)), source));
    }

    /** The name of the file, for messages. */
    String file() {
        return source.file();
    }

    private ModelException.Invalid invalid(String path, String what) {
        return Guard.invalid(source.file(), source.place(path), what);
    }

    /** The object at a path from the root; a link is refused. */
    private Optional<Node> find(String path) {
        return source.guarded(path, () -> {
            Node present = hdf;
            for (String part : path.split("/")) {
                if (part.isEmpty()) {
                    continue;
                }
                if (!(present instanceof Group group)) {
                    return Optional.empty();
                }
                Node child = group.getChildren().get(part);
                if (child == null) {
                    return Optional.empty();
                }
                present = plain(child, path);
            }
            return Optional.of(present);
        });
    }

    private Node plain(Node node, String path) {
        if (node instanceof Link || node.isLink()) {
            throw invalid(path, "is a link to another place or file, which is never followed");
        }
        return node;
    }

    boolean has(String path) {
        return find(path).isPresent();
    }

    /** The text of an attribute. */
    Optional<String> text(String path, String attribute) {
        return attribute(path, attribute).map(value -> {
            Object data = source.guarded(path, value::getData);
            return data instanceof String[] texts && texts.length == 1 ? texts[0] : String.valueOf(data);
        });
    }

    private Optional<Attribute> attribute(String path, String name) {
        Optional<Node> node = find(path);
        return source.guarded(path, () -> node.map(present -> present.getAttribute(name)))
                .filter(attribute -> {
                    Guard.check(source.file(), source.place(path), attribute.getSizeInBytes(), source.size());
                    return true;
                });
    }

    /** The texts of an attribute, which Keras splits into numbered parts when they are long. */
    Optional<List<String>> texts(String path, String attribute) {
        Optional<Attribute> whole = attribute(path, attribute);
        if (whole.isPresent()) {
            return Optional.of(texts(path, whole.get()));
        }
        List<String> all = new ArrayList<>();
        for (int part = 0; ; part++) {
            Optional<Attribute> next = attribute(path, attribute + part);
            if (next.isEmpty()) {
                return part == 0 ? Optional.empty() : Optional.of(all);
            }
            all.addAll(texts(path, next.get()));
        }
    }

    private List<String> texts(String path, Attribute attribute) {
        if (attribute.isEmpty() || attribute.getSize() == 0) {
            return List.of();
        }
        if (attribute.getDataType() instanceof StringData fixed) {
            return source.guarded(path, () -> fixedTexts(attribute.getBuffer(), fixed.getSize()));
        }
        Object data = source.guarded(path, attribute::getData);
        if (data instanceof String[] texts) {
            return source.guarded(
                    path,
                    () -> Arrays.stream(texts).map(text -> repaired(path, text)).toList());
        }
        if (data instanceof String text) {
            return source.guarded(path, () -> List.of(repaired(path, text)));
        }
        throw invalid(path, "the attribute " + attribute.getName() + " does not hold texts");
    }

    /**
     * Restores names of variable length: Keras marks them as ASCII but writes UTF-8, so that the library reads every byte beyond ASCII as
     * U+FFFD. The names of the groups are read correctly and tell which names were meant.
     */
    private String repaired(String path, String text) {
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        StringBuilder whole = new StringBuilder();
        for (String part : text.split("/")) {
            Optional<Node> around = find(path + "/" + whole);
            String name = part;
            if (around.isPresent() && around.get() instanceof Group group) {
                name = group.getChildren().keySet().stream()
                        .filter(child -> asAscii(child).equals(part))
                        .findFirst()
                        .orElse(part);
            }
            whole.append(whole.isEmpty() ? "" : "/").append(name);
        }
        return whole.toString();
    }

    private static String asAscii(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.US_ASCII);
    }

    /** Names of fixed length, which are UTF-8 whatever they are marked as. */
    private static List<String> fixedTexts(ByteBuffer buffer, int width) {
        List<String> texts = new ArrayList<>();
        byte[] bytes = new byte[width];
        while (buffer.remaining() >= width) {
            buffer.get(bytes);
            int length = width;
            while (length > 0 && bytes[length - 1] == 0) {
                length--;
            }
            texts.add(new String(bytes, 0, length, StandardCharsets.UTF_8));
        }
        return texts;
    }

    /** The shape of a dataset. */
    Shape shape(String path) {
        Node node = find(path).orElseThrow(() -> invalid(path, "is missing"));
        if (!(node instanceof Dataset dataset)) {
            throw invalid(path, "is not a dataset");
        }
        return source.guarded(path, () -> Shape.of(dataset.getDimensionsAsLong()));
    }

    /** A dataset as a tensor. */
    Tensor tensor(String path) {
        Node node = find(path).orElseThrow(() -> invalid(path, "is missing"));
        if (!(node instanceof Dataset dataset)) {
            throw invalid(path, "is not a dataset");
        }
        return source.guarded(path, () -> tensor(dataset, path));
    }

    private Tensor tensor(Dataset dataset, String path) {
        Shape shape = Shape.of(dataset.getDimensionsAsLong());
        long each = Math.max(4L, dataset.getDataType().getSize());
        boolean few = shape.elements() <= Integer.MAX_VALUE && each <= Integer.MAX_VALUE;
        Guard.check(source.file(), source.place(path), few ? shape.elements() * each : Long.MAX_VALUE, source.size());
        if (shape.elements() == 0) {
            return Tensor.owning(DType.FLOAT32, shape, new float[0]);
        }
        if (source.bfloat16() && Bfloat16.holds(dataset)) {
            return Tensor.owning(DType.BFLOAT16, shape, Bfloat16.numbers(dataset));
        }
        Class<?> type = dataset.getJavaType();
        DType dtype = dtype(type, dataset.getDataType().getSize());
        if (dtype == DType.STRING) {
            throw invalid(path, "holds " + type.getSimpleName() + " values instead of numbers");
        }
        Object data = shape.rank() == 0 ? dataset.getData() : dataset.getDataFlat();
        return HdfNumbers.tensor(dtype, shape, data).orElseThrow(() -> invalid(path, "does not hold numbers"));
    }

    private static DType dtype(Class<?> type, int bytes) {
        if (type == float.class || type == Float.class) {
            return bytes == 2 ? DType.FLOAT16 : DType.FLOAT32;
        } else if (type == double.class || type == Double.class) {
            return DType.FLOAT64;
        } else if (type == boolean.class || type == Boolean.class) {
            return DType.BOOL;
        } else if (type == long.class || type == Long.class || type == int.class || type == Integer.class) {
            return bytes == 8 ? DType.INT64 : DType.INT32;
        } else if (type == short.class || type == byte.class) {
            return DType.INT16;
        }
        return DType.STRING;
    }

    /** Whether a group at the top is marked as a table of pandas. */
    boolean isTable() {
        return children("").stream()
                .anyMatch(child -> attribute(child, "pandas_type").isPresent());
    }

    /** The names of the direct children of a group. */
    List<String> children(String path) {
        return find(path)
                .filter(Group.class::isInstance)
                .map(node -> source.guarded(
                        path, () -> List.copyOf(((Group) node).getChildren().keySet())))
                .orElse(List.of());
    }

    /** All datasets below a path with their paths from there, in the order of their numbers or names. */
    Map<String, String> datasets(String path) {
        Map<String, String> found = new LinkedHashMap<>();
        Optional<Node> start = find(path);
        if (start.isPresent() && start.get() instanceof Group group) {
            source.guarded(path, () -> {
                collect(group, "", path, 0, found);
                return found;
            });
        }
        return found;
    }

    private void collect(Group group, String relative, String path, int depth, Map<String, String> into) {
        if (depth > MAX_DEPTH) {
            throw invalid(path, "is nested more than " + MAX_DEPTH + " levels deep, or in a circle");
        }
        group.getChildren().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Hdf::byNumber))
                .forEach(child -> {
                    String below = relative.isEmpty() ? child.getKey() : relative + "/" + child.getKey();
                    Node node = plain(child.getValue(), path + "/" + below);
                    if (node instanceof Group inner) {
                        collect(inner, below, path, depth + 1, into);
                    } else if (node instanceof Dataset) {
                        into.put(below, path + "/" + below);
                    }
                });
    }

    private static int byNumber(String one, String two) {
        boolean numbers = one.matches("\\d{1,9}") && two.matches("\\d{1,9}");
        return numbers ? Integer.compare(Integer.parseInt(one), Integer.parseInt(two)) : one.compareTo(two);
    }

    @Override
    public void close() {
        hdf.close();
    }
}
