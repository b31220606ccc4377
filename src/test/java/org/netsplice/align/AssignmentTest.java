package org.netsplice.align;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The pairs gain as much as the best of all ways to pair. */
class AssignmentTest {

    @Property(tries = 200)
    void noOtherPairsGainMore(@ForAll @IntRange(min = 1, max = 6) int size, @ForAll long seed) {
        Random random = new Random(seed);
        double[][] gains = new double[size][];
        for (int i = 0; i < size; i++) {
            gains[i] = random.ints(size, -4, 5).asDoubleStream().toArray();
        }
        int[] columns = Assignment.best(gains);
        assertThat(Arrays.stream(columns).distinct().count()).isEqualTo(size);
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += gains[i][columns[i]];
        }
        assertThat(sum).isEqualTo(most(gains, 0, 0));
    }

    private static double most(double[][] gains, int row, int taken) {
        double most = row == gains.length ? 0 : Double.NEGATIVE_INFINITY;
        for (int j = 0; row < gains.length && j < gains.length; j++) {
            if ((taken & 1 << j) == 0) {
                most = Math.max(most, gains[row][j] + most(gains, row + 1, taken | 1 << j));
            }
        }
        return most;
    }

    @Test
    void aHiddenOrderOfManyUnitsIsFound() {
        int size = 300;
        Random random = new Random(3);
        double[][] gains = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                gains[i][j] = random.nextDouble() + (j == (i * 7 + 5) % size ? 1 : 0);
            }
        }
        int[] columns = Assignment.best(gains);
        for (int i = 0; i < size; i++) {
            assertThat(columns[i]).isEqualTo((i * 7 + 5) % size);
        }
    }
}
