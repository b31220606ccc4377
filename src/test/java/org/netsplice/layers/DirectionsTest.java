package org.netsplice.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.config.Json;
import org.netsplice.dl4j.Engine;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Array;
import org.netsplice.ops.Einsum;

/** One rule in one, two and three directions: a sequence is an image of height 1, and an image a volume of depth 1. */
class DirectionsTest {
    /** Kinds that are checked against a sibling which Keras' own outputs check. */
    static final Set<String> COVERED = Set.of(
            "AdaptiveMaxPooling1D",
            "AdaptiveMaxPooling3D",
            "AdaptiveAveragePooling1D",
            "AdaptiveAveragePooling3D",
            "LocallyConnected1D",
            "ConvLSTM1D",
            "ConvLSTM3D",
            "SimpleRNNCell",
            "ReversibleEmbedding",
            "LayerScale",
            "StochasticDepth",
            "CustomScaleLayer");

    private final Random random = new Random(5);

    @BeforeAll
    static void start() {
        Engine.start();
    }

    private Array array(long... sizes) {
        float[] values = new float[(int) Shape.of(sizes).elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Array.of(values, sizes);
    }

    private static ComputedLayer layer(String name, Map<String, Object> config) {
        return Layers.kind(name).orElseThrow().readWhole(Json.of(config));
    }

    private static void same(Array one, Array two) {
        float[] a = one.values();
        float[] b = two.values();
        assertThat(a).hasSameSizeAs(b);
        for (int i = 0; i < a.length; i++) {
            assertThat(a[i]).isCloseTo(b[i], within(1e-5f));
        }
    }

    /** The numbers of the first implementation, which Keras' own outputs check, stored as the others store them. */
    @TestFactory
    Stream<DynamicTest> locallyConnectedKernelsHoweverTheyAreStored() {
        return Stream.of("channels_last", "channels_first")
                .flatMap(format -> Stream.of(1, 2)
                        .map(stride -> DynamicTest.dynamicTest(format + stride, () -> {
                            boolean last = format.equals("channels_last");
                            Array x = last ? array(2, 5, 4, 3) : array(2, 3, 5, 4);
                            int rows = stride == 1 ? 3 : 2;
                            int columns = stride == 1 ? 3 : 2;
                            Array bias = array(rows, columns, 2);
                            Array first = array((long) rows * columns, 3L * 2 * 3, 2);
                            List<float[]> others = stored(first, last, stride, rows, columns);
                            Array result = locally(1, format, stride)
                                    .forward(List.of(x), List.of(first, bias))
                                    .get(0);
                            for (int implementation = 2; implementation <= 3; implementation++) {
                                ComputedLayer layer = locally(implementation, format, stride);
                                List<WeightSpec> specs = layer.weights(Shapes.of(List.of(x)));
                                Array kernel = Array.of(
                                        others.get(implementation - 2),
                                        specs.get(0).shape().sizes());
                                same(
                                        layer.forward(List.of(x), List.of(kernel, bias))
                                                .get(0),
                                        result);
                            }
                        })));
    }

    private static ComputedLayer locally(int implementation, String format, int stride) {
        return layer(
                "LocallyConnected2D",
                Map.of(
                        "filters", 2,
                        "kernel_size", List.of(3, 2),
                        "strides", stride,
                        "data_format", format,
                        "implementation", implementation));
    }

    /** A kernel (places, features, filters) as one for all pairs of numbers, and as the numbers that are used, sorted by output and input. */
    private static List<float[]> stored(Array first, boolean last, int stride, int rows, int columns) {
        float[] from = first.values();
        int out = rows * columns * 2;
        float[] all = new float[60 * out];
        float[] used = new float[out * 18];
        int next = 0;
        for (int number = 0; number < out; number++) {
            int filter = last ? number % 2 : number / (rows * columns);
            int place = last ? number / 2 : number % (rows * columns);
            for (int input = 0; input < 60; input++) {
                int channel = last ? input % 3 : input / 20;
                int cell = last ? input / 3 : input % 20;
                int down = cell / 4 - place / columns * stride;
                int across = cell % 4 - place % columns * stride;
                if (down >= 0 && down < 3 && across >= 0 && across < 2) {
                    int feature = last ? (down * 2 + across) * 3 + channel : channel * 6 + down * 2 + across;
                    float value = from[(place * 18 + feature) * 2 + filter];
                    all[input * out + number] = value;
                    used[next++] = value;
                }
            }
        }
        return List.of(all, used);
    }

    @Test
    void locallyConnectedSequencesAreImagesOfHeightOne() {
        for (int implementation = 1; implementation <= 3; implementation++) {
            Map<String, Object> same = Map.of(
                    "filters", 2, "implementation", implementation, "padding", implementation == 1 ? "valid" : "same");
            Map<String, Object> one = new java.util.HashMap<>(same);
            one.put("kernel_size", 3);
            Map<String, Object> two = new java.util.HashMap<>(same);
            two.put("kernel_size", List.of(1, 3));
            ComputedLayer steps = layer("LocallyConnected1D", one);
            ComputedLayer image = layer("LocallyConnected2D", two);
            Array x = array(2, 6, 3);
            Array wide = x.reshape(2, 1, 6, 3);
            List<Array> weights = steps.weights(Shapes.of(List.of(x))).stream()
                    .map(spec -> array(spec.shape().sizes()))
                    .toList();
            List<WeightSpec> specs = image.weights(Shapes.of(List.of(wide)));
            List<Array> reshaped = List.of(
                    weights.get(0).reshape(specs.get(0).shape().sizes()),
                    weights.get(1).reshape(specs.get(1).shape().sizes()));
            same(
                    steps.forward(List.of(x), weights).get(0),
                    image.forward(List.of(wide), reshaped).get(0));
        }
    }

    @TestFactory
    Stream<DynamicTest> adaptivePoolingOfSequencesAndVolumes() {
        return Stream.of("AdaptiveMaxPooling", "AdaptiveAveragePooling")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    Array x = array(2, 7, 5, 3);
                    Array image = layer(name + "2D", Map.of("output_size", List.of(3, 2)))
                            .forward(List.of(x), List.of())
                            .get(0);
                    Array volume = layer(name + "3D", Map.of("output_size", List.of(1, 3, 2)))
                            .forward(List.of(x.reshape(2, 1, 7, 5, 3)), List.of())
                            .get(0);
                    same(image, volume);
                    Array steps = array(2, 7, 3);
                    Array sequence = layer(name + "1D", Map.of("output_size", 3))
                            .forward(List.of(steps), List.of())
                            .get(0);
                    Array flat = layer(name + "2D", Map.of("output_size", List.of(1, 3)))
                            .forward(List.of(steps.reshape(2, 1, 7, 3)), List.of())
                            .get(0);
                    same(sequence, flat);
                }));
    }

    @Test
    void convolutionalMemoryOfSequencesAndVolumes() {
        ComputedLayer two = layer("ConvLSTM2D", Map.of("filters", 2, "kernel_size", List.of(1, 3)));
        ComputedLayer one = layer("ConvLSTM1D", Map.of("filters", 2, "kernel_size", 3));
        ComputedLayer three = layer("ConvLSTM3D", Map.of("filters", 2, "kernel_size", List.of(1, 1, 3)));
        Array x = array(2, 4, 6, 3);
        List<Array> weights = new ArrayList<>();
        for (WeightSpec spec : one.weights(List.of(TensorSpec.of(Shape.of(2, 4, 6, 3))))) {
            weights.add(array(spec.shape().sizes()));
        }
        List<Array> wide = lifted(weights, 1);
        Array sequence = one.forward(List.of(x), weights).get(0);
        same(sequence, two.forward(List.of(x.reshape(2, 4, 1, 6, 3)), wide).get(0));
        same(
                sequence,
                three.forward(List.of(x.reshape(2, 4, 1, 1, 6, 3)), lifted(weights, 2))
                        .get(0));
    }

    /** Kernels with leading sizes of 1. */
    private static List<Array> lifted(List<Array> weights, int more) {
        return weights.stream()
                .map(weight -> {
                    if (weight.rank() == 1) {
                        return weight;
                    }
                    long[] sizes = new long[weight.rank() + more];
                    java.util.Arrays.fill(sizes, 1);
                    System.arraycopy(weight.sizes(), 0, sizes, more, weight.rank());
                    return weight.reshape(sizes);
                })
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> aCellMakesTheOnlyStepOfALayer() {
        return Stream.of("LSTM", "GRU", "SimpleRNN")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    RecurrentLayer layer = (RecurrentLayer) layer(name, Map.of("units", 3, "return_state", true));
                    RecurrentCell cell = (RecurrentCell) layer(name + "Cell", Map.of("units", 3));
                    List<Array> weights = new ArrayList<>();
                    for (WeightSpec spec : layer.weights(List.of(TensorSpec.of(Shape.of(2, 1, 4))))) {
                        weights.add(array(spec.shape().sizes()));
                    }
                    List<Array> states = new ArrayList<>();
                    for (int i = 0; i < cell.stateCount(); i++) {
                        states.add(array(2, 3));
                    }
                    Array x = array(2, 4);
                    List<Array> stepped = new ArrayList<>(List.of(x));
                    stepped.addAll(states);
                    List<Array> whole = new ArrayList<>(List.of(x.reshape(2, 1, 4)));
                    whole.addAll(states);
                    List<Array> one = cell.forward(stepped, weights);
                    List<Array> other = layer.forward(whole, weights);
                    assertThat(one).hasSameSizeAs(other);
                    for (int i = 0; i < one.size(); i++) {
                        same(one.get(i), other.get(i));
                    }
                }));
    }

    @Test
    void anEmbeddingGoesBackByProductsWithItsRows() {
        Map<String, Object> settings = Map.of("input_dim", 5, "output_dim", 3);
        Map<String, Object> back =
                Map.of("input_dim", 5, "output_dim", 3, "call", Map.of("inputs", Arguments.input(0), "reverse", true));
        Array table = array(5, 3);
        Array numbers = Array.of(new float[] {0, 3, 4, 1}, 2, 2);
        Array rows = layer("ReversibleEmbedding", settings)
                .forward(List.of(numbers), List.of(table))
                .get(0);
        same(
                rows,
                layer("Embedding", settings)
                        .forward(List.of(numbers), List.of(table))
                        .get(0));
        Array scores = layer("ReversibleEmbedding", back)
                .forward(List.of(rows), List.of(table))
                .get(0);
        same(scores, Einsum.compute("bsw,nw->bsn", List.of(rows, table)));
    }

    @Test
    void layersOfTheApplicationsScaleChannelsAndBranches() {
        Array one = Array.of(new float[] {1, 2, 3, 4}, 2, 2);
        Array two = Array.of(new float[] {10, 20, 30, 40}, 2, 2);
        Array gamma = Array.of(new float[] {2, 3}, 2);
        assertThat(layer("LayerScale", Map.of("projection_dim", 2))
                        .forward(List.of(one), List.of(gamma))
                        .get(0)
                        .values())
                .containsExactly(2, 6, 6, 12);
        assertThat(layer("CustomScaleLayer", Map.of("scale", 0.5))
                        .forward(List.of(one, two), List.of())
                        .get(0)
                        .values())
                .containsExactly(6, 12, 18, 24);
        assertThat(layer("StochasticDepth", Map.of("drop_path_rate", 0.5))
                        .forward(List.of(one), List.of())
                        .get(0)
                        .values())
                .containsExactly(1, 2, 3, 4);
    }
}
