package org.netsplice.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The temperature undoes what made scores too large, and no other near it has less loss. */
class SharpnessTest {
    private static final int ROWS = 4000;

    private static double[] softmax(double factor, double... scores) {
        double[] weights = Arrays.stream(scores).map(z -> Math.exp(factor * z)).toArray();
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    /** Probabilities of scores times a factor; the classes are drawn from those of the scores themselves. */
    private static Scored classes(Random random, double factor) {
        double[] predictions = new double[3 * ROWS];
        double[] targets = new double[ROWS];
        for (int row = 0; row < ROWS; row++) {
            double[] scores = {2 * random.nextGaussian(), 2 * random.nextGaussian(), 2 * random.nextGaussian()};
            double[] honest = softmax(1, scores);
            double chance = random.nextDouble();
            targets[row] = chance < honest[0] ? 0 : chance < honest[0] + honest[1] ? 1 : 2;
            System.arraycopy(softmax(factor, scores), 0, predictions, 3 * row, 3);
        }
        return Scored.of(Task.CLASSES, 3, predictions, targets);
    }

    @Property(tries = 10)
    void aFactorOfTheScoresIsFound(@ForAll long seed) {
        Random random = new Random(seed);
        double factor = 0.4 + 3 * random.nextDouble();
        assertThat(Sharpness.temperature(classes(random, factor))).isCloseTo(factor, within(0.12 * factor));
    }

    @Property(tries = 20)
    void noTemperatureNearItHasLessLoss(@ForAll long seed) {
        Random random = new Random(seed);
        double[] scores = random.doubles(200, -4, 4).toArray();
        double[] targets = Arrays.stream(scores)
                .map(z -> random.nextDouble() < 1 / (1 + Math.exp(-z / 2)) ? 1 : 0)
                .toArray();
        double best = Sharpness.temperature(Scored.of(Task.BINARY, 1, sigmoid(1, scores), targets));
        double least = loss(best, scores, targets);
        assertThat(loss(best * 1.02, scores, targets)).isGreaterThan(least);
        assertThat(loss(best / 1.02, scores, targets)).isGreaterThan(least);
    }

    private static double[] sigmoid(double temperature, double... scores) {
        return Arrays.stream(scores)
                .map(z -> 1 / (1 + Math.exp(-z / temperature)))
                .toArray();
    }

    private static double loss(double temperature, double[] scores, double... targets) {
        return Coefficients.loss(
                List.of(Scored.of(Task.BINARY, 1, sigmoid(temperature, scores), targets)), new double[] {1});
    }
}
