package org.netsplice.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.netsplice.config.Json;
import org.netsplice.dl4j.Engine;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.ops.Array;
import org.netsplice.problem.ModelException;

/** Quantized layers compute what Keras 3.15 computes with the same whole numbers and scales. */
class QuantizedTest {
    @BeforeAll
    static void start() {
        Engine.start();
    }

    private static Map<String, Object> policy(String className, String mode) {
        return Map.of("class_name", className, "config", Map.of("mode", mode, "source_name", "float32"));
    }

    private static ComputedLayer read(String className, Map<String, Object> config) {
        Layers.Written actual = Layers.actual(className, Json.of(config));
        return Layers.kind(actual.className()).orElseThrow().readWhole(actual.config());
    }

    @Test
    void einsteinsNotation() {
        ComputedLayer layer = read(
                "EinsumDense",
                Map.of(
                        "equation",
                        "abc,cde->abed",
                        "output_shape",
                        List.of(2, 2, 2),
                        "bias_axes",
                        "d",
                        "dtype",
                        policy("QuantizedDTypePolicy", "int8")));
        List<TensorSpec> inputs = List.of(TensorSpec.of(Shape.of(1, 2, 3)));
        assertThat(layer.weights(inputs))
                .extracting(WeightSpec::shape)
                .containsExactly(Shape.of(3, 2, 2), Shape.of(2), Shape.of(1, 1, 2, 2));
        Array kernel = Array.of(new float[] {42, -127, 127, 48, -25, 102, 6, -127, 127, 25, -38, 57}, 3, 2, 2);
        Array bias = Array.of(new float[] {0.5f, -0.25f}, 2);
        Array scales = Array.of(new float[] {84.66666f, 63.5f, 101.6f, 63.5f}, 1, 1, 2, 2);
        Array x = Array.of(new float[] {0.3f, -1.2f, 2.5f, 1, 0.01f, -0.4f}, 1, 2, 3);
        float[] expected = {4.75104f, -1.26897f, -0.459452f, 4.61887f, 0.391376f, 1.99106f, -0.840908f, 0.129689f};
        assertThat(layer.forward(List.of(x), List.of(kernel, bias, scales))
                        .get(0)
                        .values())
                .containsExactly(expected, within(1e-5f));
    }

    @Test
    void rowsAreRoundedTo127Steps() {
        Array x = Array.of(new float[] {1, 0.5f, -0.003f, 0, 0, 0, -254, 3, 127}, 3, 3);
        assertThat(Quantized.rounded(x, 1).values())
                .containsExactly(new float[] {1, 63 / 127f, 0, 0, 0, 0, -254, 4, 128}, within(1e-4f));
    }

    @Test
    void weightsOnly() {
        Map<String, Object> weightsOnly =
                Map.of("class_name", "Int8QuantizationConfig", "config", Map.of("weight_quantizer", Map.of()));
        assertThat(read(
                        "Dense",
                        Map.of(
                                "units",
                                3,
                                "dtype",
                                policy("QuantizedDTypePolicy", "int8"),
                                "quantization_config",
                                weightsOnly)))
                .isEqualTo(new Quantized(new Dense(3, Activation.LINEAR, true), false));
    }

    @Test
    void everyWayToSayIt() {
        Quantized expected = new Quantized(new Dense(3, Activation.LINEAR, true), true);
        Object named = Map.of("class_name", "QuantizedDTypePolicy", "config", Map.of("name", "int8_from_float32"));
        assertThat(read("Dense", Map.of("units", 3, "dtype", "int8_from_float32")))
                .isEqualTo(expected);
        assertThat(read("Dense", Map.of("units", 3, "dtype", named))).isEqualTo(expected);
        Object inside = Map.of(
                "class_name", "Dense", "config", Map.of("units", 3, "dtype", policy("QuantizedDTypePolicy", "int8")));
        TimeDistributed steps = (TimeDistributed) read("TimeDistributed", Map.of("layer", inside, "dtype", "float32"));
        assertThat(steps.layer()).isEqualTo(expected);
        assertThat(read("Dense", Map.of("units", 3, "dtype", "mixed_float16"))).isEqualTo(expected.layer());
    }

    @Test
    void otherWaysToQuantizeAreNamed() {
        refused("Dense", policy("Int4DTypePolicy", "int4/128"), "its weights are quantized (int4/128)");
        refused("Dense", policy("QuantizedFloat8DTypePolicy", "float8"), "its weights are quantized (float8)");
        refused("Dense", "float8_from_float32", "its weights are quantized (float8)");
        refused("Conv1D", policy("QuantizedDTypePolicy", "int8"), "the weights of Conv1D are quantized");
        Map<String, Object> parts = Map.of("mha/query", policy("QuantizedDTypePolicy", "int8"));
        refused(
                "Dense",
                Map.of("class_name", "DTypePolicyMap", "config", Map.of("policy_map", parts)),
                "its weights are quantized (int8 inside)");
    }

    private static void refused(String className, Object dtype, String what) {
        Map<String, Object> config = Map.of("units", 3, "filters", 3, "kernel_size", 3, "dtype", dtype);
        assertThatThrownBy(() -> read(className, config))
                .isInstanceOfSatisfying(
                        ModelException.Unsupported.class,
                        refusal -> assertThat(refusal.problem().what()).isEqualTo(what));
    }
}
