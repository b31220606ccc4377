package org.netsplice.dl4j.zip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netsplice.container.Half;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.Opaque;
import org.netsplice.problem.ModelException;
import org.netsplice.work.Progress;

/** Zips written by hand: the words of older versions, every form of the numbers, and files that lie. */
class OldZipsTest {
    private static final String DENSE = """
            {"backprop": true, "confs": [{"layer": {"dense": {"layerName": null, "activationFn": {"ReLU": {}}, "nin": 2, "nout": 2}}},
             {"layer": {"output": {"layerName": "out", "activationFunction": "identity", "nin": 2, "nout": 1}}}], "inputPreProcessors": {}}""";
    private static final float[] NUMBERS = {1, 2, 3, 4, 0.5f, -20, 2, 3, 0.25f};

    @TempDir
    Path folder;

    private Path zip(Map<String, byte[]> entries) throws IOException {
        Path file = folder.resolve("old.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }

    private Path zip(String json, byte[] numbers) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("configuration.json", json.getBytes(StandardCharsets.UTF_8));
        entries.put("coefficients.bin", numbers);
        return zip(entries);
    }

    private static byte[] numbers(String mode, String shapeType, String type, float... values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        long[] shape = {2, 1, values.length, 1, 1, 0, 1, 'c'};
        start(out, mode, shape.length, shapeType);
        for (long size : shape) {
            if (shapeType.equals("INT")) {
                out.writeInt((int) size);
            } else {
                out.writeLong(size);
            }
        }
        start(out, mode, values.length, type);
        for (float value : values) {
            switch (type) {
                case "DOUBLE" -> out.writeDouble(value);
                case "HALF" -> out.writeShort(Half.of(value));
                default -> out.writeFloat(value);
            }
        }
        return bytes.toByteArray();
    }

    private static void start(DataOutputStream out, String mode, long length, String type) throws IOException {
        out.writeUTF(mode);
        if (mode.equals("JAVACPP")) {
            out.writeInt((int) length);
        } else {
            out.writeLong(length);
        }
        out.writeUTF(type);
    }

    private static float[] predicted(Document document, Tensor data) {
        CompiledNetwork network = Compiler.compile(document, Progress.NONE);
        return network.predict(Map.of(network.inputs().get(0).name(), data), 8, Progress.NONE)
                .values()
                .iterator()
                .next()
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "JAVACPP,INT,FLOAT",
        "LONG_SHAPE,LONG,FLOAT",
        "MIXED_DATA_TYPES,LONG,DOUBLE",
        "MIXED_DATA_TYPES,LONG,HALF"
    })
    void everyFormOfNumbersIsReadAndMatricesStandColumnByColumn(String mode, String shape, String type)
            throws IOException {
        Document document = PlainNetworks.opened(zip(DENSE, numbers(mode, shape, type, NUMBERS)));
        // x = (1, 1): 1 + 2 + 0.5 = 3.5; relu(3 + 4 - 20) = 0; 2 · 3.5 + 3 · 0 + 0.25 = 7.25
        assertThat(predicted(document, Tensor.of(Shape.of(1, 2), 1, 1))).containsExactly(7.25f);
        assertThat(document.graph().named("layer0")).isPresent();
        assertThat(document.graph().named("out")).isPresent();
    }

