package org.netsplice.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms of operations that are quick in single precision beside the same in double precision, or in small steps. */
class QuickFormsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "relu6",
                "elu",
                "celu",
                "selu",
                "softsign",
                "gelu",
                "leaky_relu",
                "hard_sigmoid",
                "hard_sigmoid_keras2",
                "hard_silu",
                "hard_swish",
                "hard_tanh",
                "relu",
                "silu",
                "sigmoid",
                "tanh"
            })
    void activationsInSinglePrecision(String name) {
        float[] values = new float[4003];
        for (int i = 0; i < 4000; i++) {
            values[i] = (i - 2000) / 20f;
        }
        values[4000] = Float.NaN;
        values[4001] = 1e30f;
        values[4002] = -1e30f;
        Array exact = Activations.apply(name, Array.of(values, values.length).as(Array.Form.DOUBLE));
        float[] quick = Activations.apply(name, Array.of(values, values.length)).values();
        double[] expected = exact.doubles();
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(expected[i])) {
                assertThat(quick[i]).as(name + " of " + values[i]).isNaN();
            } else {
                double bound = 2e-6 * Math.max(1, Math.abs(expected[i]));
                assertThat((double) quick[i]).as(name + " of " + values[i]).isCloseTo(expected[i], within(bound));
            }
        }
    }

    @Property(tries = 60)
    void rectifiersInSinglePrecision(@ForAll long seed) {
        Random random = new Random(seed);
        double slope = random.nextBoolean() ? 0 : random.nextFloat();
        double threshold = random.nextBoolean() ? 0 : random.nextFloat();
        double most = random.nextBoolean() ? Double.POSITIVE_INFINITY : 1 + random.nextFloat();
        float[] values = floats(random, 50, 3);
        values[7] = Float.NaN;
        double[] exact = Activations.relu(Array.of(values, 50).as(Array.Form.DOUBLE), slope, threshold, most)
                .doubles();
        float[] quick =
                Activations.relu(Array.of(values, 50), slope, threshold, most).values();
        for (int i = 0; i < 50; i++) {
            if (Double.isNaN(exact[i])) {
                assertThat(quick[i]).isNaN();
            } else {
                assertThat((double) quick[i]).isCloseTo(exact[i], within(1e-6));
            }
        }
    }

    @Property(tries = 40)
    void gatesBesideTheSameInDoublePrecision(@ForAll long seed) {
        Random random = new Random(seed);
        int batch = 1 + random.nextInt(4);
        int units = 1 + random.nextInt(5);
        Bend sigmoid = Bend.named("sigmoid");
        Bend tanh = x -> Activations.apply("tanh", x);
        float[] gates = floats(random, 4 * batch * units, 2);
        float[] carry = floats(random, batch * units, 2);
        Recurrent.Step step =
                Gates.longShortTerm(Array.of(gates, batch, 4L * units), Array.of(carry, batch, units), sigmoid, tanh);
        float[] prepared = floats(random, 3 * batch * units, 2);
        float[] inner = floats(random, 3 * batch * units, 2);
        Recurrent.Step gated = Gates.gated(
                Array.of(prepared, batch, 3L * units),
                Array.of(inner, batch, 3L * units),
                Array.of(carry, batch, units),
                sigmoid,
                tanh);
        for (int row = 0; row < batch; row++) {
            for (int unit = 0; unit < units; unit++) {
                int at = row * units + unit;
                int four = row * 4 * units + unit;
                double next = sigmoid(gates[four + units]) * carry[at]
                        + sigmoid(gates[four]) * Math.tanh(gates[four + 2 * units]);
                assertThat((double) step.states().get(1).values()[at]).isCloseTo(next, within(1e-6));
                assertThat((double) step.output().values()[at])
                        .isCloseTo(sigmoid(gates[four + 3 * units]) * Math.tanh(next), within(1e-6));
                int three = row * 3 * units + unit;
                double update = sigmoid(prepared[three] + inner[three]);
                double reset = sigmoid(prepared[three + units] + inner[three + units]);
                double candidate = Math.tanh(prepared[three + 2 * units] + reset * inner[three + 2 * units]);
                assertThat((double) gated.output().values()[at])
                        .isCloseTo(update * carry[at] + (1 - update) * candidate, within(1e-6));
            }
        }
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static float[] floats(Random random, int count, double width) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * width);
        }
        return values;
    }

    @Property(tries = 40)
    void partsOfLargerArraysAreReadAsTheyStand(@ForAll long seed) {
        Random random = new Random(seed);
        float[] values = floats(random, 60, 1);
        Array whole = Array.of(values, 5, 4, 3);
        int at = random.nextInt(5);
        Array part = Array.wrap(whole.unwrap().get(org.nd4j.linalg.indexing.NDArrayIndex.point(at)));
        float[] expected = java.util.Arrays.copyOfRange(values, at * 12, at * 12 + 12);
        assertThat(part.values()).isEqualTo(expected);
        assertThat(part.reshape(12).values()).isEqualTo(expected);
        assertThat(Arithmetic.add(part, part).values()[5]).isEqualTo(2 * expected[5]);
        Array product = Linear.dense(part, Array.of(new float[] {1, 2, 3}, 3, 1), java.util.Optional.empty());
        assertThat((double) product.values()[2])
                .isCloseTo(expected[6] + 2.0 * expected[7] + 3.0 * expected[8], within(1e-5));
    }
}
