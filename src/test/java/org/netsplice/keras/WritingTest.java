package org.netsplice.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.container.ZipReader;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.Rename;
import org.netsplice.edit.step.RenameOutput;
import org.netsplice.format.Exporter;
import org.netsplice.graph.Graph;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** What is written as a Keras file is what Keras itself would have written, and reads back as what it was. */
@Tag("slow")
class WritingTest {
    private static final double TOLERANCE = 1e-5;

    /** Settings that Keras writes in another form with the same meaning. */
    private static final Set<String> SAME = Set.of(
            "Discretization.dtype",
            "SpatialDropout1D.dtype",
            "SpatialDropout2D.dtype",
            "SpatialDropout3D.dtype",
            "PReLU.shared_axes",
            "RMSNormalization.axis");

    @TempDir
    private Path folder;

    /** The folders with a model that Keras 3 wrote as an archive. */
    static Stream<Path> cases() {
        return Stream.of(
                        Fixtures.layers(),
                        Fixtures.ROOT.resolve("seed_merge"),
                        Fixtures.ROOT.resolve("seed_ensemble"),
                        Fixtures.ROOT.resolve("digits"),
                        Fixtures.ROOT.resolve("tabular"))
                .flatMap(group -> {
                    try (Stream<Path> folders = Files.list(group)) {
                        return folders
                                .filter(one -> Files.exists(one.resolve("model.keras")))
                                .sorted()
                                .toList()
                                .stream();
                    } catch (IOException problem) {
                        throw new IllegalStateException(problem);
                    }
                });
    }

    private Path written(Document document, Exporter exporter, String name) {
        Path file = folder.resolve(name + "." + exporter.extension());
        exporter.write(document, file, Progress.NONE);
        return file;
    }

    /** Outputs are compared in their order: written layers may have names that TensorFlow can predict with instead of their own. */
    private static double difference(Document document, Path original) {
        Document named = document;
        Graph wanted = Fixtures.open(original.resolve("model.keras")).graph();
        for (int i = 0; i < wanted.outputs().size(); i++) {
            String name = wanted.outputName(wanted.outputs().get(i));
            Output output = document.graph().outputs().get(i);
            if (!document.graph().outputName(output).equals(name)) {
                named = new RenameOutput(output.port(), name).apply(named);
            }
        }
        CompiledNetwork network = Compiler.compile(named, Progress.NONE);
        Map<String, Tensor> inputs = Fixtures.inputs(
                original,
                network.inputs().stream().map(CompiledNetwork.Input::name).toList());
        Map<String, Tensor> expected = Fixtures.expected(original);
        return Difference.largest(expected, network.predict(inputs, 32, Progress.NONE)) / Difference.scale(expected);
    }

    @TestFactory
    Stream<DynamicTest> everyModelOfKerasIsWrittenAsKerasWritesIt() {
        return cases().map(original ->
                DynamicTest.dynamicTest(original.getFileName().toString(), () -> {
                    Path source = original.resolve("model.keras");
                    Path copy = written(
                            Fixtures.open(source),
                            new KerasExporter(),
                            original.getFileName().toString());
                    assertThat(difference(Fixtures.open(copy), original)).isLessThan(TOLERANCE);
                    assertThat(weights(copy).keySet()).isEqualTo(weights(source).keySet());
                    weights(copy).forEach((path, tensor) -> {
                        assertThat(tensor.shape())
                                .as(path)
                                .isEqualTo(weights(source).get(path).shape());
                        assertThat(tensor.toArray())
                                .as(path)
                                .isEqualTo(weights(source).get(path).toArray());
                    });
                    compareLayers(config(source), config(copy));
                }));
    }

    private static Map<String, Tensor> weights(Path keras) {
        try (ZipReader zip = ZipReader.open(keras);
                Hdf hdf = Hdf.inside(zip.read("model.weights.h5"), keras.toString(), "")) {
            Map<String, Tensor> tensors = new TreeMap<>();
            hdf.datasets("layers").forEach((name, path) -> {
                if (!name.contains("optimizer/")) {
                    tensors.put(name, hdf.tensor(path));
                }
            });
            return tensors;
        }
    }

