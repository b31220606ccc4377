package org.netsplice.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.container.Npy;
import org.netsplice.container.Npz;
import org.netsplice.graph.DType;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.problem.ModelException;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** Single layers take their weights from any file that has some. */
class StoredWeightsTest {
    private static final List<WeightSpec> DENSE = List.of(
            WeightSpec.trainable("kernel", Initial.ZEROS, 32, 10), WeightSpec.trainable("bias", Initial.ZEROS, 10));

    @TempDir
    Path folder;

    private static Tensor counted(long... sizes) {
        Shape shape = Shape.of(sizes);
        float[] values = new float[(int) shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        return Tensor.owning(DType.FLOAT32, shape, values);
    }

    private Path npz(Map<String, Tensor> arrays) throws IOException {
        Path path = folder.resolve("head.npz");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Npz.write(arrays, out);
        return Files.write(path, out.toByteArray());
    }

    private Path safetensors(String header, byte... numbers) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer all = ByteBuffer.allocate(8 + text.length + numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        all.putLong(text.length).put(text).put(numbers);
        return Files.write(folder.resolve("head.safetensors"), all.array());
    }

    private static StoredWeights read(Path path) {
        return Fixtures.FORMATS.weights(path, Progress.NONE);
    }

    @Test
    void modelsAndWeightsOfKerasGiveTheSame() {
        Weights expected = new Weights(Fixtures.open("digits/cnn_a/model.keras").graph().weights().values().stream()
                .filter(one -> one.fit(DENSE))
                .findFirst()
                .orElseThrow()
                .tensors());
        for (String file : List.of("model.keras", "model.h5", "model.weights.h5", "legacy_weights.h5")) {
            StoredWeights stored = read(Fixtures.path("digits/cnn_a/" + file));
            assertThat(stored.layers()).as(file).hasSize(4);
            assertThat(stored.choose("probabilities", DENSE)).as(file).isEqualTo(expected);
            assertThat(stored.choose("output", DENSE)).as(file).isEqualTo(expected);
        }
    }

    @Test
    void arraysBelongToTheLayerTheirKeysName() throws IOException {
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put("one/kernel", counted(32, 10));
        arrays.put("one/bias", counted(10));
        arrays.put("two/bias", counted(10));
        arrays.put("two/kernel", counted(32, 10));
        StoredWeights stored = read(npz(arrays));
        assertThat(stored.choose("two", DENSE)).isEqualTo(new Weights(List.of(counted(32, 10), counted(10))));
        assertThatThrownBy(() -> stored.choose("three", DENSE))
                .isInstanceOf(ModelException.Invalid.class)
                .hasMessageContaining("head.npz: holds weights of 2 layers that fit three: one; two");
        Path single = folder.resolve("bias.npy");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Npy.write(counted(10), out);
        Files.write(single, out.toByteArray());
        assertThat(read(single).choose("any", DENSE.subList(1, 2))).isEqualTo(new Weights(List.of(counted(10))));
    }

    @Test
    void whatIsNeededAndWhatThereIsAreTold() throws IOException {
        Path path = npz(Map.of("kernel", counted(3, 4)));
        assertThatThrownBy(() -> read(path).choose("dense", DENSE))
                .isInstanceOf(ModelException.Invalid.class)
                .satisfies(problem -> assertThat(
                                ((ModelException) problem).problems().get(0).text())
                        .isEqualTo("""
                                head.npz: has no weights that fit dense, which needs kernel (32, 10), bias (10,)
                                  It has kernel (3, 4)."""));
    }

    @Test
    void namesOfPyTorchBringItsLayout() throws IOException {
        ByteBuffer numbers = ByteBuffer.allocate(6 * 4 + 2 * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 6; i++) {
            numbers.putFloat(i);
        }
        numbers.putShort((short) 0x3f80).putShort((short) 0xc000);
        Path path = safetensors(
                "{\"__metadata__\":{\"format\":\"pt\"},"
                        + "\"net.fc.weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
                        + "\"net.fc.bias\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[24,28]}}",
                numbers.array());
        List<WeightSpec> specs = List.of(
                WeightSpec.trainable("kernel", Initial.ZEROS, 3, 2), WeightSpec.trainable("bias", Initial.ZEROS, 2));
        assertThat(read(path).choose("net.fc", specs))
                .isEqualTo(new Weights(
                        List.of(Tensor.of(Shape.of(3, 2), 0, 3, 1, 4, 2, 5), Tensor.of(Shape.of(2), 1, -2))));
    }

    @Property(tries = 100)
    void kernelsOfPyTorchAreTurned(
            @ForAll @IntRange(min = 1, max = 4) int out,
            @ForAll @IntRange(min = 1, max = 4) int in,
            @ForAll @IntRange(min = 1, max = 3) int height,
            @ForAll @IntRange(min = 1, max = 3) int width) {
        Tensor kernel = counted(out, in, height, width);
        StoredLayer layer = new StoredLayer("conv", Map.of("weight", kernel));
        Tensor turned = layer.fit(List.of(WeightSpec.trainable("kernel", Initial.ZEROS, height, width, in, out)))
                .orElseThrow()
                .tensors()
                .get(0);
        int at = 0;
        for (int h = 0; h < height; h++) {
            for (int w = 0; w < width; w++) {
                for (int i = 0; i < in; i++) {
                    for (int o = 0; o < out; o++) {
                        assertThat(turned.at(at++)).isEqualTo(kernel.at(((o * in + i) * height + h) * width + w));
                    }
                }
            }
        }
        StoredLayer table = new StoredLayer("embedding", Map.of("weight", counted(out, in)));
        assertThat(table.fit(List.of(WeightSpec.trainable("embeddings", Initial.ZEROS, out, in))))
                .contains(new Weights(List.of(counted(out, in))));
    }

    @Test
    void headersThatLieAreRefusedInWords() throws IOException {
        String[][] cases = {
            {"{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,80]}}", "which cannot be"},
            {"{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}", "which cannot be"},
            {"{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", "which cannot be"},
            {
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,2147483647],\"data_offsets\":[0,8]}}",
                "which cannot be"
            },
            {"{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[8],\"data_offsets\":[0,8]}}", "F8_E4M3 are not supported"},
            {"{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,8]}}", "expected"},
            {"{\"a\":7}", "expected"},
        };
        for (String[] one : cases) {
            Path path = safetensors(one[0], new byte[8]);
            assertThatThrownBy(() -> read(path))
                    .as(one[0])
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining(one[1]);
        }
    }

    @Test
    void damagedFilesNeverEndInAnythingElseThanWords() throws IOException {
        Path path = safetensors("{\"a.weight\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", new byte[8]);
        byte[] sound = Files.readAllBytes(path);
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = sound.clone();
            for (int change = 0; change <= random.nextInt(3); change++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Files.write(path, java.util.Arrays.copyOf(bytes, bytes.length - random.nextInt(4)));
            try {
                read(path);
            } catch (ModelException told) {
                assertThat(told.problems()).isNotEmpty();
            }
        }
    }
}
