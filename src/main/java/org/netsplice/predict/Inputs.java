package org.netsplice.predict;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.netsplice.container.Guard;
import org.netsplice.container.Npy;
import org.netsplice.container.Npz;
import org.netsplice.dl4j.CompiledNetwork.Input;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.MemoryShortage;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/** Reads the files a user gives for the inputs of a network. */
public final class Inputs {
    /** The most numbers one array can hold. */
    static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final List<Input> inputs;
    private final ImageReading images;

    public Inputs(List<Input> inputs, ImageReading images) {
        this.inputs = List.copyOf(inputs);
        this.images = images;
    }

    /**
     * A file for an input; an empty name means the next input without one.
     *
     * @param columns which columns of a table
     */
    public record Given(String name, Path file, ColumnChoice columns) {

        /** A file of which everything is read. */
        public Given(String name, Path file) {
            this(name, file, ColumnChoice.ALL);
        }

        /**
         * Reads {@code NAME=FILE} or {@code FILE}, and {@code #COLUMNS} behind it. A file that is called like the whole text is meant
         * before a name or columns.
         *
         * @param standard the columns where none are given
         */
        public static Given of(String text, List<Input> inputs, ColumnChoice standard) {
            int equals = text.indexOf('=');
            String name = equals < 0 ? "" : text.substring(0, equals);
            boolean known = inputs.stream().anyMatch(input -> input.name().equals(name));
            boolean named = known || (equals > 0 && !Files.exists(Path.of(text)) && !Files.exists(file(text)));
            String rest = named ? text.substring(equals + 1) : text;
            if (Files.exists(Path.of(rest)) || rest.indexOf('#') <= 0) {
                return new Given(named ? name : "", Path.of(rest), standard);
            }
            List<String> columns = ColumnChoice.list(rest.substring(rest.lastIndexOf('#') + 1));
            return new Given(named ? name : "", file(rest), standard.with(columns));
        }

        private static Path file(String text) {
            int mark = text.lastIndexOf('#');
            return Path.of(mark <= 0 ? text : text.substring(0, mark));
        }
    }

    /** Whether a file is read as pictures: PNG, JPEG, WebP, BMP, TIFF, or a folder of them. */
    public static boolean isPicture(Path file) {
        return ImageFiles.recognises(file);
    }

    /** Whether pictures fit an input of this shape: (None, height, width, 1 or 3). */
    public static boolean takesPictures(Shape shape) {
        return shape.rank() == 4 && (shape.last() == 1 || shape.last() == 3);
    }

    /** Reads all files; the result has an array for every input that a file was given for. */
    public Map<String, Tensor> read(List<Given> files, Progress progress) {
        Map<String, Tensor> data = new LinkedHashMap<>();
        for (Given given : files) {
            if (given.name().isEmpty() && lower(given.file()).endsWith(".npz")) {
                data.putAll(archive(given.file()));
                continue;
            }
            Input input = given.name().isEmpty() ? next(data, given.file()) : named(given.name());
            data.put(input.name(), one(given.file(), input, given.columns(), progress));
        }
        return data;
    }

    private Input named(String name) {
        return inputs.stream()
                .filter(input -> input.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> refused(new Where.AtOption("input " + name), "the network has no such input", listed()));
    }

    private Input next(Map<String, Tensor> data, Path file) {
        return inputs.stream()
                .filter(input -> !data.containsKey(input.name()))
                .findFirst()
                .orElseThrow(() -> refused(
                        new Where.InFile(String.valueOf(file.getFileName()), ""),
                        "is one file more than the network has inputs",
                        listed()));
    }

    private String listed() {
        return "The inputs are "
                + inputs.stream()
                        .map(input -> input.name() + " " + input.shape())
                        .collect(Collectors.joining(", "))
                + ".";
    }

    private Map<String, Tensor> archive(Path path) {
        Map<String, Tensor> arrays = Npz.read(path);
        Map<String, Tensor> data = new LinkedHashMap<>();
        if (inputs.size() == 1 && arrays.size() == 1) {
            return Map.of(inputs.get(0).name(), arrays.values().iterator().next());
        }
        for (Input input : inputs) {
            Tensor tensor = arrays.get(input.name());
            if (tensor == null) {
                throw refused(
                        new Where.InFile(String.valueOf(path.getFileName()), ""),
                        "has no array \"" + input.name() + "\"; it has " + String.join(", ", arrays.keySet()),
                        listed());
            }
            data.put(input.name(), tensor);
        }
        return data;
    }

    /** Reads one file for one input: {@code .npy}, {@code .npz}, CSV, a picture, or a folder of pictures. */
    public Tensor one(Path file, Input input, Progress progress) {
        return one(file, input, ColumnChoice.ALL, progress);
    }

