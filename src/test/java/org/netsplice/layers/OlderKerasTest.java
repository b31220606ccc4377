package org.netsplice.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.netsplice.config.Json;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.DataFormat;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.MaskPolicy;
import org.netsplice.layers.kind.Origin;

/** What Keras 1 and 2 wrote means in Keras 3 what it meant then. */
class OlderKerasTest {
    private static final Origin FIRST = Origin.of("1.2.2", "");
    private static final Origin SECOND = Origin.of("2.1.3", "tensorflow");
    private static final Origin THEANO = Origin.of("2.1.3", "theano");

    private static ComputedLayer read(String className, Map<String, Object> config, Origin origin) {
        Kind<?> kind = Layers.kind(className).orElseThrow();
        return kind.readWhole(Layers.modern(className, Json.of(config), origin).config());
    }

    private static Tensor counted(long... sizes) {
        float[] values = new float[(int) Shape.of(sizes).elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        return Tensor.owning(DType.FLOAT32, Shape.of(sizes), values);
    }

    @Test
    void formerNamesOfSettings() {
        Convolution image = (Convolution) read(
                "Convolution2D",
                Map.of(
                        "nb_filter",
                        5,
                        "nb_row",
                        3,
                        "nb_col",
                        2,
                        "subsample",
                        List.of(2, 1),
                        "border_mode",
                        "same",
                        "dim_ordering",
                        "th",
                        "bias",
                        false),
                FIRST);
        assertThat(image.filters()).isEqualTo(5);
        assertThat(image.kernelSize()).containsExactly(3, 2);
        assertThat(image.strides()).containsExactly(2, 1);
        assertThat(image.padding()).isEqualTo(SequencePadding.SAME);
        assertThat(image.dataFormat()).isEqualTo(DataFormat.CHANNELS_FIRST);
        assertThat(image.useBias()).isFalse();
        assertThat(read("LeakyReLU", Map.of("alpha", 0.1), SECOND)).isEqualTo(new LeakyReLU(0.1));
        assertThat(((ReLU) read("ThresholdedReLU", Map.of("theta", 2), SECOND)).threshold())
                .isEqualTo(2);
        assertThat(read("ELU", Map.of("alpha", 0.5), SECOND)).isEqualTo(new ELU(0.5));
    }

    @Test
    void meaningsThatChanged() {
        GRU gru = (GRU) read("GRU", Map.of("units", 3, "recurrent_activation", "hard_sigmoid"), SECOND);
        assertThat(gru.cell().resetAfter()).isFalse();
        assertThat(gru.cell().recurrentActivation().name()).isEqualTo("hard_sigmoid_keras2");
        GRU present = (GRU) read("GRU", Map.of("units", 3, "recurrent_activation", "hard_sigmoid"), Origin.KERAS_3);
        assertThat(present.cell().resetAfter()).isTrue();
        assertThat(present.cell().recurrentActivation().name()).isEqualTo("hard_sigmoid");
        Json inner = Json.of(
                Map.of("class_name", "LSTM", "config", Map.of("output_dim", 4, "inner_activation", "hard_sigmoid")));
        Bidirectional both = (Bidirectional) read("Bidirectional", Map.of("layer", inner), FIRST);
        assertThat(((LSTM) both.layer()).cell().units()).isEqualTo(4);
    }

    @Test
    void gatesStoredOneByOne() {
        ComputedLayer lstm = read("LSTM", Map.of("units", 2), FIRST);
        List<Tensor> stored = new ArrayList<>();
        for (int gate = 0; gate < 4; gate++) {
            stored.add(filled(10 * gate, 3, 2));
            stored.add(filled(10 * gate + 1, 2, 2));
            stored.add(filled(10 * gate + 2, 2));
        }
        List<Tensor> modern = lstm.kind().history().modernWeights(lstm, stored, FIRST);
        assertThat(modern.stream().map(tensor -> tensor.shape().toString()))
                .containsExactly("(3, 8)", "(2, 8)", "(8,)");
        assertThat(modern.get(0).toArray()).startsWith(0, 0, 20, 20, 10, 10, 30, 30);
        assertThat(modern.get(2).toArray()).containsExactly(2, 2, 22, 22, 12, 12, 32, 32);
        assertThat(lstm.kind().history().modernWeights(lstm, stored, SECOND)).isEqualTo(stored);
    }

    private static Tensor filled(float value, long... sizes) {
        float[] values = new float[(int) Shape.of(sizes).elements()];
        java.util.Arrays.fill(values, value);
        return Tensor.owning(DType.FLOAT32, Shape.of(sizes), values);
    }

    @Test
    void kernelsOfConvolutions() {
        ComputedLayer sequence = read("Conv1D", Map.of("filters", 2, "kernel_size", 3), FIRST);
        Tensor kernel = sequence.kind()
                .history()
                .modernWeights(sequence, List.of(counted(3, 1, 4, 2)), FIRST)
                .get(0);
        assertThat(kernel.shape()).isEqualTo(Shape.of(3, 4, 2));
        ComputedLayer first =
                read("Convolution2D", Map.of("nb_filter", 2, "nb_row", 3, "nb_col", 3, "dim_ordering", "th"), FIRST);
        Tensor moved = first.kind()
                .history()
                .modernWeights(first, List.of(counted(2, 4, 3, 3)), FIRST)
                .get(0);
        assertThat(moved.shape()).isEqualTo(Shape.of(3, 3, 4, 2));
        assertThat(moved.toArray()).startsWith(0, 36, 9, 45);
        ComputedLayer image = read("Conv2D", Map.of("filters", 2, "kernel_size", List.of(2, 2)), THEANO);
        Tensor turned = image.kind()
                .history()
                .modernWeights(image, List.of(counted(2, 2, 1, 2)), THEANO)
                .get(0);
        assertThat(turned.toArray()).containsExactly(6, 7, 4, 5, 2, 3, 0, 1);
        assertThat(image.kind()
                        .history()
                        .modernWeights(image, List.of(counted(2, 2, 1, 2)), SECOND)
                        .get(0)
                        .toArray())
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void architecturesWithoutVersionAreToldByTheirKeys() {
        Json first = Json.of(Map.of("config", List.of(Map.of("config", Map.of("output_dim", 3, "init", "uniform")))));
        Json second = Json.of(Map.of("layers", List.of(Map.of("batch_input_shape", List.of(1, 2), "output_dim", 3))));
        Json third = Json.of(Map.of("layers", List.of(Map.of("batch_shape", List.of(1, 2), "output_dim", 3))));
        assertThat(List.of(
                        Origin.inferred(first).major(),
                        Origin.inferred(second).major(),
                        Origin.inferred(third).major()))
                .containsExactly(1, 2, 3);
    }

    @Test
    void namesOfTensorflowsFunctionsAreActivations() {
        assertThat(((Dense) read("Dense", Map.of("units", 1, "activation", "softmax_v2"), SECOND)).activation())
                .isEqualTo(Activation.named("softmax"));
        assertThat(((Dense) read("Dense", Map.of("units", 1, "activation", "identity"), SECOND)).activation())
                .isEqualTo(Activation.LINEAR);
    }

    @Test
    void arraysOfNumPyAreTheirNumbers() {
        Map<String, Object> array = Map.of("type", "ndarray", "value", List.of(3, 2));
        assertThat(((Reshape) read("Reshape", Map.of("target_shape", array), FIRST)).targetShape())
                .containsExactly(3, 2);
    }

    @Test
    void layersOfCuDnnAreTheirGeneralOnes() {
        LSTM lstm = (LSTM) read("CuDNNLSTM", Map.of("units", 2), SECOND);
        assertThat(lstm.cell().recurrentActivation()).isEqualTo(Activation.named("sigmoid"));
        List<Tensor> modern =
                lstm.kind().history().modernWeights(lstm, List.of(counted(2, 8), counted(2, 8), counted(16)), SECOND);
        assertThat(modern.get(0).toArray()).startsWith(0, 8, 2, 10).endsWith(5, 13, 7, 15);
        assertThat(modern.get(1)).isEqualTo(modern.get(0));
        assertThat(modern.get(2).toArray()).containsExactly(8, 10, 12, 14, 16, 18, 20, 22);

        GRU gru = (GRU) read("CuDNNGRU", Map.of("units", 2), SECOND);
        assertThat(gru.cell().resetAfter()).isTrue();
        assertThat(gru.kind()
                        .history()
                        .modernWeights(gru, List.of(counted(3, 6), counted(2, 6), counted(12)), SECOND)
                        .get(2)
                        .shape())
                .isEqualTo(Shape.of(2, 6));

        Bidirectional both = (Bidirectional) read(
                "Bidirectional",
                Map.of("layer", Map.of("class_name", "CuDNNLSTM", "config", Map.of("units", 2))),
                SECOND);
        assertThat(both.layer()).isEqualTo(lstm);
    }

    @Test
    void modesOfMergeAreLayers() {
        Map<String, ComputedLayer> layers = new LinkedHashMap<>();
        for (String mode : List.of("sum", "mul", "ave", "max", "concat", "dot", "cos")) {
            Layers.Written written = Layers.modern(
                    "Merge", Json.of(Map.of("mode", mode, "concat_axis", 2, "dot_axes", List.of(1, 2))), FIRST);
            layers.put(mode, Layers.kind(written.className()).orElseThrow().readWhole(written.config()));
        }
        assertThat(layers)
                .containsExactly(
                        Map.entry("sum", new Elementwise("Add", MaskPolicy.KERAS_2)),
                        Map.entry("mul", new Elementwise("Multiply", MaskPolicy.KERAS_2)),
                        Map.entry("ave", new Elementwise("Average", MaskPolicy.KERAS_2)),
                        Map.entry("max", new Elementwise("Maximum", MaskPolicy.KERAS_2)),
                        Map.entry("concat", new Concatenate(2, MaskPolicy.KERAS_2)),
                        Map.entry("dot", new Dot(List.of(1, 2), false)),
                        Map.entry("cos", new Dot(List.of(1, 2), true)));
        Map<String, Object> function = Map.of("mode", "func", "mode_type", "lambda");
        assertThat(Layers.modern("Merge", Json.of(function), FIRST).className()).isEqualTo("Lambda");
    }
}
