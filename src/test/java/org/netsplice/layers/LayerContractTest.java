package org.netsplice.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.config.Json;
import org.netsplice.dl4j.Engine;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Node;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Setting;
import org.netsplice.ops.Array;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Where;
import org.netsplice.testing.Fixtures;

/** What every entry of the catalogue owes. */
class LayerContractTest {
    private static final Path SOURCES = Path.of("src/main/java/org/netsplice/layers");

    /** The tables that say which operator of ONNX is which layer. */
    private static final Path TABLES = Path.of("src/main/java/org/netsplice/onnx");

    /** Files that show layers to the user by example: the tour of the command line. */
    private static final Set<String> EXAMPLES = Set.of("Tour.java");

    /** Kinds whose outputs of Keras are among the reduced cases. */
    private static final Set<String> REDUCED = Set.of("LocallyConnected2D", "RandomCrop");

    private static Stream<DynamicTest> forEach(java.util.function.Consumer<Kind<?>> duty) {
        return Layers.ALL.stream().map(kind -> DynamicTest.dynamicTest(kind.id(), () -> duty.accept(kind)));
    }

    private static ComputedLayer example(Kind<?> kind) {
        return LayerNotation.parse(kind.id() + "(" + kind.example().settings() + ")", Where.NOWHERE)
                .layer();
    }

    private static List<TensorSpec> inputs(Kind<?> kind) {
        List<TensorSpec> specs = new ArrayList<>();
        for (String text : kind.example().inputs()) {
            String[] parts = text.replaceAll("[() ]", "").split(",");
            long[] sizes = new long[parts.length];
            for (int i = 0; i < sizes.length; i++) {
                sizes[i] = parts[i].equals("None") ? Shape.UNKNOWN : Long.parseLong(parts[i]);
            }
            specs.add(TensorSpec.of(Shape.of(sizes)));
        }
        return specs;
    }

