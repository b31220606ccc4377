package org.netsplice.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.container.ZipReader;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.AddLayer;
import org.netsplice.edit.step.Freeze;
import org.netsplice.edit.step.Rename;
import org.netsplice.edit.step.ResetWeights;
import org.netsplice.format.Head;
import org.netsplice.format.Opened;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.layers.LayerNotation;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.splice.SpliceFile;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** A model that is opened and written again says what it said: classes, names, flags, initializers, calls, how it was trained. */
class KeptTest {
    @TempDir
    private Path folder;

    private static Stream<Path> models() {
        return WritingTest.cases().map(one -> one.resolve("model.keras"));
    }

    private List<Problem> written(Document document, Path target) {
        return (target.toString().endsWith(".splice") ? new SpliceFile() : new KerasExporter())
                .write(document, target, Progress.NONE);
    }

    private static Json config(Path keras) {
        try (ZipReader zip = ZipReader.open(keras)) {
            return JsonReader.parse(zip.read("config.json"), "", "");
        }
    }

    /**
     * The architecture, with layers by their names where the order is another one: a mask that a TimeDistributed is called with is found without
     * being named, and no input of it here.
     */
    private static Json ordered(Path keras) {
        Json config = config(keras);
        boolean other = config.get("config").get("layers").items().stream()
                        .anyMatch(
                                layer -> layer.get("config").get("name").text().equals("masking"))
                && config.toString().contains("\"time_distributed\"");
        if (!other) {
            return config;
        }
        Map<String, Object> byName = new TreeMap<>();
        config.get("config")
                .get("layers")
                .items()
                .forEach(layer -> byName.put(layer.get("name").text(), layer));
        return Json.of(byName);
    }

    @TestFactory
    Stream<DynamicTest> anArchitectureIsWrittenAsItWasRead() {
        return models().map(source -> DynamicTest.dynamicTest(source.toString(), () -> {
            Path copy = folder.resolve("copy.keras");
            List<Problem> notes = written(Fixtures.open(source), copy);
            assertThat(notes).isEmpty();
            assertThat(differences(ordered(source), ordered(copy))).isEmpty();
        }));
    }

    @TestFactory
    Stream<DynamicTest> aDocumentKeepsItTillItIsWritten() {
        return models().map(source -> DynamicTest.dynamicTest(source.toString(), () -> {
            Path project = folder.resolve("project.splice");
            Document document = Fixtures.open(source);
            written(document, project);
            Document again = new SpliceFile()
                    .read(Head.of(project), Optional.empty(), Progress.NONE)
                    .asDocument();
            assertThat(again.kept()).isEqualTo(document.kept());
            Path copy = folder.resolve("copy.keras");
            assertThat(written(again, copy)).isEmpty();
            assertThat(differences(ordered(source), ordered(copy))).isEmpty();
        }));
    }

    private static NodeId node(Document document, String name) {
        return document.graph().named(name).orElseThrow().id();
    }

    private List<String> notes(Document document) {
        return written(document, folder.resolve("edited.keras")).stream()
                .map(Problem::what)
                .toList();
    }

    private Json edited() {
        return config(folder.resolve("edited.keras")).get("config");
    }

    private Map<String, String> optimizer() {
        try (ZipReader zip = ZipReader.open(folder.resolve("edited.keras"));
                Hdf hdf = Hdf.inside(zip.read("model.weights.h5"), "", "")) {
            return hdf.datasets("optimizer");
        }
    }

    @Test
    void theOptimizerGoesOnWhereItStopped() {
        Path source = Fixtures.path("digits/cnn_a/model.keras");
        assertThat(notes(Fixtures.open(source))).isEmpty();
        try (ZipReader before = ZipReader.open(source);
                ZipReader after = ZipReader.open(folder.resolve("edited.keras"));
                Hdf one = Hdf.inside(before.read("model.weights.h5"), "", "");
                Hdf two = Hdf.inside(after.read("model.weights.h5"), "", "")) {
            assertThat(one.datasets("optimizer")).hasSizeGreaterThan(10).isEqualTo(two.datasets("optimizer"));
            one.datasets("optimizer")
                    .values()
                    .forEach(path -> assertThat(two.tensor(path)).as(path).isEqualTo(one.tensor(path)));
        }
    }

    @Test
    void anEditChangesWhatItIsAbout() {
        Document document = Fixtures.open("digits/cnn_a/model.keras");
        Document renamed = new Rename(node(document, "conv_1"), "first").apply(document);
        assertThat(notes(renamed)).isEmpty();
        Json json = config(folder.resolve("edited.keras"));
        assertThat(json.get("class_name").text()).isEqualTo("Sequential");
        assertThat(json.find("compile_config")).isPresent();
        Json first = edited().get("layers").items().get(1);
        Json before = config(Fixtures.path("digits/cnn_a/model.keras"))
                .get("config")
                .get("layers")
                .items()
                .get(1);
        assertThat(differences(before, first)).containsExactly(".config.name: \"conv_1\" became \"first\"");
        assertThat(optimizer()).isNotEmpty();
    }

