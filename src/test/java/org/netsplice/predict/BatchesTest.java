package org.netsplice.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.container.Npy;
import org.netsplice.container.Npz;
import org.netsplice.dl4j.CompiledNetwork.Input;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.work.Progress;

/** Rows that pass batch by batch are those of the whole file, are written as the whole file is, and are never all in memory. */
class BatchesTest {
    private static final int BUFFERS = 200_000;

    @TempDir
    Path folder;

    private static Input input(String name, int width) {
        return new Input(name, Shape.of(Shape.UNKNOWN, width), DType.FLOAT32);
    }

    private static Tensor numbers(Random random, int rows, int width) {
        float[] values = new float[rows * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return Tensor.owning(DType.FLOAT32, Shape.of(rows, width), values);
    }

    private static void csv(Tensor tensor, Path path) throws IOException {
        Outputs.write(Map.of("c", tensor), path);
    }

    /** The array stored column by column. */
    private static void byColumns(Tensor tensor, Path path) throws IOException {
        int rows = (int) tensor.shape().size(0);
        int width = (int) tensor.shape().size(1);
        String header = "{'descr': '<f4', 'fortran_order': True, 'shape': (" + rows + ", " + width + "), }\n";
        ByteBuffer bytes = ByteBuffer.allocate(10 + header.length() + 4 * rows * width)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0})
                .put(header.getBytes(StandardCharsets.US_ASCII));
        for (int column = 0; column < width; column++) {
            for (int row = 0; row < rows; row++) {
                bytes.putFloat(tensor.at(row * width + column));
            }
        }
        Files.write(path, bytes.array());
    }

    @Property(tries = 60)
    void batchesAreTheRowsOfTheWholeFile(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 50) int rows,
            @ForAll @IntRange(min = 1, max = 5) int width,
            @ForAll @IntRange(min = 1, max = 60) int size)
            throws IOException {
        Path here = Files.createTempDirectory("rows");
        Tensor first = numbers(new Random(seed), rows, width);
        Tensor second = numbers(new Random(~seed), rows, 2);
        List<Input> inputs = List.of(input("a", width), input("b", 2));
        csv(first, here.resolve("a.csv"));
        Npy.write(first, Files.newOutputStream(here.resolve("a.npy")));
        byColumns(first, here.resolve("f.npy"));
        csv(second, here.resolve("b.csv"));
        Npz.write(Map.of("a", first, "b", second), Files.newOutputStream(here.resolve("ab.npz")));
        Inputs reader = new Inputs(inputs, ImageReading.UNIT);
        for (List<String> files : List.of(
                List.of("a.csv", "b.csv"), List.of("a.npy", "b.csv"), List.of("f.npy", "b.csv"), List.of("ab.npz"))) {
            List<Inputs.Given> given = files.stream()
                    .map(file -> new Inputs.Given("", here.resolve(file)))
                    .toList();
            Map<String, List<Tensor>> parts = new LinkedHashMap<>();
            try (Batches batches = reader.batches(given, size, Progress.NONE)) {
                while (batches.hasNext()) {
                    long expected = Math.min(size, rows - batches.given());
                    batches.next().forEach((name, part) -> {
                        assertThat(part.shape().size(0)).isEqualTo(expected);
                        parts.computeIfAbsent(name, any -> new ArrayList<>()).add(part);
                    });
                }
                assertThat(batches.given()).isEqualTo(rows);
                assertThat(batches.done()).isEqualTo(1);
                assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
            }
            assertThat(Tensor.joined(parts.get("a"))).as("a of %s", files).isEqualTo(first);
            assertThat(Tensor.joined(parts.get("b"))).as("b of %s", files).isEqualTo(second);
            assertThat(reader.read(given, Progress.NONE)).isEqualTo(Map.of("a", first, "b", second));
        }
        Batches.of(Map.of("a", first), size)
                .forEachRemaining(
                        batch -> assertThat(batch.get("a").shape().size(0)).isLessThanOrEqualTo(size));
        delete(here);
    }

    @Property(tries = 60)
    void resultsAreWrittenAsTheWholeIs(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 50) int rows,
            @ForAll @IntRange(min = 1, max = 60) int size)
            throws IOException {
        Path here = Files.createTempDirectory("rows");
        Map<String, Tensor> whole = new LinkedHashMap<>();
        whole.put("a", numbers(new Random(seed), rows, 3));
        whole.put("b", numbers(new Random(~seed), rows, 2).reshaped(Shape.of(rows, 1, 2)));
        for (String name : List.of("p.csv", "p.npz", "p.npy")) {
            Map<String, Tensor> outputs = name.equals("p.npy") ? Map.of("a", whole.get("a")) : whole;
            Outputs.write(outputs, here.resolve("whole" + name));
            Outputs.write(Batches.of(outputs, size), here.resolve(name));
            assertThat(here.resolve(name)).hasSameBinaryContentAs(here.resolve("whole" + name));
        }
        assertThat(Npz.read(here.resolve("p.npz"))).isEqualTo(whole);
        assertThat(Npy.read(here.resolve("p.npy"))).isEqualTo(whole.get("a"));
        assertThat(Outputs.table(Batches.of(whole, size), List.of("x", "y"), 20))
                .isEqualTo(Outputs.table(whole, List.of("x", "y"), 20));
        try (Stream<Path> files = Files.list(here)) {
            assertThat(files).as("nothing is left that waited").hasSize(6);
        }
        delete(here);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Of a file of some megabytes no more has been read than the batches given away, one ahead, and what buffers hold. */
    @Test
    void noMoreIsReadThanABatchAhead() throws IOException {
        Tensor tensor = numbers(new Random(1), 100_000, 4);
        csv(tensor, folder.resolve("a.csv"));
        Npy.write(tensor, Files.newOutputStream(folder.resolve("a.npy")));
        Npz.write(Map.of("a", tensor), Files.newOutputStream(folder.resolve("a.npz")));
        Inputs reader = new Inputs(List.of(input("a", 4)), ImageReading.UNIT);
        int size = 1000;
        for (String name : List.of("a.csv", "a.npy", "a.npz")) {
            Path file = folder.resolve(name);
            double bytes = name.equals("a.npz") ? 1_600_000 : Files.size(file);
            double most = (2.0 * size / 100_000) + BUFFERS / bytes;
            try (Batches batches = reader.batches(List.of(new Inputs.Given("a", file)), size, Progress.NONE)) {
                while (batches.hasNext()) {
                    batches.next();
                    assertThat(batches.done() - batches.given() / 100_000.0)
                            .as("read ahead of %s", name)
                            .isBetween(-0.01, most);
                }
            }
        }
    }

    /** What is asked for next has everything before it in a file, but for what buffers hold. */
    @Test
    void resultsAreWrittenAsTheyCome() {
        for (String name : List.of("p.csv", "p.npy", "p.npz")) {
            Tensor batch = numbers(new Random(2), 1000, 4);
            Iterator<Map<String, Tensor>> results = new Iterator<>() {
                private int given;

                @Override
                public boolean hasNext() {
                    return given < 200;
                }

                @Override
                public Map<String, Tensor> next() {
                    long numbers = given++ * 4000L;
                    assertThat(waiting())
                            .as("bytes of %d numbers for %s", numbers, name)
                            .isGreaterThan(4 * numbers - BUFFERS);
                    return Map.of("a", batch);
                }
            };
            Outputs.write(results, folder.resolve(name));
        }
    }

    private long waiting() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".part"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Test
    void inputsOfDifferentLengthsAreRefusedWithTheirNumbers() throws IOException {
        Inputs reader = new Inputs(List.of(input("a", 1), input("b", 1)), ImageReading.UNIT);
        csv(numbers(new Random(1), 7, 1), folder.resolve("a.csv"));
        csv(numbers(new Random(1), 9, 1), folder.resolve("b.csv"));
        Npy.write(numbers(new Random(1), 7, 1), Files.newOutputStream(folder.resolve("a.npy")));
        Npy.write(numbers(new Random(1), 9, 1), Files.newOutputStream(folder.resolve("b.npy")));
        for (String kind : List.of("csv", "npy")) {
            for (int size = 1; size < 10; size++) {
                int rows = size;
                assertThatThrownBy(() -> through(reader, kind, rows))
                        .isInstanceOf(ModelException.CannotPredict.class)
                        .hasMessage("input b: has 9 rows, but the other input has 7");
            }
        }
    }

    private void through(Inputs reader, String kind, int size) {
        List<Inputs.Given> given = List.of(
                new Inputs.Given("", folder.resolve("a." + kind)), new Inputs.Given("", folder.resolve("b." + kind)));
        try (Batches batches = reader.batches(given, size, Progress.NONE)) {
            batches.forEachRemaining(batch -> assertThat(batch).hasSize(2));
        }
    }

    @Test
    void damageInTheMiddleLeavesTheOldFile() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "1\n2\n3\nx\n");
        Path target = Files.writeString(folder.resolve("p.csv"), "old");
        Inputs reader = new Inputs(List.of(input("a", 1)), ImageReading.UNIT);
        try (Batches batches = reader.batches(List.of(new Inputs.Given("", file)), 2, Progress.NONE)) {
            assertThatThrownBy(() -> Outputs.write(batches, target))
                    .hasMessage("a.csv, row 4, column 1: holds \"x\" instead of a number");
        }
        assertThat(target).hasContent("old");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
        byte[] damaged = zip();
        damaged[damaged.length / 3] ^= 1;
        Path archive = Files.write(folder.resolve("a.npz"), damaged);
        assertThatThrownBy(() -> reader.one(archive, input("a", 1), Progress.NONE))
                .isInstanceOf(ModelException.Invalid.class)
                .hasMessageStartingWith("a.npz, a.npy: ");
    }

    private byte[] zip() throws IOException {
        Path archive = folder.resolve("whole.npz");
        Npz.write(Map.of("a", numbers(new Random(3), 500, 1)), Files.newOutputStream(archive));
        return Files.readAllBytes(archive);
    }
}
