package org.netsplice.predict;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.netsplice.container.Guard;
import org.netsplice.container.Npy;
import org.netsplice.container.NpyRows;
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
        return ImageRows.recognises(file);
    }

    /** The pictures of a folder in the order in which they are rows, or the one picture of a file. */
    public static List<Path> pictures(Path file) {
        return Files.isDirectory(file) ? ImageRows.pictures(file) : List.of(file);
    }

    /** Whether pictures fit an input of this shape: (None, height, width, 1 or 3). */
    public static boolean takesPictures(Shape shape) {
        return shape.rank() == 4 && (shape.last() == 1 || shape.last() == 3);
    }

    /** Reads all files; the result has an array for every input that a file was given for. */
    public Map<String, Tensor> read(List<Given> files, Progress progress) {
        Map<String, Tensor> data = new LinkedHashMap<>();
        for (Map.Entry<String, Given> entry : assigned(files).entrySet()) {
            Given given = entry.getValue();
            data.put(entry.getKey(), one(given, named(entry.getKey()), progress));
        }
        return data;
    }

    /**
     * Opens all files, to be read batch by batch.
     *
     * @param size rows of a batch, at least 1
     */
    public Batches batches(List<Given> files, int size, Progress progress) {
        Map<String, Given> assigned = assigned(files);
        Map<String, RowSource> sources = new LinkedHashMap<>();
        for (Input input : inputs) {
            if (assigned.containsKey(input.name())) {
                sources.put(input.name(), open(assigned.get(input.name()), input, progress));
            }
        }
        return new Batches(sources, size);
    }

    /** The file that each input reads. */
    private Map<String, Given> assigned(List<Given> files) {
        Map<String, Given> assigned = new LinkedHashMap<>();
        for (Given given : files) {
            if (!given.name().isEmpty()) {
                assigned.put(named(given.name()).name(), given);
            } else if (isArchive(given.file())) {
                inputs.forEach(input -> assigned.put(input.name(), given));
            } else {
                assigned.put(next(assigned.keySet(), given.file()).name(), given);
            }
        }
        return assigned;
    }

    private Input named(String name) {
        return inputs.stream()
                .filter(input -> input.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> refused(new Where.AtOption("input " + name), "the network has no such input", listed()));
    }

    private Input next(Set<String> taken, Path file) {
        return inputs.stream()
                .filter(input -> !taken.contains(input.name()))
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

    /** Reads one file for one input: {@code .npy}, {@code .npz}, CSV, a picture, or a folder of pictures. */
    public Tensor one(Path file, Input input, Progress progress) {
        return one(new Given(input.name(), file), input, progress);
    }

    private Tensor one(Given given, Input input, Progress progress) {
        try (FittingRows rows = open(given, input, progress)) {
            return rows.whole();
        }
    }

    private FittingRows open(Given given, Input input, Progress progress) {
        Path file = given.file();
        String name = String.valueOf(file.getFileName());
        progress.at(-1, "Reading " + name);
        if (!Files.exists(file)) {
            throw Guard.unreadable(name, new java.nio.file.NoSuchFileException(file.toString()));
        }
        Guard.requireFile(file);
        Where where = new Where.InFile(name, "");
        return FittingRows.within(where, () -> FittingRows.of(source(given, input, progress), input, where));
    }

    private RowSource source(Given given, Input input, Progress progress) {
        Path file = given.file();
        if (ImageRows.recognises(file)) {
            return new ImageRows(file, input.shape(), images, progress);
        }
        if (isArchive(file)) {
            return RowSource.of(Npz.rows(file, key(given, input)));
        }
        return isArray(file)
                ? RowSource.of(NpyRows.open(file))
                : CsvRows.open(file, input.shape(), input.name(), given.columns());
    }

    /** The array of an archive that an input reads: the one with its name, or the only one where no other input reads it. */
    private String key(Given given, Input input) {
        List<String> keys = Npz.keys(given.file());
        boolean whole = given.name().isEmpty();
        if (keys.size() == 1 && (!whole || inputs.size() == 1)) {
            return keys.get(0);
        }
        if (!keys.contains(input.name())) {
            throw refused(
                    new Where.InFile(String.valueOf(given.file().getFileName()), ""),
                    "has no array \"" + input.name() + "\"" + (whole ? "; it has " + listed(keys) : ""),
                    whole ? listed() : "It has " + listed(keys) + ".");
        }
        return input.name();
    }

    private static String listed(List<String> keys) {
        int shown = Math.min(keys.size(), 20);
        return String.join(", ", keys.subList(0, shown)) + (shown < keys.size() ? ", …" : "");
    }

    private static boolean isArchive(Path file) {
        return lower(file).endsWith(".npz");
    }

    private static boolean isArray(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Npy.recognises(in.readNBytes(6));
        } catch (IOException problem) {
            throw Guard.unreadable(String.valueOf(file.getFileName()), problem);
        }
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