    @TestFactory
    Stream<DynamicTest> theShapeRuleSaysWhatComputingGives() {
        Engine.start();
        return forEach(kind -> {
            ComputedLayer layer = example(kind);
            List<TensorSpec> specs = inputs(kind);
            Weights weights = Initial.draw(7, new WeightsId(1), layer.weights(specs));
            List<Array> arrays = new ArrayList<>();
            for (TensorSpec spec : specs) {
                Shape shape = spec.shape().withBatch(2);
                float[] values = new float[(int) shape.elements()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = layer.className().endsWith("Embedding") ? i % 5 : i % 7 - 3;
                }
                arrays.add(Array.of(values, shape.sizes()));
            }
            List<Array> parameters = new ArrayList<>();
            weights.tensors()
                    .forEach(tensor -> parameters.add(Array.of(
                            tensor.toArray(),
                            tensor.shape().rank() == 0
                                    ? new long[] {1}
                                    : tensor.shape().sizes())));
            List<float[]> before = arrays.stream().map(Array::values).toList();
            List<Array> results = layer.forward(arrays, parameters);
            List<TensorSpec> expected = layer.outputs(specs);
            assertThat(results).hasSameSizeAs(expected);
            for (int i = 0; i < results.size(); i++) {
                Shape said = expected.get(i).shape();
                assertThat(said.accepts(Shape.of(results.get(i).sizes())))
                        .as(said + " " + results.get(i))
                        .isTrue();
            }
            for (int i = 0; i < arrays.size(); i++) {
                assertThat(arrays.get(i).values()).as("inputs are left alone").isEqualTo(before.get(i));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> readingWhatWasWrittenGivesTheSameLayer() {
        return forEach(kind -> {
            for (ComputedLayer layer : List.of(example(kind), kind.standard())) {
                assertThat(kind.read(Json.of(kind.config(layer)))).isEqualTo(layer);
            }
        });
    }

    @Test
    void newRecurrentLayersStartAsInKeras() {
        for (ComputedLayer layer : List.of(example(LSTM.KIND), example(SimpleRNN.KIND))) {
            List<TensorSpec> specs = inputs(layer.kind());
            Weights weights = Initial.draw(3, new WeightsId(1), layer.weights(specs));
            int units = (int) weights.tensors().get(1).shape().size(0);
            int wide = (int) weights.tensors().get(1).shape().size(1);
            float[] recurrent = weights.tensors().get(1).toArray();
            for (int i = 0; i < units; i++) {
                for (int j = 0; j < units; j++) {
                    double product = 0;
                    for (int k = 0; k < wide; k++) {
                        product += recurrent[i * wide + k] * (double) recurrent[j * wide + k];
                    }
                    assertThat(product).isCloseTo(i == j ? 1 : 0, within(1e-6));
                }
            }
        }
        Weights lstm = Initial.draw(3, new WeightsId(1), example(LSTM.KIND).weights(inputs(LSTM.KIND)));
        assertThat(lstm.tensors().get(2).toArray()).containsExactly(0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void optionsThatCannotBeComputedAreNamed() {
        assertThatThrownBy(
                        () -> Resizing.KIND.readWhole(Json.of(Map.of("height", 3, "width", 3, "fill_mode", "reflect"))))
                .isInstanceOf(ModelException.Unsupported.class)
                .hasMessageEndingWith("fill_mode=\"reflect\" of Resizing is not supported");
        assertThat(Resizing.KIND
                        .readWhole(Json.of(Map.of("height", 3, "width", 3, "fill_mode", "constant")))
                        .height())
                .isEqualTo(3);
    }

    @TestFactory
    Stream<DynamicTest> aRecordKnowsItsKind() {
        return forEach(kind -> assertThat((Object) kind.standard().kind()).isSameAs(kind));
    }

    @TestFactory
    Stream<DynamicTest> settingsAreExplained() {
        return forEach(kind -> {
            assertThat(kind.summary()).endsWith(".");
            for (Setting<?> setting : kind.settings()) {
                assertThat(setting.help()).as(setting.name()).endsWith(".");
                assertThat(setting.range()).as(setting.name()).isNotBlank();
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> weightNamesAreDistinctAndShapesKnown() {
        return forEach(kind -> {
            List<WeightSpec> specs = example(kind).weights(inputs(kind));
            assertThat(specs.stream().map(WeightSpec::title)).doesNotHaveDuplicates();
            assertThat(specs).allMatch(spec -> spec.shape().known());
        });
    }

    @TestFactory
    Stream<DynamicTest> everyKindOfKerasHasAGolden() throws IOException {
        Set<String> seen = new HashSet<>();
        for (Path root : List.of(Fixtures.ROOT, Fixtures.layers())) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(file ->
                                file.endsWith("model.keras") && !file.toString().contains("bad"))
                        .forEach(file -> Fixtures.open(file).graph().nodes().values().stream()
                                .map(Node::layer)
                                .filter(ComputedLayer.class::isInstance)
                                .forEach(layer -> collect((ComputedLayer) layer, seen)));
            }
        }
        seen.addAll(DirectionsTest.COVERED);
        seen.addAll(OperationTest.covered());
        seen.addAll(REDUCED);
        return forEach(kind -> {
            if (kind.inKeras() && !(kind.standard() instanceof Augmentation)) {
                assertThat(seen).contains(kind.id());
            }
        });
    }

    /** The kind of a layer and those of the layers inside its settings. */
    private static void collect(ComputedLayer layer, Set<String> into) {
        into.add(layer.kind().id());
        inside(Json.of(layer.kind().config(layer)), into);
    }

    private static void inside(Json json, Set<String> into) {
        if (json.isList()) {
            json.items().forEach(item -> inside(item, into));
        } else if (json.isObject()) {
            json.find("class_name").filter(Json::isText).ifPresent(name -> into.add(name.text()));
            json.keys().forEach(key -> json.find(key).ifPresent(value -> inside(value, into)));
        }
    }

    @TestFactory
    Stream<DynamicTest> augmentationChangesNothing() {
        Engine.start();
        return Augmentation.KINDS.stream()
                .map(kind -> DynamicTest.dynamicTest(kind.className(), () -> {
                    Array image = Array.of(new float[] {1, 2, 3, 4, 5, 6}, 1, 2, 3, 1);
                    assertThat(kind.standard()
                                    .forward(List.of(image), List.of())
                                    .get(0)
                                    .values())
                            .isEqualTo(image.values());
                }));
    }

    @Test
    void aFileOfALayerIsShortAndBeginsWithAnExample() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                if (text.contains("implements ComputedLayer") || text.contains("implements AttentionLayer")) {
                    assertThat(text.lines()
                                    .filter(line -> !line.startsWith("import "))
                                    .count())
                            .as(file.toString())
                            .isLessThanOrEqualTo(180);
                    assertThat(text)
                            .as(file.toString())
                            .containsPattern("(?s)/\\*\\*[^/]*(\\(None|\\{@code).*?\\*/\\s*public record");
                }
            }
        }
    }

    @Test
    void classNamesOfLayersAreOnlyInTheirFiles() throws IOException {
        Set<String> names = new HashSet<>();
        Layers.ALL.stream()
                .filter(kind -> !kind.isOperation())
                .map(kind -> "\"" + kind.className() + "\"")
                .forEach(names::add);
        try (Stream<Path> files = Files.walk(SOURCES.getParent())) {
            for (Path file : files.filter(one -> one.toString().endsWith(".java"))
                    .filter(one -> !one.startsWith(SOURCES)
                            && !one.startsWith(TABLES)
                            && !EXAMPLES.contains(one.getFileName().toString()))
                    .toList()) {
                String text = Files.readString(file);
                assertThat(names).as(file.toString()).noneMatch(text::contains);
            }
        }
    }
}
