package org.netsplice.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.check.Report;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.container.ZipReader;
import org.netsplice.dl4j.Dl4jExporter;
import org.netsplice.dl4j.zip.DescribingExporter;
import org.netsplice.dl4j.zip.Dl4jImporter;
import org.netsplice.format.Head;
import org.netsplice.problem.ModelException;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** Sound DL4J zips with a few things changed are opened or refused with a message; the changes are the same in every run. */
@Tag("slow")
class Dl4jMutationTest {
    @TempDir
    Path folder;

    private final Map<String, String> bugs = new TreeMap<>();

    private Map<String, byte[]> entries(Path file) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipReader zip = ZipReader.open(file)) {
            zip.names().forEach(name -> entries.put(name, zip.read(name)));
        }
        return entries;
    }

    private List<Map<String, byte[]>> sound() throws IOException {
        MultiLayerNetwork chain = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new ConvolutionLayer.Builder(3, 2).nOut(2).build())
                .layer(new BatchNormalization())
                .layer(new SubsamplingLayer.Builder(PoolingType.MAX).build())
                .layer(new DenseLayer.Builder().nOut(3).build())
                .layer(new OutputLayer.Builder().nOut(2).build())
                .setInputType(InputType.convolutional(6, 6, 1))
                .build());
        chain.init();
        Path first = folder.resolve("chain.zip");
        chain.save(first.toFile(), false);
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("a", "b")
                .addLayer(
                        "steps",
                        new LastTimeStep(new LSTM.Builder().nIn(2).nOut(3).build()),
                        "a")
                .addLayer("rows", new DenseLayer.Builder().nIn(2).nOut(3).build(), "b")
                .addVertex("joined", new MergeVertex(), "steps", "rows")
                .addLayer("out", new OutputLayer.Builder().nIn(6).nOut(2).build(), "joined")
                .setOutputs("out")
                .build());
        graph.init();
        Path second = folder.resolve("graph.zip");
        graph.save(second.toFile(), false);
        Path third = folder.resolve("own.zip");
        new DescribingExporter(new Dl4jExporter())
                .write(Fixtures.open("seed_merge/model_a/model.keras"), third, Progress.NONE);
        return List.of(entries(first), entries(second), entries(third));
    }

    private boolean opens(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(1);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        Path file = Files.write(folder.resolve("changed.zip"), bytes.toByteArray());
        try {
            Report.of(new Dl4jImporter()
                    .read(Head.of(file), Optional.empty(), Progress.NONE)
                    .asDocument()
                    .graph());
            return true;
        } catch (ModelException message) {
            assertThat(message.problem().text()).isNotBlank();
            return false;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError bug) {
            String place = bug + " at "
                    + List.of(bug.getStackTrace()).stream().limit(4).toList();
            if (bugs.putIfAbsent(bug.getClass() + " " + bug.getStackTrace()[0], place) == null) {
                Files.write(Files.createTempFile("mutation", ".zip"), bytes.toByteArray());
            }
            return false;
        }
    }

    @Test
    void changedZipsEndWell() throws IOException {
        int opened = 0;
        for (Map<String, byte[]> sound : sound()) {
            Mutations mutations = new Mutations(23);
            for (String name : List.of("configuration.json", "netsplice.json")) {
                if (!sound.containsKey(name)) {
                    continue;
                }
                Json json = JsonReader.parse(sound.get(name), "", "");
                for (int round = 0; round < 400; round++) {
                    Map<String, byte[]> changed = new LinkedHashMap<>(sound);
                    changed.put(name, mutations.json(json).toString().getBytes(StandardCharsets.UTF_8));
                    opened += opens(changed) ? 1 : 0;
                }
            }
            for (int round = 0; round < 200; round++) {
                Map<String, byte[]> changed = new LinkedHashMap<>(sound);
                changed.put("coefficients.bin", mutations.bytes(sound.get("coefficients.bin")));
                opened += opens(changed) ? 1 : 0;
            }
        }
        assertThat(bugs.values()).isEmpty();
        assertThat(opened).as("how many could still be opened").isBetween(50, 2150);
    }
}
