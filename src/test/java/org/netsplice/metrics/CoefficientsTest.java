package org.netsplice.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The best coefficients are as good as the best of all that are tried in small steps, and never worse than a member alone. */
class CoefficientsTest {

    @Property(tries = 60)
    void noOtherCoefficientsAreBetter(@ForAll long seed) {
        Random random = new Random(seed);
        for (Task task : Task.values()) {
            List<Scored> members = members(random, task, 3, 40);
            double[] best = Coefficients.best(members);
            assertThat(Arrays.stream(best).sum()).isCloseTo(1, within(1e-9));
            assertThat(Arrays.stream(best).allMatch(share -> share >= 0)).isTrue();
            double least = Coefficients.loss(members, best);
            for (int i = 0; i <= 20; i++) {
                for (int j = 0; i + j <= 20; j++) {
                    double[] other = {i / 20.0, j / 20.0, (20 - i - j) / 20.0};
                    assertThat(least)
                            .as(task + " " + Arrays.toString(best) + " beside " + Arrays.toString(other))
                            .isLessThanOrEqualTo(Coefficients.loss(members, other) + 1e-5);
                }
            }
        }
    }

    /** Members that know the targets with different certainty. */
    private static List<Scored> members(Random random, Task task, int count, int rows) {
        int width = task == Task.BINARY ? 1 : 3;
        boolean one = task == Task.BINARY || task == Task.CLASSES;
        double[] targets = new double[one ? rows : rows * width];
        for (int i = 0; i < targets.length; i++) {
            targets[i] =
                    task == Task.REGRESSION ? random.nextGaussian() : random.nextInt(task == Task.CLASSES ? width : 2);
        }
        List<Scored> members = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            double[] predictions = new double[rows * width];
            double certainty = random.nextDouble() * 2;
            for (int i = 0; i < predictions.length; i++) {
                double target = task == Task.CLASSES ? (targets[i / width] == i % width ? 1 : 0) : targets[i];
                double score = certainty * (2 * target - 1) + random.nextGaussian();
                predictions[i] = task == Task.REGRESSION ? target + score : 1 / (1 + Math.exp(-score));
            }
            if (task == Task.CLASSES) {
                normalize(predictions, width);
            }
            members.add(Scored.of(task, width, predictions, targets));
        }
        return members;
    }

    private static void normalize(double[] predictions, int width) {
        for (int row = 0; row < predictions.length / width; row++) {
            double sum = 0;
            for (int i = 0; i < width; i++) {
                sum += predictions[row * width + i];
            }
            for (int i = 0; i < width; i++) {
                predictions[row * width + i] /= sum;
            }
        }
    }
}