    @Test
    void aGravesLstmWithoutPeepholesIsAnLstm() throws IOException {
        String json = """
                {"vertices": {"l": {"LayerVertex": {"layerConf": {"layer": {"gravesLSTM": {"activationFn": {"TanH": {}}, "gateActivationFn": {"Sigmoid": {}}, "nin": 1, "nout": 1}}}}}},
                 "vertexInputs": {"l": ["in"]}, "networkInputs": ["in"], "networkOutputs": ["l"]}""";
        float[] values = {0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0, 0, 0, 0.9f, 1f, 1.1f, 1.2f};
        Document document = PlainNetworks.opened(zip(json, numbers("JAVACPP", "INT", "FLOAT", values)));
        double candidate = Math.tanh(0.1 * 2 + 0.9);
        double state = candidate * sigmoid(0.4 * 2 + 1.2);
        assertThat(predicted(document, Tensor.of(Shape.of(1, 1, 1), 2))[0])
                .isCloseTo(
                        (float) (sigmoid(0.3 * 2 + 1.1) * Math.tanh(state)),
                        org.assertj.core.api.Assertions.within(1e-6f));
        values[9] = 0.5f;
        Document other = PlainNetworks.opened(zip(json, numbers("JAVACPP", "INT", "FLOAT", values)));
        assertThat(other.graph().named("l").orElseThrow().layer())
                .isInstanceOfSatisfying(
                        Opaque.class,
                        opaque -> assertThat(opaque.reason())
                                .isEqualTo("its gates see the state of the cell, which has no counterpart here"));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** A class that must never be loaded. */
    public static final class Canary {
        static boolean touched;

        static {
            touch();
        }

        private static void touch() {
            System.setProperty("netsplice.canary", "touched");
        }
    }

    @Test
    void classesOfOthersAreNeverLoadedAndSerializedObjectsNeverRead() throws IOException {
        String canary = OldZipsTest.class.getName() + "$Canary";
        String json = DENSE.replace("{\"dense\": {", "{\"@class\": \"" + canary + "\", \"x\": {")
                .replace("{\"ReLU\": {}}", "{\"@class\": \"" + canary + "\"}");
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("configuration.json", json.getBytes(StandardCharsets.UTF_8));
        entries.put("coefficients.bin", numbers("JAVACPP", "INT", "FLOAT", NUMBERS));
        entries.put("preprocessor.bin", new byte[] {(byte) 0xac, (byte) 0xed, 0, 5, 's', 'r'});
        entries.put("normalizer.bin", new byte[] {(byte) 0xac, (byte) 0xed, 0, 5, 's', 'r'});
        Document document = PlainNetworks.opened(zip(entries));
        assertThat(System.getProperty("netsplice.canary")).isNull();
        assertThat(document.graph().named("layer0").orElseThrow().layer())
                .isInstanceOfSatisfying(Opaque.class, opaque -> {
                    assertThat(opaque.className()).isEqualTo(canary);
                    assertThat(opaque.reason()).isEqualTo("it is a class of another program, which is never loaded");
                });
        assertThat(document.graph().weights()).hasSize(2);
    }

    private void refused(String expected, String json, byte[] numbers) throws IOException {
        Path file = zip(json, numbers);
        assertThatThrownBy(() -> PlainNetworks.opened(file))
                .isInstanceOf(ModelException.class)
                .satisfies(problem ->
                        assertThat(((ModelException) problem).problem().line()).isEqualTo(expected));
    }

    @Test
    void numbersThatLieAreRefusedBeforeAnythingIsAllocated() throws IOException {
        byte[] sound = numbers("MIXED_DATA_TYPES", "LONG", "FLOAT", NUMBERS);
        byte[] lies = sound.clone();
        lies[18] = 0x7f;
        refused(
                "old.zip, coefficients.bin: says that 9151314442816847880 elements of 8 bytes follow for the shape, but 133 bytes are left",
                DENSE,
                lies);
        refused(
                "old.zip, coefficients.bin: ends in the middle of the numbers",
                DENSE,
                java.util.Arrays.copyOf(sound, 100));
        refused(
                "old.zip, coefficients.bin: goes on behind its last number",
                DENSE,
                java.util.Arrays.copyOf(sound, sound.length + 1));
        refused("old.zip, coefficients.bin: ends in the middle of the shape", DENSE, new byte[0]);
        refused("old.zip, coefficients.bin: does not begin the shape as DL4J does", DENSE, new byte[] {
            (byte) 0, (byte) 1, 'x', 5, 0, 0
        });
        refused(
                "old.zip, coefficients.bin: holds 3 numbers, but the layers have 9 parameters",
                DENSE,
                numbers("JAVACPP", "INT", "FLOAT", 1, 2, 3));
    }

    @Test
    void architecturesThatAreNoneAreRefused() throws IOException {
        byte[] sound = numbers("JAVACPP", "INT", "FLOAT", NUMBERS);
        refused("old.zip, configuration.json: holds neither layers nor vertices", "{}", sound);
        refused(
                "old.zip, configuration.json.confs[0].layer: does not say of which class it is",
                "{\"confs\": [{\"layer\": {}}]}",
                sound);
        refused(
                "old.zip, configuration.json: is JSON beyond the limits: nested more than 512 levels deep",
                "[".repeat(600) + "]".repeat(600),
                sound);
        String graph = """
                {"vertices": {"a": {"ScaleVertex": {"scaleFactor": 1}}, "b": {"ScaleVertex": {"scaleFactor": 1}}},
                 "vertexInputs": {"a": ["READ"], "b": ["a"]}, "networkInputs": ["in"], "networkOutputs": ["b"]}""";
        refused("old.zip, configuration.json.vertexInputs: leads in a circle", graph.replace("READ", "b"), sound);
        refused(
                "old.zip, configuration.json.vertexInputs.a: reads the vertex \"x\", which is not there",
                graph.replace("READ", "x"),
                sound);
    }

    @Test
    void missingEntriesAreNamed() throws IOException {
        Path numbers = zip(Map.of("coefficients.bin", new byte[0]));
        assertThatThrownBy(() -> PlainNetworks.opened(numbers))
                .hasMessageContaining("configuration.json: is missing from the archive");
        Path architecture = zip(Map.of("configuration.json", DENSE.getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> PlainNetworks.opened(architecture))
                .hasMessageContaining("coefficients.bin: is missing from the archive");
    }
}
