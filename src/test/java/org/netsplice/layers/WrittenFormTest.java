package org.netsplice.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.dl4j.Engine;
import org.netsplice.graph.Arity;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.kind.Catalogue;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.ops.Array;
import org.netsplice.problem.Where;

/** Layers that Keras does not have compute what is written for them; layers of our own and all merges compute what was reckoned by hand. */
class WrittenFormTest {
    private static final float TOLERANCE = 1e-6f;

    /** Layers with settings that Keras lacks, by kind, and the shapes of their inputs; two or more rows where settings matter. */
    private static final Map<String, List<Row>> WRITTEN = Map.of(
            "Activation", List.of(new Row("Activation(activation=hard_sigmoid_keras2)", "2,5")),
            "Conv1D", List.of(new Row("Conv1D(filters=2, kernel_size=2, activation=relu)", "2,2,4,3")),
            "Conv2D", List.of(new Row("Conv2D(filters=2, kernel_size=2, strides=2)", "1,2,2,4,4,3")),
            "Conv3D", List.of(new Row("Conv3D(filters=1, kernel_size=2, use_bias=false)", "1,2,3,3,3,2")),
            "RandomCrop", List.of(new Row("RandomCrop(height=2, width=3, resizes=true)", "2,4,5,2")),
            "Constant",
                    List.of(
                            new Row("Constant(shape=[4, 3])", "2,5"),
                            new Row("Constant(shape=[2])", "3,2,2"),
                            new Row("Constant(shape=[1])", "2")),
            "SeparableConv1D", List.of(new Row("SeparableConv1D(filters=2, kernel_size=3, padding=causal)", "2,5,2")),
            "Vote", List.of(new Row("Vote", "3,4", "3,4"), new Row("Vote", "2,3", "2,3", "2,3")),
            "WeightedAverage",
                    List.of(
                            new Row("WeightedAverage", "2,3", "2,3", "2,3"),
                            new Row("WeightedAverage(coefficients=[1, 3])", "2,3", "2,3"),
                            new Row("WeightedAverage(coefficients=[2, -1])", "2,3", "2,1")));

    /** Kinds that share a record with one that is written differently, but are always written as they are. */
    private static final List<String> NEVER = List.of("SeparableConv2D");

    private static final float[] A = {1, -2, 4};
    private static final float[] B = {3, -2, -8};

    /** What two inputs of shape (1, 3), {@link #A} and {@link #B}, give; reckoned by hand. */
    private static final Map<String, Sum> BY_HAND = Map.ofEntries(
            Map.entry("Concatenate", new Sum("Concatenate", 1, -2, 4, 3, -2, -8)),
            Map.entry("Add", new Sum("Add", 4, -4, -4)),
            Map.entry("Average", new Sum("Average", 2, -2, -2)),
            Map.entry("Subtract", new Sum("Subtract", -2, 0, 12)),
            Map.entry("Multiply", new Sum("Multiply", 3, 4, -32)),
            Map.entry("Maximum", new Sum("Maximum", 3, -2, 4)),
            Map.entry("Minimum", new Sum("Minimum", 1, -2, -8)),
            Map.entry("WeightedAverage", new Sum("WeightedAverage(coefficients=[1, 3])", 2.5f, -2, -5)),
            Map.entry("Vote", new Sum("Vote", 0.5f, 0, 0.5f)),
            Map.entry("Dot", new Sum("Dot(axes=1)", 3 + 4 - 32)));

    private record Row(String layer, String... shapes) {
        private List<Array> inputs(Fill fill) {
            List<Array> inputs = new ArrayList<>();
            for (String text : shapes) {
                long[] sizes =
                        Stream.of(text.split(",")).mapToLong(Long::parseLong).toArray();
                float[] values = new float[(int) Shape.of(sizes).elements()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = fill.at(inputs.size(), i);
                }
                inputs.add(Array.of(values, sizes));
            }
            return inputs;
        }
    }

    private record Sum(String layer, float... expected) {}

    private enum Fill {
        POSITIVE,
        NEGATIVE,
        MIXED,
        /** All numbers of all inputs are the same. */
        EQUAL;

        private float at(int input, int cell) {
            float positive = ((cell * 7 + input * 5) % 11 + 1) / 4f;
            return switch (this) {
                case POSITIVE -> positive;
                case NEGATIVE -> -positive;
                case MIXED -> (cell + input) % 2 == 0 ? positive : -positive;
                case EQUAL -> 1.5f;
            };
        }
    }

    @BeforeAll
    static void start() {
        Engine.start();
    }

    private static ComputedLayer layer(String text) {
        return LayerNotation.parse(text, Where.NOWHERE).layer();
    }

