package org.netsplice.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.AddLayer;
import org.netsplice.edit.step.Freeze;
import org.netsplice.edit.step.MarkOutput;
import org.netsplice.graph.DType;
import org.netsplice.graph.Graph;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Node;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.LayerNotation;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;
import org.netsplice.work.Stopped;

class CompilerTest {

    private static LayerVertex vertex(CompiledNetwork network, String name) {
        return (LayerVertex)
                network.graph().orElseThrow().getConfiguration().getVertices().get(name);
    }

    private static Node node(Document document, String name) {
        return document.graph().named(name).orElseThrow();
    }

    @Test
    void frozenLayersStayFrozenInTheCompiledGraph() {
        Document document = Fixtures.open("seed_merge/model_b/model.keras");
        Document frozen = new Freeze(Set.of(node(document, "b_layer_1").id()), true).apply(document);
        CompiledNetwork network = Compiler.compile(frozen, Progress.NONE);
        assertThat(vertex(network, "b_layer_1").isFrozen()).isTrue();
        assertThat(vertex(network, "b_output_layer").isFrozen()).isFalse();
        CompiledNetwork fromFile =
                Compiler.compile(Fixtures.open("digits/ensemble_concat_head/model.keras"), Progress.NONE);
        assertThat(vertex(fromFile, "conv_1").isFrozen()).isTrue();
        assertThat(vertex(fromFile, "head").isFrozen()).isFalse();
    }

    @Test
    void allReasonsAreGivenAtOnce() {
        Document document = Fixtures.open("bad/lambda_layer/model.keras");
        document = new AddLayer(
                        LayerNotation.parse("Add", Where.NOWHERE).layer(),
                        "half",
                        List.of(Port.of(node(document, "features").id())),
                        Optional.empty())
                .apply(document);
        Document broken = document;
        assertThatThrownBy(() -> Compiler.compile(broken, Progress.NONE))
                .isInstanceOfSatisfying(
                        ModelException.CannotCompile.class,
                        refusal -> assertThat(refusal.problems().stream().map(Problem::line))
                                .containsExactlyInAnyOrder(
                                        "python_code: Lambda cannot be computed: it holds Python code, which is never run",
                                        "half: Add takes two inputs or more, and has 1"));
    }

    @Test
    void aNumberOutsideATableIsRefusedBeforeNativeCodeSeesIt() {
        CompiledNetwork network = Compiler.compile(Fixtures.open("layers/embedding/model.keras"), Progress.NONE);
        Tensor input = Fixtures.npy("layers/embedding/input.npy");
        float[] values = input.toArray();
        for (float wrong : new float[] {-1, 1e9f, Float.NaN}) {
            values[0] = wrong;
            Tensor data = Tensor.owning(DType.FLOAT32, input.shape(), values.clone());
            assertThatThrownBy(() -> network.predict(Map.of("in_0", data), 32, Progress.NONE))
                    .isInstanceOf(ModelException.CannotPredict.class)
                    .hasMessageContaining("received " + (Float.isNaN(wrong) ? Integer.MIN_VALUE : (int) wrong)
                            + ", but the numbers from 0 to ");
        }
    }

    @Test
    void anInputMayBeAnOutputAndAnOutputMayBeUsedInside() {
        Document document = Fixtures.open("seed_merge/model_b/model.keras");
        for (String name : List.of("Input_b", "b_layer_1")) {
            document = new MarkOutput(Port.of(node(document, name).id()), true).apply(document);
        }
        Tensor input = Fixtures.npy("seed_merge/model_b/input.npy");
        Map<String, Tensor> results =
                Compiler.compile(document, Progress.NONE).predict(Map.of("Input_b", input), 32, Progress.NONE);
        assertThat(results.keySet()).containsExactly("b_output_layer", "Input_b", "b_layer_1");
        assertThat(results.get("Input_b")).isEqualTo(input);
    }