    private static Json config(Path keras) {
        try (ZipReader zip = ZipReader.open(keras)) {
            return JsonReader.parse(zip.read("config.json"), "", "").get("config");
        }
    }

    /** Layers of equal names: every setting that is written is what Keras wrote. */
    private static void compareLayers(Json original, Json copy) {
        Map<String, Json> byName = new HashMap<>();
        original.get("layers").items().forEach(layer -> byName.put(name(layer), layer));
        for (Json layer : copy.get("layers").items()) {
            Json before = byName.get(name(layer));
            if (before == null) {
                continue;
            }
            Json config = layer.get("config");
            if (List.of("Functional", "Sequential")
                    .contains(layer.get("class_name").text())) {
                compareLayers(before.get("config"), config);
            } else {
                compare(layer.get("class_name").text(), before.get("config"), config);
            }
        }
    }

    private static String name(Json layer) {
        return layer.find("name")
                .orElseGet(() -> layer.get("config").get("name"))
                .text();
    }

    private static void compare(String where, Json before, Json after) {
        if (SAME.contains(where)) {
            return;
        }
        if (before.isList() && after.isList()) {
            assertThat(after.items()).as(where).hasSameSizeAs(before.items());
            for (int i = 0; i < after.items().size(); i++) {
                compare(where, before.items().get(i), after.items().get(i));
            }
            return;
        }
        if (before.isNumber() && after.isNumber()) {
            assertThat(after.number()).as(where).isEqualTo(before.number());
            return;
        }
        if (!before.isObject() || !after.isObject()) {
            assertThat(after.toString()).as(where).isEqualTo(before.toString());
            return;
        }
        for (String key : after.keys()) {
            assertThat(before.has(key)).as(where + " has the key " + key).isTrue();
            boolean given = after.find(key).isPresent() || before.find(key).isPresent();
            if (given && !SAME.contains(where + "." + key)) {
                assertThat(after.find(key)).as(where + "." + key).isPresent();
                assertThat(before.find(key)).as(where + "." + key).isPresent();
                compare(where + "." + key, before.get(key), after.get(key));
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> hdf5IsWrittenWhereKerasReadsItBack() {
        return cases().map(original ->
                DynamicTest.dynamicTest(original.getFileName().toString(), () -> {
                    Document document = Fixtures.open(original.resolve("model.keras"));
                    try {
                        Path copy = written(
                                document,
                                new Hdf5Exporter(),
                                original.getFileName().toString());
                        assertThat(difference(Fixtures.open(copy), original)).isLessThan(TOLERANCE);
                        Path ofKeras = original.resolve("model.h5");
                        if (Files.exists(ofKeras)) {
                            assertThat(classNames(copy)).isEqualTo(classNames(ofKeras));
                        }
                    } catch (ModelException.CannotExport refused) {
                        assertThat(refused)
                                .hasMessageContaining("cannot be written as .h5, because Keras 3 reads it wrongly");
                        assertThat(refused.problem().remedy()).isEqualTo("Write a .keras file instead.");
                    }
                }));
    }

    /** The classes of layers, how often each, by which Keras finds them. */
    private static Map<String, Integer> classNames(Path file) {
        Map<String, Integer> names = new java.util.TreeMap<>();
        try (Hdf hdf = Hdf.open(file)) {
            Json model = JsonReader.parse(
                    hdf.text("", "model_config").orElseThrow().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    "",
                    "");
            count(model.get("config").get("layers"), names);
        }
        return names;
    }

    private static void count(Json layers, Map<String, Integer> names) {
        for (Json layer : layers.items()) {
            String name = layer.get("class_name").text();
            names.merge(name, 1, Integer::sum);
            if (List.of("Functional", "Sequential").contains(name)) {
                count(layer.get("config").get("layers"), names);
            }
        }
    }

    @Test
    void refusalsOfHdf5NameTheLayer() {
        Document document = Fixtures.open("layers/attention_dot/model.keras");
        assertThatThrownBy(() -> written(document, new Hdf5Exporter(), "refused"))
                .isInstanceOf(ModelException.CannotExport.class)
                .hasMessage(
                        "attention: Attention cannot be written as .h5, because Keras 3 reads it wrongly: score_mode cannot be read");
        assertThat(folder.resolve("refused.h5")).doesNotExist();
    }

    @Test
    void namesAreOnesThatTensorFlowMakesScopesOf() {
        Document document = Fixtures.open("layers/shared_submodel/model.keras").withName("Größe of 2 networks");
        NodeId dense = document.graph().nodes().values().stream()
                .filter(node -> !node.isInput())
                .findFirst()
                .orElseThrow()
                .id();
        Document renamed = new Rename(dense, "my layer: größer").apply(document);
        NodeId last = renamed.graph().outputs().get(0).port().node();
        renamed = new Rename(last, "the end").apply(renamed);
        List<String> names = new ArrayList<>();
        try (ZipReader zip = ZipReader.open(written(renamed, new KerasExporter(), "named"))) {
            Json model = JsonReader.parse(zip.read("config.json"), "", "");
            gatherNames(model, names);
            assertThat(model.get("config").get("output_layers").toString())
                    .as("no name of its own, so a list")
                    .startsWith("[")
                    .contains("the_end");
        }
        assertThat(names)
                .contains("Gr__e_of_2_networks", "my_layer__gr__er")
                .allMatch(name -> name.matches("[A-Za-z0-9_.-]+"));
    }

    private static void gatherNames(Json model, List<String> names) {
        names.add(model.get("config").get("name").text());
        model.get("config")
                .find("layers")
                .ifPresent(layers -> layers.items().forEach(layer -> gatherNames(layer, names)));
    }

    @Test
    void layersThatHoldCodeAreRefused() {
        Document document = Fixtures.open(Fixtures.ROOT.resolve("bad/lambda_layer/model.keras"));
        assertThatThrownBy(() -> written(document, new KerasExporter(), "code"))
                .isInstanceOf(ModelException.CannotExport.class)
                .hasMessageContaining("it holds Python code, which is never run");
    }

    @TestFactory
    Stream<DynamicTest> structureIsKept() {
        return Stream.of(
                        "layers/shared_submodel",
                        "layers/nested_functional_two_deep",
                        "layers/nested_multi_io_called_twice",
                        "layers/shared_layer_chained",
                        "seed_merge/merged_submodels")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    Path source = Fixtures.path(name + "/model.keras");
                    Document document = Fixtures.open(source);
                    Document again = Fixtures.open(written(document, new KerasExporter(), "structure"));
                    assertThat(names(again)).isEqualTo(names(document));
                    assertThat(again.graph().groups().values().stream()
                                    .map(group -> group.kind() + " " + group.definition())
                                    .sorted())
                            .containsExactlyElementsOf(document.graph().groups().values().stream()
                                    .map(group -> group.kind() + " " + group.definition())
                                    .sorted()
                                    .toList());
                    assertThat(callCounts(config(folder.resolve("structure.keras"))))
                            .isEqualTo(callCounts(config(source)));
                }));
    }

    private static Set<String> names(Document document) {
        Set<String> names = new HashSet<>();
        document.graph().nodes().values().forEach(node -> names.add(node.name()));
        return names;
    }

    /** Classes of a model's layers and how often each is called, in order. */
    private static List<String> callCounts(Json model) {
        return model.get("layers").items().stream()
                .map(layer -> layer.get("class_name").text() + " "
                        + layer.find("inbound_nodes")
                                .map(nodes -> nodes.items().size())
                                .orElse(0))
                .toList();
    }
}
