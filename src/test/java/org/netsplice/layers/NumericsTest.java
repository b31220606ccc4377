package org.netsplice.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.netsplice.dl4j.Engine;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.ops.Activations;
import org.netsplice.ops.Array;
import org.netsplice.problem.Where;

/** Numbers at the edges of formulas: thresholds, wide spreads, what is not a number; the values are those of Keras 3.15. */
class NumericsTest {
    private static final float NAN = Float.NaN;
    private static final float FAR = Float.POSITIVE_INFINITY;

    @BeforeAll
    @BeforeContainer
    static void start() {
        Engine.start();
    }

    private static ComputedLayer layer(String text) {
        return LayerNotation.parse(text, Where.NOWHERE).layer();
    }

    private static float[] computed(String text, float... values) {
        return layer(text)
                .forward(List.of(Array.of(values, 1, values.length)), List.of())
                .get(0)
                .values();
    }

    @Test
    void reluAtAndAroundItsThreshold() {
        assertThat(computed("ReLU(threshold=5)", 4, 5, 6, NAN, FAR, -FAR)).containsExactly(0, 0, 6, 0, FAR, 0);
        assertThat(computed("ReLU(threshold=1, negative_slope=0.5, max_value=3)", -1, 1, 2, 4, NAN))
                .containsExactly(-1, 0, 2, 3, NAN);
        assertThat(computed("ReLU(max_value=2)", -FAR, 0, 1, FAR, NAN)).containsExactly(0, 0, 1, 2, NAN);
        assertThat(computed("ReLU(negative_slope=0.5)", -FAR, -2, 3, NAN)).containsExactly(-FAR, -1, 3, NAN);
    }

    @Test
    void logarithmsOfSharesOfWideSpreads() {
        assertThat(computed("Activation(activation=log_softmax)", 0, 200, 100)).containsExactly(-200, 0, -100);
        float[] shares = Activations.apply("log_softmax", Array.of(new float[] {-500, 0, 3}, 1, 3))
                .values();
        assertThat(shares[0]).isCloseTo(-503.0486f, within(1e-3f));
        assertThat(shares[1]).isCloseTo(-3.0485873f, within(1e-6f));
    }

    @Test
    void whatIsNotANumberStaysSo() {
        assertThat(computed("Activation(activation=sparse_sigmoid)", NAN, FAR, -FAR))
                .containsExactly(NAN, 1, 0);
        Array steps = Array.of(new float[] {1, NAN, 2, 3}, 1, 2, 2);
        assertThat(layer("GlobalMaxPooling1D")
                        .forward(List.of(steps), List.of())
                        .get(0)
                        .values())
                .containsExactly(2, NAN);
    }

    /** Every kind of normalisation of an example against plain loops, over several axes, with a mean far above the deviation. */
    @Property(tries = 50)
    void normalizations(@ForAll long seed) {
        Random random = new Random(seed);
        String axes = List.of("-1", "[-2, -1]", "[-1, -2]", "[1, 2]").get(random.nextInt(4));
        long[] sizes = {2, 3, 4};
        float[] x = numbers(random, 24, 100 * random.nextInt(2), 3);
        int wide = axes.equals("-1") ? 4 : 12;
        for (String kind : List.of(
                "LayerNormalization(axis=" + axes + ", epsilon=0.001)",
                "LayerNormalization(axis=" + axes + ", epsilon=0.001, rms_scaling=true)",
                "RMSNormalization(axis=" + axes + ", epsilon=0.001)")) {
            ComputedLayer layer = layer(kind);
            List<WeightSpec> specs = layer.weights(List.of(TensorSpec.of(Shape.of(sizes))));
            List<float[]> weights = specs.stream()
                    .map(spec -> numbers(random, (int) spec.shape().elements(), 1, 0.5))
                    .toList();
            List<Array> arrays = new java.util.ArrayList<>();
            for (int i = 0; i < weights.size(); i++) {
                arrays.add(Array.of(weights.get(i), specs.get(i).shape().sizes()));
            }
            float[] result =
                    layer.forward(List.of(Array.of(x, sizes)), arrays).get(0).values();
            boolean centered = !kind.contains("RMS") && !kind.contains("rms");
            for (int i = 0; i < result.length; i++) {
                int from = i / wide * wide;
                double mean = kind.contains("RMSNorm") ? 0 : mean(x, from, wide);
                double variance = 0;
                for (int k = from; k < from + wide; k++) {
                    variance += (x[k] - mean) * (x[k] - mean) / wide;
                }
                double one = (x[i] - (centered ? mean : 0)) / Math.sqrt(variance + 0.001);
                one = one * weights.get(0)[i - from] + (centered ? weights.get(1)[i - from] : 0);
                assertThat((double) result[i]).as(kind).isCloseTo(one, within(2e-4));
            }
        }
    }

    private static double mean(float[] x, int from, int wide) {
        double sum = 0;
        for (int k = from; k < from + wide; k++) {
            sum += x[k];
        }
        return sum / wide;
    }

    private static float[] numbers(Random random, int count, double middle, double spread) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) (middle + spread * random.nextGaussian());
        }
        return numbers;
    }

    @Test
    void biasesBeforeAnEllipsisHaveAxesBehindThem() {
        ComputedLayer dense = layer("EinsumDense(equation=\"bc...,cde->bde...\", output_shape=[3, 4], bias_axes=e)");
        List<TensorSpec> inputs = List.of(TensorSpec.of(Shape.of(Shape.UNKNOWN, 1, 2)));
        assertThat(dense.weights(inputs).get(1).shape()).isEqualTo(Shape.of(4, 1));
    }

    @Test
    void attentionOverMoreAxesIsThatOfEachPart() {
        Random random = new Random(3);
        float[] query = numbers(random, 2 * 3 * 4, 0, 1);
        float[] value = numbers(random, 2 * 5 * 4, 0, 1);
        for (String kind : List.of("Attention", "Attention(score_mode=concat)", "AdditiveAttention(use_scale=false)")) {
            ComputedLayer layer = layer(kind);
            List<Array> weights = kind.contains("concat") ? List.of(Array.of(new float[] {0.7f}, 1)) : List.of();
            float[] whole = layer.forward(List.of(Array.of(query, 1, 2, 3, 4), Array.of(value, 1, 2, 5, 4)), weights)
                    .get(0)
                    .values();
            float[] parts = layer.forward(List.of(Array.of(query, 2, 3, 4), Array.of(value, 2, 5, 4)), weights)
                    .get(0)
                    .values();
            assertThat(whole).containsExactly(parts, within(1e-6f));
        }
    }
}
