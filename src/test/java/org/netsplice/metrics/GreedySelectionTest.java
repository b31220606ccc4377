package org.netsplice.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Greedy coefficients are shares, follow their seed, and come near the best where there are many rows. */
class GreedySelectionTest {

    private static Scored numbers(Random random, double error, double[] targets) {
        double[] predictions = Arrays.stream(targets)
                .map(y -> y + error * random.nextGaussian())
                .toArray();
        return Scored.of(Task.REGRESSION, 1, predictions, targets);
    }

    @Property(tries = 20)
    void theyComeNearTheLeastLossOfManyRows(@ForAll long seed) {
        Random random = new Random(seed);
        double[] targets = random.doubles(1000, -1, 1).toArray();
        List<Scored> members =
                List.of(numbers(random, 0.3, targets), numbers(random, 0.5, targets), numbers(random, 2, targets));
        double[] shares = GreedySelection.of(members, seed);
        assertThat(Arrays.stream(shares).sum()).isCloseTo(1, within(1e-9));
        assertThat(Arrays.stream(shares).min().orElseThrow()).isNotNegative();
        assertThat(shares).isEqualTo(GreedySelection.of(members, seed));
        double least = Coefficients.loss(members, Coefficients.best(members));
        assertThat(Coefficients.loss(members, shares)).isBetween(least - 1e-9, least * 1.03);
    }

    @Test
    void whatIsAlwaysRightIsAllThatCounts() {
        double[] classes = IntStream.range(0, 30).mapToDouble(row -> row % 3).toArray();
        double[] right = new double[90];
        double[] even = new double[90];
        Arrays.fill(even, 1.0 / 3);
        for (int row = 0; row < 30; row++) {
            right[3 * row + row % 3] = 1;
        }
        assertThat(GreedySelection.of(
                        List.of(Scored.of(Task.CLASSES, 3, even, classes), Scored.of(Task.CLASSES, 3, right, classes)),
                        1))
                .containsExactly(new double[] {0, 1}, within(1e-9));
    }
}
