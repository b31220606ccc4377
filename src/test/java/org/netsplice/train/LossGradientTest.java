package org.netsplice.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Losses beside their definitions, and their gradients beside differences of losses. */
class LossGradientTest {
    private static final int WIDTH = 3;
    private static final int ITEMS = 2;
    private static final double STEP = 1e-6;

    private static double[] predictions(Loss loss, Random random) {
        return loss.fromScores()
                ? random.doubles(ITEMS * WIDTH, -3, 3).toArray()
                : random.doubles(ITEMS * WIDTH, 0.05, 0.9).toArray();
    }

    private static double[] targets(Loss loss, Random random) {
        return switch (loss.kind()) {
            case SPARSE_CATEGORICAL_CROSSENTROPY ->
                random.ints(ITEMS, 0, WIDTH).asDoubleStream().toArray();
            default -> random.doubles(ITEMS * WIDTH, 0.1, 0.9).toArray();
        };
    }

    private static void checkGradient(Loss loss, Random random) {
        double[] predictions = predictions(loss, random);
        double[] targets = targets(loss, random);
        double[] weights = {0.5, 2};
        double[] gradient = loss.gradient(predictions, WIDTH, targets, weights);
        for (int i = 0; i < predictions.length; i++) {
            double[] more = predictions.clone();
            double[] less = predictions.clone();
            more[i] += STEP;
            less[i] -= STEP;
            double above = 0;
            double below = 0;
            for (int item = 0; item < ITEMS; item++) {
                above += weights[item] * loss.of(more, WIDTH, targets)[item];
                below += weights[item] * loss.of(less, WIDTH, targets)[item];
            }
            assertThat(gradient[i]).as(loss + ", place " + i).isCloseTo((above - below) / (2 * STEP), within(1e-4));
        }
    }

    @Property(tries = 50)
    void gradientsAreTheDifferencesOfLosses(@ForAll long seed) {
        Random random = new Random(seed);
        for (Loss.Kind kind : Loss.Kind.values()) {
            if (kind != Loss.Kind.MEAN_ABSOLUTE_ERROR) {
                checkGradient(new Loss(kind), random);
            }
            if (kind.crossEntropy()) {
                checkGradient(new Loss(kind, true, 0), random);
                if (kind != Loss.Kind.SPARSE_CATEGORICAL_CROSSENTROPY) {
                    checkGradient(new Loss(kind, false, 0.2), random);
                    checkGradient(new Loss(kind, true, 0.2), random);
                }
            }
        }
    }

    private static double loss(Loss.Kind kind, double[] predictions, double... targets) {
        return new Loss(kind).of(predictions, predictions.length, targets)[0];
    }

    @Test
    void lossesByHand() {
        double[] p = {0.25, 0.75};
        assertThat(loss(Loss.Kind.MEAN_SQUARED_ERROR, new double[] {1, 4}, 3, 1))
                .isEqualTo((4 + 9) / 2.0);
        assertThat(loss(Loss.Kind.MEAN_ABSOLUTE_ERROR, new double[] {1, 4}, 3, 1))
                .isEqualTo((2 + 3) / 2.0);
        assertThat(loss(Loss.Kind.HUBER, new double[] {1, 4}, 1.5, 1)).isEqualTo((0.125 + 2.5) / 2);
        assertThat(loss(Loss.Kind.CATEGORICAL_CROSSENTROPY, p, 0, 1)).isCloseTo(-Math.log(0.75), within(1e-12));
        assertThat(loss(Loss.Kind.SPARSE_CATEGORICAL_CROSSENTROPY, p, 0)).isCloseTo(-Math.log(0.25), within(1e-12));
        assertThat(loss(Loss.Kind.BINARY_CROSSENTROPY, p, 1, 0))
                .isCloseTo(-(Math.log(0.25) + Math.log(0.25)) / 2, within(1e-12));
        assertThat(loss(Loss.Kind.POISSON, p, 1, 2))
                .isCloseTo((0.25 - Math.log(0.25) + 0.75 - 2 * Math.log(0.75)) / 2, within(1e-6));
        assertThat(loss(Loss.Kind.KL_DIVERGENCE, p, 0.5, 0.5))
                .isCloseTo(0.5 * Math.log(2) + 0.5 * Math.log(0.5 / 0.75), within(1e-12));
    }

    @Test
    void scoresAndProbabilitiesHaveOneLoss() {
        double[] scores = {1, -2, 0.5};
        double sum = Math.exp(1) + Math.exp(-2) + Math.exp(0.5);
        double[] probabilities = {Math.exp(1) / sum, Math.exp(-2) / sum, Math.exp(0.5) / sum};
        for (Loss.Kind kind :
                new Loss.Kind[] {Loss.Kind.CATEGORICAL_CROSSENTROPY, Loss.Kind.SPARSE_CATEGORICAL_CROSSENTROPY}) {
            double[] target = kind == Loss.Kind.CATEGORICAL_CROSSENTROPY ? new double[] {0, 0, 1} : new double[] {2};
            assertThat(new Loss(kind, true, 0).of(scores, 3, target)[0])
                    .isCloseTo(new Loss(kind).of(probabilities, 3, target)[0], within(1e-9));
        }
    }

    @Test
    void lossesStayFiniteForCertainPredictions() {
        for (Loss.Kind kind : Loss.Kind.values()) {
            double[] target =
                    kind == Loss.Kind.SPARSE_CATEGORICAL_CROSSENTROPY ? new double[] {0} : new double[] {1, 0};
            for (double[] predictions : new double[][] {{0, 1}, {1, 0}}) {
                Loss loss = new Loss(kind);
                assertThat(loss.of(predictions, 2, target)[0]).as(kind.text()).isFinite();
                for (double slope : loss.gradient(predictions, 2, target, new double[] {1})) {
                    assertThat(slope).as(kind.text()).isFinite();
                }
            }
        }
    }
}