    private Tensor one(Path file, Input input, ColumnChoice columns, Progress progress) {
        String name = String.valueOf(file.getFileName());
        progress.at(-1, "Reading " + name);
        if (!Files.exists(file)) {
            throw Guard.unreadable(name, new java.nio.file.NoSuchFileException(file.toString()));
        }
        Guard.requireFile(file);
        return fitting(new Where.InFile(name, ""), () -> held(file, input, columns, progress));
    }

    private static <T> T fitting(Where where, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (OutOfMemoryError problem) {
            throw new ModelException.CannotPredict(
                    MemoryShortage.problem(where, "does not fit into memory", "Choose less data."), problem);
        }
    }

    private Tensor held(Path file, Input input, ColumnChoice columns, Progress progress) {
        String name = String.valueOf(file.getFileName());
        if (ImageFiles.recognises(file)) {
            return checked(ImageFiles.read(file, input.shape(), images, progress), input, name);
        }
        if (lower(file).endsWith(".npz")) {
            Map<String, Tensor> arrays = Npz.read(file);
            Tensor tensor = arrays.size() == 1 ? arrays.values().iterator().next() : arrays.get(input.name());
            if (tensor == null) {
                throw refused(
                        new Where.InFile(name, ""),
                        "has no array \"" + input.name() + "\"",
                        "It has " + String.join(", ", arrays.keySet()) + ".");
            }
            return checked(tensor, input, name);
        }
        return Npy.recognises(head(file, name))
                ? checked(Npy.read(file), input, name)
                : checked(CsvTable.read(file).tensor(input.shape(), input.name(), columns), input, name);
    }

    /** The first bytes of a file, which must be small enough to be held in memory. */
    private static byte[] head(Path file, String name) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(6);
            double size = (double) Files.size(file);
            if (!Npy.recognises(head)) {
                Guard.check(name, "", Files.size(file), Long.MAX_VALUE);
            }
            requireMemory(new Where.InFile(name, ""), "its content", size, "Choose a smaller file.");
            return head;
        } catch (IOException problem) {
            throw Guard.unreadable(name, problem);
        }
    }

    private static Tensor checked(Tensor tensor, Input input, String file) {
        return input.fitted(tensor)
                .orElseThrow(() -> refused(
                        new Where.InFile(file, ""),
                        "holds data of shape " + tensor.shape() + ", but the input " + input.name() + " needs "
                                + input.shape(),
                        "Choose a file with that shape; the first axis counts the rows."));
    }

    private static String lower(Path path) {
        return String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    }

    /** Numbers between 0 and 1 for every input, the same for the same seed; unknown sizes become 8. */
    public Map<String, Tensor> random(int rows, long seed) {
        requireMemory(rows);
        Map<String, Tensor> data = new LinkedHashMap<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (Input input : inputs) {
            Shape shape = sized(input, rows);
            float[] values = new float[Math.toIntExact(shape.elements())];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble();
            }
            data.put(input.name(), Tensor.owning(DType.FLOAT32, shape, values));
        }
        return data;
    }

    private static Shape sized(Input input, int rows) {
        long[] sizes = input.shape().sizes();
        for (int axis = 0; axis < sizes.length; axis++) {
            sizes[axis] = axis == 0 ? rows : sizes[axis] == Shape.UNKNOWN ? 8 : sizes[axis];
        }
        return Shape.of(sizes);
    }

    /** Refuses rows of random numbers that would not fit into memory, before any is drawn. */
    private void requireMemory(int rows) {
        double bytes = 0;
        double largest = 0;
        for (Input input : inputs) {
            double numbers = 1;
            for (long size : sized(input, rows).sizes()) {
                numbers *= size;
            }
            bytes += 4 * numbers;
            largest = Math.max(largest, numbers);
        }
        String what = rows + " rows of random numbers";
        requireMemory(Where.NOWHERE, what, bytes, "Use fewer rows.");
        if (largest > LARGEST_ARRAY) {
            throw refused(Where.NOWHERE, what + " are more than one array can hold", "Use fewer rows.");
        }
    }

    /** Refuses what would take too much memory, before it is made. */
    static void requireMemory(Where where, String what, double bytes, String remedy) {
        if (MemoryShortage.excludes(bytes)) {
            throw new ModelException.CannotPredict(
                    MemoryShortage.problem(where, what + " would take " + MemoryShortage.size(bytes), remedy));
        }
    }

    private static ModelException.CannotPredict refused(Where where, String what, String remedy) {
        return new ModelException.CannotPredict(Problem.error(where, what, remedy));
    }
}