    private static void requireWhatIsWritten(WrittenAsSteps layer, List<Array> inputs) {
        List<TensorSpec> specs = inputs.stream()
                .map(input -> TensorSpec.of(Shape.of(input.sizes())))
                .toList();
        List<Array> weights = new ArrayList<>();
        for (Tensor tensor :
                Initial.draw(5, new WeightsId(1), layer.weights(specs)).tensors()) {
            weights.add(Array.of(tensor.toArray(), tensor.shape().sizes()));
        }
        List<Array> expected = layer.inKeras(specs).orElseThrow().forward(inputs, weights);
        List<Array> computed = layer.forward(inputs, weights);
        assertThat(computed).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(computed.get(i).sizes()).isEqualTo(expected.get(i).sizes());
            assertThat(computed.get(i).values()).containsExactly(expected.get(i).values(), within(TOLERANCE));
        }
    }

    private static void requireSum(ComputedLayer layer, float... expected) {
        List<Array> inputs = List.of(Array.of(A, 1, 3), Array.of(B, 1, 3));
        assertThat(layer.forward(inputs, List.of()).get(0).values()).containsExactly(expected, within(TOLERANCE));
    }

    @TestFactory
    Stream<DynamicTest> aLayerComputesWhatIsWrittenForIt() {
        return Layers.ALL.stream()
                .filter(kind -> kind.standard() instanceof WrittenAsSteps && !NEVER.contains(kind.id()))
                .flatMap(kind -> WRITTEN.getOrDefault(kind.id(), List.of(new Row(kind.id()))).stream()
                        .flatMap(row -> Stream.of(Fill.values())
                                .map(fill -> DynamicTest.dynamicTest(row.layer() + " " + fill, () -> {
                                    assertThat(row.shapes())
                                            .as("a row for " + kind.id() + " in this test")
                                            .isNotEmpty();
                                    requireWhatIsWritten((WrittenAsSteps) layer(row.layer()), row.inputs(fill));
                                }))));
    }

    @TestFactory
    Stream<DynamicTest> mergesComputeWhatWasReckonedByHand() {
        return Layers.family(Kind.Family.MERGE).stream()
                .map(kind -> DynamicTest.dynamicTest(kind.id(), () -> {
                    assertThat(BY_HAND).as("what each merge gives").containsKey(kind.id());
                    Sum sum = BY_HAND.get(kind.id());
                    requireSum(layer(sum.layer()), sum.expected());
                }));
    }

    @Test
    void layersOfOurOwnThatAreNoMergesComputeWhatWasReckonedByHand() {
        List<String> known = List.of("Quantized", "NestedInput", "Submodel", "Constant");
        assertThat(Layers.ALL.stream()
                        .filter(kind -> !kind.inKeras() && kind.family() != Kind.Family.MERGE)
                        .map(Kind::id))
                .containsExactlyInAnyOrderElementsOf(known);
        Array x = Array.of(new float[] {127, -127, 0.4f, 1}, 1, 4);
        assertThat(layer("NestedInput").forward(List.of(x), List.of())).containsExactly(x);
        Array value = Array.of(new float[] {3, 5}, 1, 2);
        Array rows = Array.of(new float[] {Float.NaN, 0, 7}, 3, 1);
        assertThat(layer("Constant(shape=[2])")
                        .forward(List.of(rows), List.of(value))
                        .get(0)
                        .values())
                .containsExactly(3, 5, 3, 5, 3, 5);
        Array kernel = Array.of(new float[] {1, 2, 3, 4}, 4, 1);
        ComputedLayer dense = layer("Quantized(layer={\"class_name\": \"Dense\", \"config\": {\"units\": 1}})");
        List<Array> weights = List.of(kernel, Array.of(new float[] {0.5f}, 1), Array.of(new float[] {2}, 1));
        assertThat(dense.forward(List.of(x), weights).get(0).values())
                .containsExactly(new float[] {(127 - 2 * 127 + 0 + 4) / 2f + 0.5f}, within(1e-4f));
        ComputedLayer model = layer("Submodel(outputs=[[1, 0]], steps=["
                + "{\"layer\": {\"class_name\": \"Rescaling\", \"config\": {\"scale\": 2}}, \"inputs\": [[-1, 0]], \"path\": \"a\"}, "
                + "{\"layer\": {\"class_name\": \"ReLU\", \"config\": {}}, \"inputs\": [[0, 0]], \"path\": \"b\"}])");
        assertThat(model.forward(List.of(x), List.of()).get(0).values())
                .containsExactly(new float[] {254, 0, 0.8f, 2}, within(TOLERANCE));
    }

    /** A merge that is right in everything but its numbers. */
    private record FortyTwo(WrittenAsSteps layer) implements WrittenAsSteps {
        @Override
        public Kind<?> kind() {
            return layer.kind();
        }

        @Override
        public Arity arity() {
            return layer.arity();
        }

        @Override
        public List<TensorSpec> outputs(List<TensorSpec> inputs) {
            return layer.outputs(inputs);
        }

        @Override
        public Optional<Submodel> inKeras(List<TensorSpec> inputs) {
            return layer.inKeras(inputs);
        }

        @Override
        public List<Array> forward(List<Array> inputs, List<Array> weights) {
            return layer.forward(inputs, weights).stream()
                    .map(array -> array.map(value -> 42))
                    .toList();
        }
    }

    @Test
    void aMergeThatAlwaysGives42Fails() {
        for (String name : List.of("Vote", "WeightedAverage")) {
            FortyTwo wrong = new FortyTwo((WrittenAsSteps) layer(name));
            for (Fill fill : Fill.values()) {
                List<Array> inputs = WRITTEN.get(name).get(0).inputs(fill);
                assertThatThrownBy(() -> requireWhatIsWritten(wrong, inputs)).isInstanceOf(AssertionError.class);
            }
            Sum sum = BY_HAND.get(name);
            assertThatThrownBy(() -> requireSum(wrong, sum.expected())).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void aCatalogueWithANameTwiceFails() {
        Kind<?> dense = Layers.kind("Dense").orElseThrow();
        assertThatThrownBy(() -> new Catalogue(List.of(dense, dense)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the catalogue of layers has the name \"Dense\" twice: for Dense (" + dense.summary()
                        + ") and for Dense (" + dense.summary() + ")");
        Kind<Vote> taken = Kind.of("Mine", Vote.class, Kind.Family.MERGE, "Mine.", new Kind.Example(""))
                .alsoNamed("Convolution2D")
                .build();
        assertThatThrownBy(() -> new Catalogue(List.of(Layers.kind("Conv2D").orElseThrow(), taken)))
                .hasMessageContaining("has the name \"Convolution2D\" twice: for Conv2D (")
                .hasMessageContaining(") and for Mine (Mine.)");
    }
}
