package org.netsplice.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.config.Json;
import org.netsplice.dl4j.Engine;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.HardSigmoid;
import org.netsplice.layers.kind.Kind;
import org.netsplice.ops.Array;
import org.netsplice.problem.Where;

/** A layer with the hard sigmoid of Keras 1 and 2 computes the same with that of Keras 3 and other weights. */
class HardSigmoidTest {
    private static final String FORMER = "\"hard_sigmoid_keras2\"";

    private static Stream<ComputedLayer> layers() {
        List<ComputedLayer> layers = new ArrayList<>();
        for (Kind<?> kind : Layers.ALL) {
            ComputedLayer example = layer(kind.id() + "(" + kind.example().settings() + ")");
            boolean recurrent = kind.setting("recurrent_activation").isPresent();
            boolean weighed = !example.weights(inputs(kind)).isEmpty();
            if (weighed && (recurrent || kind.setting("activation").isPresent())) {
                String setting = recurrent ? "recurrent_activation" : "activation";
                layers.add(kind.change(example, setting, Json.of("hard_sigmoid_keras2")));
            }
        }
        String lstm =
                "{\"class_name\": \"LSTM\", \"config\": {\"units\": 3, \"recurrent_activation\": " + FORMER + "}}";
        String cell = "{\"class_name\": \"GRUCell\", \"config\": {\"units\": 3, \"activation\": " + FORMER + "}}";
        layers.add(layer("Bidirectional(layer=" + lstm + ")"));
        layers.add(layer("RNN(cell=" + cell + ")"));
        layers.add(layer("TimeDistributed(layer={\"class_name\": \"Dense\", \"config\": {\"units\": 3, \"activation\": "
                + FORMER + "}})"));
        layers.add(layer("GRU(units=3, activation=hard_sigmoid_keras2, reset_after=false)"));
        return layers.stream();
    }

    private static ComputedLayer layer(String text) {
        return LayerNotation.parse(text, Where.NOWHERE).layer();
    }

    private static List<TensorSpec> inputs(Kind<?> kind) {
        return Stream.of(kind.example().inputs())
                .map(text -> text.replace("None", "2").replaceAll("[() ]", ""))
                .map(text ->
                        Stream.of(text.split(",")).mapToLong(Long::parseLong).toArray())
                .map(sizes -> TensorSpec.of(Shape.of(sizes)))
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> scaledWeightsComputeTheSame() {
        Engine.start();
        return layers().map(layer -> DynamicTest.dynamicTest(layer.toString(), () -> {
            assertThat(HardSigmoid.isIn(layer)).isTrue();
            List<TensorSpec> specs = inputs(layer.kind());
            List<WeightSpec> needs = layer.weights(specs);
            Random random = new Random(5);
            List<Tensor> weights = new ArrayList<>();
            for (WeightSpec need : needs) {
                weights.add(Tensor.of(need.shape(), numbers(need.shape(), random)));
            }
            List<Array> given = specs.stream()
                    .map(spec ->
                            Array.of(numbers(spec.shape(), random), spec.shape().sizes()))
                    .toList();
            HardSigmoid.Scaled scaled = layer.withHardSigmoid(needs).orElseThrow();
            assertThat(HardSigmoid.isIn(scaled.layer())).isFalse();
            assertThat(scaled.layer().weights(specs)).isEqualTo(needs);
            List<Array> before = layer.forward(given, arrays(weights));
            List<Array> after = scaled.layer().forward(given, arrays(scaled.weights(weights)));
            for (int i = 0; i < before.size(); i++) {
                float[] one = before.get(i).values();
                float[] two = after.get(i).values();
                for (int j = 0; j < one.length; j++) {
                    assertThat(two[j]).isCloseTo(one[j], within(2e-6f));
                }
            }
        }));
    }

    private static float[] numbers(Shape shape, Random random) {
        float[] values = new float[(int) shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() * 0.7f;
        }
        return values;
    }

    private static List<Array> arrays(List<Tensor> tensors) {
        return tensors.stream()
                .map(tensor -> Array.of(tensor.toArray(), tensor.shape().sizes()))
                .toList();
    }

    @Test
    void theStateOfAnLstmCannotBeScaled() {
        ComputedLayer layer = layer("LSTM(units=3, activation=hard_sigmoid_keras2)");
        assertThat(layer.withHardSigmoid(layer.weights(inputs(LSTM.KIND)))).isEmpty();
    }

    @Test
    void anActivationIsTwoLayers() {
        ComputedLayer layer = layer("Activation(activation=hard_sigmoid_keras2)");
        Submodel steps = ((WrittenAsSteps) layer)
                .inKeras(List.of(TensorSpec.of(Shape.of(2, 3))))
                .orElseThrow();
        Array x = Array.of(new float[] {-3, -2.5f, -1, 0, 1, 4}, 2, 3);
        assertThat(steps.forward(List.of(x), List.of()).get(0).values())
                .containsExactly(layer.forward(List.of(x), List.of()).get(0).values(), within(1e-6f));
    }
}