    @Test
    void anOptimizerOfOtherWeightsIsLeftOutWithAWord() {
        Document document = Fixtures.open("digits/cnn_a/model.keras");
        NodeId conv = node(document, "conv_1");
        assertThat(notes(new ResetWeights(conv).apply(document)))
                .containsExactly(
                        "the state of the optimizer is not written: layers have other weights than it was trained with");
        assertThat(optimizer()).isEmpty();
        assertThat(notes(new Freeze(Set.of(conv), true).apply(document)))
                .containsExactly("the state of the optimizer is not written: other layers are trained now");
        assertThat(edited().get("layers")
                        .items()
                        .get(1)
                        .get("config")
                        .get("trainable")
                        .flag())
                .isFalse();
    }

    @Test
    void aMergeOfTwoKeepsTheWordsOfBothButNotHowEachWasTrained() {
        Document one = Fixtures.open("digits/cnn_a/model.keras");
        Document two = ((Opened.Network) Fixtures.FORMATS.open(
                        Fixtures.path("digits/cnn_b/model.keras"), Optional.empty(), Progress.NONE))
                .edit("")
                .apply(one);
        assertThat(notes(two)).isEmpty();
        Json json = config(folder.resolve("edited.keras"));
        assertThat(json.get("class_name").text()).isEqualTo("Functional");
        assertThat(json.find("compile_config")).isEmpty();
        assertThat(json.toString()).contains("kernel_initializer");
    }

    @Test
    void anOutputOfANestedModelThatNothingReadsIsKept() {
        Path source = Fixtures.found().resolve("found3/k3_write_nested_unneeded_input/model.keras");
        Document document =
                Fixtures.FORMATS.open(source, Optional.empty(), Progress.NONE).asDocument();
        Path copy = folder.resolve("copy.keras");
        assertThat(written(document, copy)).isEmpty();
        String outputs = "\"output_layers\":[[\"multiply\",0,0],[\"dense\",0,0]]";
        assertThat(config(source).toString()).contains(outputs);
        assertThat(config(copy).toString()).contains(outputs);
    }

    @Test
    void aLayerThatNoOutputDependsOnIsNamed() {
        Document document = Fixtures.open("seed_merge/model_b/model.keras");
        NodeId input = document.graph().inputs().get(0);
        Document with = new AddLayer(
                        LayerNotation.parse("Dense(units=2)", Where.NOWHERE).layer(),
                        "aside",
                        List.of(Port.of(input)),
                        Optional.empty())
                .apply(document);
        assertThat(written(with, folder.resolve("copy.keras")))
                .extracting(Problem::what)
                .contains("the layer \"aside\" is not written, because no output depends on it");
    }

    @Test
    void namesInNestedModelsMayBeEqual() {
        Document document = Fixtures.open("digits/ensemble_average/model.keras");
        assertThat(notes(document)).isEmpty();
        List<String> inner = new ArrayList<>();
        edited().get("layers").items().stream()
                .filter(layer -> layer.get("class_name").text().equals("Sequential"))
                .forEach(model -> inner.add(model.get("config")
                        .get("layers")
                        .items()
                        .get(1)
                        .get("config")
                        .get("name")
                        .text()));
        assertThat(inner).containsExactly("conv_1", "conv_1");
    }

    @Test
    void aFrozenModelStaysFrozenTillALayerOfItIsTrained() {
        Document document = Fixtures.open("tabular/cancer_merged/model.keras");
        notes(new Freeze(Set.of(node(document, "left_1")), false).apply(document));
        assertThat(edited().get("layers").items().stream()
                        .filter(layer -> layer.get("config").has("trainable"))
                        .map(KeptTest::flags))
                .containsExactly(
                        "left true: false, true, false, false",
                        "right false: false, false, false, false",
                        "join true: ",
                        "head true: ");
    }

    /** The name and flag of a layer, and the flags of the layers in it. */
    private static String flags(Json layer) {
        Json config = layer.get("config");
        List<String> inner = !config.has("layers")
                ? List.of()
                : config.get("layers").items().stream()
                        .map(one -> one.get("config"))
                        .filter(one -> one.has("trainable"))
                        .map(one -> one.get("trainable").toString())
                        .toList();
        return config.get("name").text() + " " + config.get("trainable") + ": " + String.join(", ", inner);
    }

    private static Set<String> differences(Json before, Json after) {
        Set<String> found = new TreeSet<>();
        compare("", before, after, found);
        return found;
    }

    private static void compare(String where, Json before, Json after, Set<String> into) {
        if (before.isNumber() && after.isNumber() && before.number() == after.number()) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            Set<String> keys = new TreeSet<>(before.keys());
            keys.addAll(after.keys());
            for (String key : keys) {
                Json one = before.find(key).orElse(Json.of(null));
                Json two = after.find(key).orElse(Json.of(null));
                compare(where + "." + key, one, two, into);
            }
        } else if (before.isList()
                && after.isList()
                && before.items().size() == after.items().size()) {
            List<Json> items = new ArrayList<>(before.items());
            for (int i = 0; i < items.size(); i++) {
                compare(where + "[" + i + "]", items.get(i), after.items().get(i), into);
            }
        } else if (!before.equals(after)) {
            into.add(where + ": " + shortened(before) + " became " + shortened(after));
        }
    }

    private static String shortened(Json json) {
        String text = json.toString();
        return text.length() > 90 ? text.substring(0, 90) + "…" : text;
    }
}