    /** As in Keras, layers farther from the outputs run first, and attention takes the masks of its inputs from those that run later. */
    @Test
    void masksAreTakenInTheOrderOfKeras() {
        Document opened = Fixtures.open(Fixtures.layers().resolve("embedding_mask_mha/model.keras"));
        Document document = add(
                opened,
                "Identity",
                "later",
                List.of(opened.graph().outputs().get(0).port()));
        document = new MarkOutput(Port.of(node(document, "later").id()), true).apply(document);
        Port embedded = Port.of(document.graph().nodes().values().stream()
                .filter(node -> node.layer().className().equals("Embedding"))
                .findFirst()
                .orElseThrow()
                .id());
        assertThat(zeroSteps(squared(document, embedded, 0))).isZero();
        assertThat(zeroSteps(squared(document, embedded, 9))).isPositive();
    }

    /** The product of the embedded words with themselves, read through some layers that change nothing. */
    private static Tensor squared(Document start, Port embedded, int after) {
        Document document = add(start, "Multiply", "square", List.of(embedded, embedded));
        for (int i = 0; i < after; i++) {
            Port last =
                    Port.of(node(document, i == 0 ? "square" : "same" + (i - 1)).id());
            document = add(document, "Identity", "same" + i, List.of(last));
        }
        String output = after == 0 ? "square" : "same" + (after - 1);
        document = new MarkOutput(Port.of(node(document, output).id()), true).apply(document);
        Tensor input = Fixtures.npy(Fixtures.layers().resolve("embedding_mask_mha/input.npy"));
        CompiledNetwork network = Compiler.compile(document, Progress.NONE);
        return network.predict(Map.of(network.inputs().get(0).name(), input), 32, Progress.NONE)
                .get(output);
    }

    private static Document add(Document document, String layer, String name, List<Port> inputs) {
        return new AddLayer(LayerNotation.parse(layer, Where.NOWHERE).layer(), name, inputs, Optional.empty())
                .apply(document);
    }

    private static long zeroSteps(Tensor sequences) {
        int size = Math.toIntExact(sequences.shape().last());
        long count = 0;
        for (int step = 0; step < sequences.length() / size; step++) {
            boolean zero = true;
            for (int i = 0; i < size; i++) {
                zero &= sequences.at(step * size + i) == 0;
            }
            count += zero ? 1 : 0;
        }
        return count;
    }

    @Test
    void batchesDoNotChangeTheNumbers() {
        Document document = Fixtures.open("digits/cnn_a/model.keras");
        CompiledNetwork network = Compiler.compile(document, Progress.NONE);
        Map<String, Tensor> data = Map.of("digit", Fixtures.npy("digits/X_test.npy"));
        Tensor whole = network.predict(data, 300, Progress.NONE).get("probabilities");
        Tensor parts = network.predict(data, 7, Progress.NONE).get("probabilities");
        assertThat(org.netsplice.testing.Difference.largest(whole, parts)).isLessThan(1e-6);
    }

    @Test
    void onlyWhatOutputsNeedIsCompiled() {
        Document document = Fixtures.open("seed_merge/model_b/model.keras");
        Document inner = new MarkOutput(Port.of(node(document, "b_layer_1").id()), true)
                .apply(new MarkOutput(Port.of(node(document, "b_output_layer").id()), false).apply(document));
        assertThat(Compiler.compile(inner, Progress.NONE).vertexCount()).isEqualTo(2);
    }

    @Test
    void aNetworkThatCannotFitIntoMemoryIsRefusedWithNumbers() {
        Document document = new AddLayer(
                        new InputLayer(Shape.of(Shape.UNKNOWN, 100_000), DType.FLOAT32),
                        "x",
                        List.of(),
                        Optional.empty())
                .apply(Document.EMPTY);
        for (int i = 0; i < 40; i++) {
            Graph graph = document.graph();
            Port last = Port.of(
                    List.copyOf(graph.nodes().keySet()).get(graph.nodes().size() - 1));
            document = new AddLayer(
                            LayerNotation.parse("Dense(units=20000)", Where.NOWHERE)
                                    .layer(),
                            "",
                            List.of(last),
                            Optional.empty())
                    .apply(document);
        }
        Document large = document;
        assertThatThrownBy(() -> Compiler.compile(large, Progress.NONE))
                .isInstanceOf(ModelException.CannotCompile.class)
                .hasMessageMatching("(start weights of .* take|needs about \\d+ MB of memory, but only) .*");
    }

