package org.netsplice.dl4j.zip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer;
import org.netsplice.app.Main;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.work.Progress;

/** Normalizers that plain DL4J saved beside networks become layers, with which raw data predicts what normalized data does in DL4J. */
class NormalizerTest {
    @TempDir
    Path folder;

    private Path saved(MultiLayerNetwork network, DataNormalization normalizer) throws IOException {
        Path file = folder.resolve("normalized.zip");
        ModelSerializer.writeModel(network, file.toFile(), false);
        ModelSerializer.addNormalizerToModel(file.toFile(), normalizer);
        return file;
    }

    private void same(InputType input, INDArray data, DataNormalization normalizer, String kind) throws IOException {
        MultiLayerNetwork network = PlainNetworks.chain(input, layers(input));
        normalizer.fit(new DataSet(data.dup(), data.dup()));
        INDArray normal = data.dup();
        normalizer.transform(normal);
        float[] expected = network.output(normal).dup('c').data().asFloat();
        Path file = saved(network, normalizer);
        assertThat(Main.formats().unread(file)).isEmpty();
        Document document = PlainNetworks.opened(file);
        assertThat(document.graph().nodes().values())
                .anyMatch(node -> node.layer().className().equals(kind));
        Tensor rows = Tensor.of(Shape.of(data.shape()), data.dup('c').data().asFloat());
        String name = document.graph().node(document.graph().inputs().get(0)).name();
        float[] found = Compiler.compile(document, Progress.NONE)
                .predict(Map.of(name, rows), 32, Progress.NONE)
                .values()
                .iterator()
                .next()
                .toArray();
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], Offset.offset(1e-5f));
        }
    }

    private static Layer[] layers(InputType input) {
        return input == Cases.IMAGE
                ? new Layer[] {Cases.convolution(3, 3).build(), Cases.output()}
                : new Layer[] {Cases.dense(), Cases.output()};
    }

    @Test
    void meansAndDeviations() throws IOException {
        INDArray data = PlainNetworks.numbers(20, 4).muli(7).addi(3);
        data.getColumn(2).assign(5);
        same(Cases.FLAT, data, new NormalizerStandardize(), "Normalization");
        same(Cases.IMAGE, PlainNetworks.numbers(3, 3, 9, 8).muli(3), new NormalizerStandardize(), "Normalization");
    }

    @Test
    void leastAndLargestValues() throws IOException {
        same(Cases.FLAT, PlainNetworks.numbers(20, 4).muli(7), new NormalizerMinMaxScaler(-1, 2), "Normalization");
    }

    @Test
    void pixels() throws IOException {
        INDArray data = PlainNetworks.numbers(2, 3, 9, 8).addi(0.5).muli(255);
        same(Cases.IMAGE, data, new ImagePreProcessingScaler(-1, 1), "Rescaling");
    }

    /** The entry of a normalizer whose class is this test's canary. */
    private static byte[] custom() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF("NORMALIZER");
            out.writeInt(1);
            out.writeUTF("CUSTOM");
            out.writeUTF(Canary.class.getName());
        }
        return bytes.toByteArray();
    }

    @Test
    void othersAreNotReadAndSaidToBeSo() throws IOException {
        Path file = folder.resolve("custom.zip");
        PlainNetworks.chain(Cases.FLAT, layers(Cases.FLAT)).save(file.toFile(), false);
        try (FileSystem zip = FileSystems.newFileSystem(file)) {
            Files.write(zip.getPath("normalizer.bin"), custom());
        }
        assertThat(Main.formats().unread(file))
                .containsExactly("normalizer.bin (no part of what is read of a DL4J model)");
        assertThat(PlainNetworks.opened(file).graph().nodes().values())
                .noneMatch(node -> node.name().endsWith("normalized"));
    }

    @Test
    void aClassThatIsNamedIsNeverLoaded() throws IOException {
        assertThat(Normalizer.read(custom(), "a.zip")).isEmpty();
        assertThat(System.getProperty("netsplice.normalizer.canary")).isNull();
    }

    /** Leaves a trace when it is loaded. */
    static final class Canary {
        static {
            System.setProperty("netsplice.normalizer.canary", "loaded");
        }

        private Canary() {}
    }

    @Test
    void damageIsToldAtEveryLength() throws IOException {
        NormalizerStandardize normalizer = new NormalizerStandardize();
        INDArray data = PlainNetworks.numbers(5, 4);
        normalizer.fit(new DataSet(data, data));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        NormalizerSerializer.getDefault().write(normalizer, bytes);
        byte[] whole = bytes.toByteArray();
        assertThat(Normalizer.read(whole, "a.zip")).isPresent();
        for (int length = 30; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Normalizer.read(part, "a.zip")).isInstanceOf(ModelException.Invalid.class);
        }
    }

    @Test
    void changedBytesAreReadOrRefused() throws IOException {
        NormalizerMinMaxScaler normalizer = new NormalizerMinMaxScaler(0, 1);
        INDArray data = PlainNetworks.numbers(5, 4);
        normalizer.fit(new DataSet(data, data));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        NormalizerSerializer.getDefault().write(normalizer, bytes);
        byte[] whole = bytes.toByteArray();
        for (int place = 0; place < whole.length; place++) {
            for (byte value : new byte[] {0, 1, 0x7f, (byte) 0x80, (byte) 0xff}) {
                byte[] changed = whole.clone();
                changed[place] = value;
                try {
                    Normalizer.read(changed, "a.zip")
                            .ifPresent(one -> assertThat(one.shift()).hasSameSizeAs(one.scale()));
                } catch (ModelException.Invalid told) {
                    assertThat(told).hasMessageContaining("normalizer.bin");
                }
            }
        }
    }
}
