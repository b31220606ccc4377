package org.netsplice.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Checks gradients against central differences in float64. */
public final class Differences {
    private static final double STEP = 1e-5;

    private Differences() {}

    /**
     * Compares every number of the gradients.
     *
     * @param arguments float64 arrays
     * @param computation the outputs for such arguments
     * @param seeds the gradients of the outputs
     * @param bound the largest error, as a share of the gradient where that is above 1
     */
    public static void check(
            List<Array> arguments,
            Function<List<Array>, List<Array>> computation,
            List<Array> seeds,
            List<Array> gradients,
            double bound) {
        assertThat(gradients).hasSameSizeAs(arguments);
        for (int i = 0; i < arguments.size(); i++) {
            double[] found = gradients.get(i).doubles();
            double[] values = arguments.get(i).doubles();
            assertThat(gradients.get(i).sizes()).isEqualTo(arguments.get(i).sizes());
            for (int k = 0; k < values.length; k++) {
                double up = sum(computation.apply(moved(arguments, i, k, STEP)), seeds);
                double down = sum(computation.apply(moved(arguments, i, k, -STEP)), seeds);
                double expected = (up - down) / (2 * STEP);
                assertThat(found[k])
                        .as("argument " + i + ", number " + k)
                        .isCloseTo(expected, within(bound * Math.max(1, Math.abs(expected))));
            }
        }
    }

    private static List<Array> moved(List<Array> arguments, int argument, int place, double step) {
        double[] values = arguments.get(argument).doubles().clone();
        values[place] += step;
        List<Array> moved = new ArrayList<>(arguments);
        moved.set(argument, Array.of(values, arguments.get(argument).sizes()));
        return moved;
    }

    private static double sum(List<Array> outputs, List<Array> seeds) {
        double sum = 0;
        for (int i = 0; i < outputs.size(); i++) {
            double[] output = outputs.get(i).doubles();
            double[] seed = seeds.get(i).doubles();
            for (int k = 0; k < output.length; k++) {
                sum += output[k] * seed[k];
            }
        }
        return sum;
    }
}
