package org.netsplice.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.config.Json;
import org.netsplice.edit.Document;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** What is written as HDF5 is read again by a library that is not ours, whatever its sizes. */
class HdfWriterTest {
    @TempDir
    Path folder;

    /** Trees of any depth whose groups may be empty, tensors of every form and rank, texts and lists of any length. */
    @Property(tries = 60)
    void everyTreeIsReadAgain(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Map<String, Tensor> tensors = new HashMap<>();
        Map<String, String> texts = new HashMap<>();
        Map<String, List<String>> lists = new HashMap<>();
        byte[] bytes = HdfWriter.bytes(writer -> {
            for (int i = 0; i < random.nextInt(12); i++) {
                StringBuilder group = new StringBuilder("g" + random.nextInt(3));
                for (int level = random.nextInt(3); level > 0; level--) {
                    group.append("/inner ").append(random.nextInt(2));
                }
                String path = group + "/t" + i;
                tensors.put(path, tensor(random));
                writer.tensor(path, tensors.get(path));
                String text = "ä\"\u20ac" + "x".repeat(random.nextInt(3) * random.nextInt(100_000));
                texts.put(group.toString(), text);
                writer.attribute(group.toString(), "text", text);
                List<String> list = IntStream.range(0, random.nextInt(3) * random.nextInt(6000))
                        .mapToObj(n -> "näme_" + n)
                        .toList();
                if (lists.putIfAbsent(group.toString(), list) == null) {
                    writer.attribute(group.toString(), "list", list);
                }
                writer.attribute("empty" + i, "note", "");
            }
        });
        try (Hdf hdf = Hdf.inside(bytes, "some.h5", "")) {
            tensors.forEach((path, tensor) -> {
                Tensor read = hdf.tensor(path);
                assertThat(read.shape()).isEqualTo(tensor.shape());
                for (int i = 0; i < tensor.length(); i++) {
                    assertThat(read.numberAt(i)).isEqualTo(tensor.numberAt(i));
                }
            });
            texts.forEach((group, text) -> assertThat(hdf.text(group, "text")).contains(text));
            lists.forEach((group, list) -> assertThat(hdf.texts(group, "list")).contains(list));
        }
    }

    private static Tensor tensor(Random random) {
        long[] sizes = new long[random.nextInt(4)];
        int length = 1;
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(30);
            length *= (int) sizes[i];
        }
        Shape shape = Shape.of(sizes);
        return switch (random.nextInt(4)) {
            case 0 -> Tensor.owning(shape, random.doubles(length).toArray());
            case 1 -> Tensor.owning(DType.INT64, shape, random.longs(length).toArray());
            case 2 ->
                Tensor.owning(DType.INT32, shape, random.longs(length, -9, 9).toArray());
            default -> {
                float[] values = new float[length];
                for (int i = 0; i < length; i++) {
                    values[i] = random.nextFloat();
                }
                yield Tensor.owning(DType.FLOAT32, shape, values);
            }
        };
    }

    /** A chain of small layers of these names, opened from its architecture. */
    private Document chain(List<String> names) throws IOException {
        List<Object> layers = new ArrayList<>();
        layers.add(Map.of("class_name", "InputLayer", "config", Map.of("batch_input_shape", Arrays.asList(null, 2))));
        for (String name : names) {
            layers.add(Map.of("class_name", "Dense", "config", Map.of("name", name, "units", 2)));
        }
        Json whole = Json.of(Map.of(
                "class_name",
                "Sequential",
                "keras_version",
                "2.12.0",
                "config",
                Map.of("name", "c", "layers", layers)));
        Path file = Files.writeString(folder.resolve("architecture.json"), whole.toString());
        return Fixtures.FORMATS.open(file, Optional.empty(), Progress.NONE).asDocument();
    }

    @Test
    void modelsOfManyLayersAreWrittenAsKerasWritesThem() throws IOException {
        List<String> names = IntStream.range(0, 1500)
                .mapToObj(i -> "a_rather_long_name_of_a_layer_with_the_number_" + i)
                .toList();
        Document document = chain(names);
        Path file = folder.resolve("many.h5");
        new Hdf5Exporter().write(document, file, Progress.NONE);
        try (Hdf hdf = Hdf.open(file)) {
            assertThat(hdf.text("", "model_config").orElseThrow()).hasSizeGreaterThan(200_000);
            assertThat(hdf.texts("model_weights", "layer_names")).contains(names);
            assertThat(hdf.text("model_weights", "layer_names")).isEmpty();
            assertThat(hdf.text("model_weights", "layer_names0")).isPresent();
            assertThat(hdf.text("model_weights", "layer_names1")).isPresent();
        }
        Document again =
                Fixtures.FORMATS.open(file, Optional.empty(), Progress.NONE).asDocument();
        assertThat(again.graph().nodes()).hasSize(1501);
        assertThat(again.graph().weights()).hasSize(1500);
    }

    @Test
    void aNameThatHdf5CannotHoldIsToldBeforeAnythingIsWritten() throws IOException {
        Document document = chain(List.of("n".repeat(70_000)));
        Path file = folder.resolve("long.h5");
        assertThatThrownBy(() -> new Hdf5Exporter().write(document, file, Progress.NONE))
                .isInstanceOf(ModelException.CannotExport.class)
                .hasMessageContaining("n…n")
                .hasMessageContaining("is too long for an .h5 file, where names have at most 64,512 bytes");
        assertThat(file).doesNotExist();
    }
}