    private static Document of(Shape input, String... layers) {
        Document document = new AddLayer(new InputLayer(input, DType.FLOAT32), "x", List.of(), Optional.empty())
                .apply(Document.EMPTY);
        for (String layer : layers) {
            Node last = document.graph().inOrder().get(document.graph().nodes().size() - 1);
            document = new AddLayer(
                            LayerNotation.parse(layer, Where.NOWHERE).layer(),
                            "",
                            List.of(Port.of(last.id())),
                            Optional.empty())
                    .apply(document);
        }
        return document;
    }

    @Test
    void startWeightsThatCannotBeDrawnAreRefusedWithTheirSize() {
        for (String layer : List.of(
                "Dense(units=1000000000)",
                "Embedding(input_dim=1000000000, output_dim=1)",
                "Embedding(input_dim=1, output_dim=1000000000)")) {
            assertThatThrownBy(() -> Compiler.compile(of(Shape.of(Shape.UNKNOWN, 1), layer), Progress.NONE))
                    .isInstanceOf(ModelException.CannotCompile.class)
                    .hasMessageContaining("000,000,000 numbers in one layer take ")
                    .hasMessageContaining("GB while they are drawn; the program may use ");
        }
    }

    /** Sizes that the file leaves open are those of the data. */
    @Test
    void scoresOfAttentionThatDoNotFitAreRefusedBeforeTheyAreMade() {
        Document document = of(Shape.of(Shape.UNKNOWN, Shape.UNKNOWN, 1), "MultiHeadAttention(num_heads=8, key_dim=1)");
        Node heads = document.graph().inOrder().get(1);
        document = document.with(document.graph()
                .withNode(heads.withInputs(
                        List.of(heads.inputs().get(0), heads.inputs().get(0)))));
        CompiledNetwork network = Compiler.compile(document, Progress.NONE);
        assertThatThrownBy(() -> network.predict(
                        Map.of("x", Tensor.of(Shape.of(1, 400_000, 1), new float[400_000])), 1, Progress.NONE))
                .isInstanceOf(ModelException.CannotPredict.class)
                .hasMessageMatching("(?s)needs about 976\\d\\d\\d\\d MB of memory, but only \\d+ MB are free.*");
        assertThat(network.predict(Map.of("x", Tensor.of(Shape.of(1, 3, 1), 1, 2, 3)), 1, Progress.NONE))
                .hasSize(1);
    }

    @Test
    void aLayerThatTakesHoursIsRefusedByNameWithItsWork() {
        for (String layer : List.of(
                "Conv2DTranspose(filters=2, kernel_size=[1200, 1200])",
                "Conv2D(filters=64, kernel_size=[1000, 1000], padding=same)")) {
            Document document = of(Shape.of(Shape.UNKNOWN, 1000, 1000, 1), layer);
            CompiledNetwork network = Compiler.compile(document, Progress.NONE);
            assertThatThrownBy(() -> network.predict(
                            Map.of("x", Tensor.of(Shape.of(1, 1000, 1000, 1), new float[1_000_000])), 1, Progress.NONE))
                    .isInstanceOf(ModelException.CannotPredict.class)
                    .hasMessageMatching(
                            "(?s).*: in this layer one batch needs about \\d\\.\\de\\+1[34] floating-point operations, which takes hours; the limit is 1e\\+13.*");
        }
    }

