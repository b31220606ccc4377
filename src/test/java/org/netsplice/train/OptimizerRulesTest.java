package org.netsplice.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Optimizers beside the formulas of the papers, written for one weight, and the rates of each step. */
class OptimizerRulesTest {
    private static final int STEPS = 6;
    private static final double RATE = 0.01;

    /** One weight after each step of an optimizer. */
    private static double[] walk(Optimizer optimizer, double start, double... gradients) {
        double[] weights = {7, start};
        double[][] kept = new double[optimizer.slots()][2];
        double[] seen = new double[gradients.length];
        for (int step = 1; step <= gradients.length; step++) {
            optimizer.update(weights, new double[] {0, gradients[step - 1]}, kept, RATE, step);
            seen[step - 1] = weights[1];
        }
        return seen;
    }

    private static void same(double[] seen, double... expected) {
        assertThat(seen).containsExactly(expected, within(1e-9));
    }

    private static double[] gradients(Random random) {
        return random.doubles(STEPS, -2, 2).toArray();
    }

    @Property(tries = 50)
    void adamCorrectsItsMeans(@ForAll long seed) {
        double[] gradients = gradients(new Random(seed));
        for (double decay : new double[] {0, 0.004}) {
            double weight = 0.5;
            double mean = 0;
            double squares = 0;
            double[] expected = new double[STEPS];
            for (int step = 1; step <= STEPS; step++) {
                double gradient = gradients[step - 1];
                mean = 0.9 * mean + 0.1 * gradient;
                squares = 0.999 * squares + 0.001 * gradient * gradient;
                double size = RATE * Math.sqrt(1 - Math.pow(0.999, step)) / (1 - Math.pow(0.9, step));
                weight = weight * (1 - decay * RATE) - size * mean / (Math.sqrt(squares) + 1e-7);
                expected[step - 1] = weight;
            }
            same(walk(new Optimizer.Adam(0.9, 0.999, decay), 0.5, gradients), expected);
        }
    }

    @Property(tries = 50)
    void momentumGoesOn(@ForAll long seed) {
        double[] gradients = gradients(new Random(seed));
        for (double momentum : new double[] {0, 0.9}) {
            for (boolean ahead : new boolean[] {false, true}) {
                double weight = -1;
                double velocity = 0;
                double[] expected = new double[STEPS];
                for (int step = 0; step < STEPS; step++) {
                    velocity = momentum * velocity - RATE * gradients[step];
                    weight += ahead ? momentum * velocity - RATE * gradients[step] : velocity;
                    expected[step] = weight;
                }
                same(walk(new Optimizer.Sgd(momentum, ahead), -1, gradients), expected);
            }
        }
    }

    @Property(tries = 50)
    void rmsPropDividesByTheRootOfSquares(@ForAll long seed) {
        double[] gradients = gradients(new Random(seed));
        for (double momentum : new double[] {0, 0.5}) {
            double weight = 2;
            double squares = 0;
            double velocity = 0;
            double[] expected = new double[STEPS];
            for (int step = 0; step < STEPS; step++) {
                squares = 0.9 * squares + 0.1 * gradients[step] * gradients[step];
                velocity = momentum * velocity + RATE * gradients[step] / Math.sqrt(squares + 1e-7);
                weight -= velocity;
                expected[step] = weight;
            }
            same(walk(new Optimizer.RmsProp(0.9, momentum), 2, gradients), expected);
        }
    }

    @Test
    void weightsWithoutGradientStay() {
        for (String name : Optimizer.names()) {
            double[] seen = walk(Optimizer.named(name).orElseThrow(), 3, 0, 0, 0);
            double last = name.equals("adamw") ? 3 * Math.pow(1 - 0.004 * RATE, 3) : 3;
            assertThat(seen[2]).as(name).isCloseTo(last, within(1e-12));
        }
        assertThat(Optimizer.named("adagrad")).isEmpty();
        assertThat(Optimizer.named("ADAM")).contains(Optimizer.Adam.STANDARD);
    }

    @Test
    void everyOptimizerFindsTheFootOfAParabola() {
        for (String name : Optimizer.names()) {
            Optimizer optimizer = Optimizer.named(name).orElseThrow();
            double[] weight = {1};
            double[][] kept = new double[optimizer.slots()][1];
            for (long step = 1; step <= 600; step++) {
                optimizer.update(weight, new double[] {2 * weight[0]}, kept, RATE, step);
            }
            assertThat(weight[0]).as(name).isCloseTo(0, within(0.02));
        }
    }

    @Test
    void ratesOfSteps() {
        assertThat(new Schedule.Constant(0.1).rate(1000)).isEqualTo(0.1);
        Schedule fading = new Schedule.ExponentialDecay(0.1, 10, 0.9);
        assertThat(fading.rate(0)).isEqualTo(0.1);
        assertThat(fading.rate(10)).isCloseTo(0.09, within(1e-12));
        assertThat(fading.rate(20)).isCloseTo(0.081, within(1e-12));
        Schedule wave = new Schedule.CosineDecay(0.1, 10, 0.2);
        assertThat(wave.rate(0)).isCloseTo(0.1, within(1e-12));
        assertThat(wave.rate(5)).isCloseTo(0.06, within(1e-12));
        assertThat(wave.rate(10)).isCloseTo(0.02, within(1e-12));
        assertThat(wave.rate(50)).isCloseTo(0.02, within(1e-12));
    }
}
