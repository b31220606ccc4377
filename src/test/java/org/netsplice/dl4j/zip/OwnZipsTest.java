package org.netsplice.dl4j.zip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.container.ZipReader;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.dl4j.Dl4jExporter;
import org.netsplice.edit.Document;
import org.netsplice.format.Exporter;
import org.netsplice.graph.Graph;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Node;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.Topology;
import org.netsplice.graph.Weights;
import org.netsplice.layers.NestedInput;
import org.netsplice.problem.ModelException;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** Zips that this program writes open again as they were. */
@Tag("slow")
class OwnZipsTest {
    @TempDir
    Path folder;

    private static Stream<Path> cases() throws IOException {
        try (Stream<Path> folders = Files.list(Fixtures.layers())) {
            return Stream.concat(
                    folders.filter(one -> Files.exists(one.resolve("model.keras"))).sorted().toList().stream(),
                    Stream.of("seed_merge/model_a", "digits/cnn_a", "digits/ensemble_concat_head")
                            .map(Fixtures.ROOT::resolve));
        }
    }

    private Document again(Document document, Exporter exporter) {
        Path file = folder.resolve("own.zip");
        exporter.write(document, file, Progress.NONE);
        return PlainNetworks.opened(file);
    }

    @TestFactory
    Stream<DynamicTest> everyLayerOfTheCatalogueOpensAgain() throws IOException {
        return cases().map(original ->
                DynamicTest.dynamicTest(original.getFileName().toString(), () -> {
                    Document document = Fixtures.open(original.resolve("model.keras"));
                    Document opened = again(document, new DescribingExporter(new Dl4jExporter()));
                    sameLayers(document.graph(), opened.graph());
                    CompiledNetwork network = Compiler.compile(opened, Progress.NONE);
                    Map<String, Tensor> inputs = Fixtures.inputs(
                            original,
                            network.inputs().stream()
                                    .map(CompiledNetwork.Input::name)
                                    .toList());
                    Map<String, Tensor> expected =
                            Compiler.compile(document, Progress.NONE).predict(inputs, 32, Progress.NONE);
                    Map<String, Tensor> actual = network.predict(inputs, 32, Progress.NONE);
                    assertThat(Difference.largest(expected, actual))
                            .isLessThanOrEqualTo(1e-6 * Difference.scale(expected));
                }));
    }

    private static void sameLayers(Graph written, Graph read) {
        var needed = Topology.of(written).needed();
        for (Node node : written.inOrder()) {
            if (!needed.contains(node.id()) || node.layer() instanceof NestedInput) {
                continue;
            }
            Node other = read.named(node.name()).orElseThrow(() -> new AssertionError(node.name()));
            assertThat(other.layer()).isEqualTo(node.layer());
            assertThat(other.policy()).isEqualTo(node.policy());
            Weights own = written.weights().get(node.weights());
            if (own != null && own.tensors().stream().anyMatch(tensor -> tensor.length() > 0)) {
                assertThat(other.trainable()).isEqualTo(node.trainable());
                assertThat(read.weights().get(other.weights()).shapes()).isEqualTo(own.shapes());
            }
            assertThat(read.callsOf(other).stream().map(Node::name))
                    .containsExactlyInAnyOrderElementsOf(written.callsOf(node).stream()
                            .filter(call -> needed.contains(call.id()))
                            .map(Node::name)
                            .toList());
        }
        assertThat(read.outputs().stream().map(read::outputName))
                .containsExactlyElementsOf(
                        written.outputs().stream().map(written::outputName).toList());
    }

    /** A zip as DL4J alone writes it tells no shapes of inputs. */
    @Test
    void shapesThatAreNotToldAreFound() {
        for (String name : List.of("digits/cnn_a", "digits/cnn_b")) {
            Document document = Fixtures.open(name + "/model.keras");
            Document opened = again(document, new Dl4jExporter());
            for (Node node : opened.graph().inOrder()) {
                if (node.layer() instanceof InputLayer input) {
                    InputLayer told = (InputLayer)
                            document.graph().named(node.name()).orElseThrow().layer();
                    assertThat(input.batchShape().accepts(told.batchShape())).isTrue();
                    assertThat(input.batchShape().last())
                            .isEqualTo(told.batchShape().last());
                }
            }
            Compiler.compile(opened, Progress.NONE);
        }
    }

    private Path changed(String from, String to) throws IOException {
        Path file = folder.resolve("sound.zip");
        new Dl4jExporter().write(Fixtures.open("seed_merge/model_a/model.keras"), file, Progress.NONE);
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipReader zip = ZipReader.open(file)) {
            zip.names().forEach(name -> entries.put(name, zip.read(name)));
        }
        String json = new String(entries.get("configuration.json"), StandardCharsets.UTF_8);
        assertThat(json).contains(from);
        entries.put("configuration.json", json.replace(from, to).getBytes(StandardCharsets.UTF_8));
        Path target = folder.resolve("changed.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(target))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return target;
    }

    private void refused(String expected, String from, String to) throws IOException {
        Path file = changed(from, to);
        assertThatThrownBy(() -> PlainNetworks.opened(file))
                .isInstanceOf(ModelException.class)
                .satisfies(problem ->
                        assertThat(((ModelException) problem).problem().line()).isEqualTo(expected));
    }

    @Test
    void verticesThatLieAreRefused() throws IOException {
        refused(
                "changed.zip, configuration.json: the layer \"a_layer_1\" is of the class \"java.lang.Runtime\", which this version does not know",
                "\"layerClass\" : \"Dense\"",
                "\"layerClass\" : \"java.lang.Runtime\"");
        refused(
                "changed.zip, configuration.json.vertices.a_layer_1.picks[0]: reads output 3 of the layer \"Input_a\", which has 1",
                "\"picks\" : [ -1 ]",
                "\"picks\" : [ 3 ]");
        refused(
                "changed.zip, configuration.json.vertices.a_layer_1: reads 1 vertices and names another number of them",
                "\"picks\" : [ -1 ]",
                "\"picks\" : [ ]");
    }

    @Test
    void outputsKeepTheirNames() {
        Document document = Fixtures.open("seed_merge/model_a/model.keras");
        Graph graph = document.graph();
        Document named = document.with(graph.withOutputs(List.of(
                new org.netsplice.graph.Output(graph.outputs().get(0).port(), "mine"),
                org.netsplice.graph.Output.of(graph.outputs().get(0).port()))));
        Graph opened = again(named, new DescribingExporter(new Dl4jExporter())).graph();
        assertThat(opened.outputs().stream().map(opened::outputName))
                .containsExactly("mine", graph.outputName(graph.outputs().get(0)));
    }
}