    @Test
    void aPredictionIsStoppedBetweenTwoLayersOfABatch() {
        Document document = of(Shape.of(Shape.UNKNOWN, 2), "Dense(units=2)", "Dense(units=2)", "Dense(units=2)");
        CompiledNetwork network = Compiler.compile(document, Progress.NONE);
        Map<String, Tensor> data = Map.of("x", Tensor.of(Shape.of(1, 2), 1, 2));
        int[] asked = {0};
        assertThatThrownBy(() -> network.predict(data, 1, (fraction, what) -> {
                    if (++asked[0] == 3) {
                        throw new Stopped();
                    }
                }))
                .isInstanceOf(Stopped.class);
        assertThat(network.predict(data, 1, Progress.NONE)).hasSize(1);
    }

    @Test
    void aPredictionIsStoppedBetweenTwoStepsOfASequence() {
        Document document = of(Shape.of(Shape.UNKNOWN, 500, 2), "LSTM(units=2)");
        CompiledNetwork network = Compiler.compile(document, Progress.NONE);
        int[] asked = {0};
        assertThatThrownBy(() -> network.predict(
                        Map.of("x", Tensor.of(Shape.of(1, 500, 2), new float[1000])), 1, (fraction, what) -> {
                            if (++asked[0] == 100) {
                                throw new Stopped();
                            }
                        }))
                .isInstanceOf(Stopped.class);
        assertThat(asked[0]).isEqualTo(100);
    }

    @Test
    void dataThatDoesNotFitIsRefused() {
        CompiledNetwork network = Compiler.compile(Fixtures.open("seed_merge/merged/model.keras"), Progress.NONE);
        Tensor good = Tensor.of(Shape.of(2, 32, 32, 1), new float[2048]);
        Tensor one = Tensor.of(Shape.of(1, 32, 32, 1), new float[1024]);
        refused(network, Map.of("Input_a", good), "input Input_b: no data is given for this input");
        refused(
                network,
                Map.of("Input_a", good, "Input_b", one),
                "input Input_b: has 1 rows, but the other input has 2");
        refused(
                network,
                Map.of("Input_a", good, "Input_b", good.reshaped(Shape.of(2, 1024))),
                "input Input_b: expects data of shape (None, 32, 32, 1), received (2, 1024)");
    }

    @Test
    void aLastAxisOfSizeOneIsAddedOrDroppedAndAnyNumberOfRowsFitsAFixedBatch() {
        CompiledNetwork.Input column = new CompiledNetwork.Input("x", Shape.of(25, 1), DType.FLOAT32);
        CompiledNetwork.Input numbers = new CompiledNetwork.Input("x", Shape.of(Shape.UNKNOWN), DType.FLOAT32);
        CompiledNetwork.Input image = new CompiledNetwork.Input("x", Shape.of(2, 4, Shape.UNKNOWN), DType.FLOAT32);
        assertThat(fitted(column, 3)).contains(Shape.of(3, 1));
        assertThat(fitted(column, 3, 1)).contains(Shape.of(3, 1));
        assertThat(fitted(column, 3, 1, 1)).contains(Shape.of(3, 1));
        assertThat(fitted(column, 3, 2)).isEmpty();
        assertThat(fitted(numbers, 3, 1)).contains(Shape.of(3));
        assertThat(fitted(numbers, 3)).contains(Shape.of(3));
        assertThat(fitted(numbers)).isEmpty();
        assertThat(fitted(image, 5, 4, 7, 1)).contains(Shape.of(5, 4, 7));
        assertThat(fitted(image, 5, 4)).isEmpty();
        assertThat(fitted(image, 5, 3, 7)).isEmpty();
    }

    private static Optional<Shape> fitted(CompiledNetwork.Input input, long... sizes) {
        Shape shape = Shape.of(sizes);
        return input.fitted(Tensor.of(shape, new float[(int) shape.elements()])).map(Tensor::shape);
    }

    private static void refused(CompiledNetwork network, Map<String, Tensor> data, String what) {
        assertThatThrownBy(() -> network.predict(data, 32, Progress.NONE))
                .isInstanceOf(ModelException.CannotPredict.class)
                .hasMessage(what);
    }
}
