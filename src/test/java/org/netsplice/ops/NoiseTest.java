package org.netsplice.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NoiseTest {
    private static final double RATE = 0.3;
    private static final int ROWS = 400;
    private static final Array ONES = filled(ROWS, 5, 4);

    private static Array filled(int... sizes) {
        float[] ones = new float[Arrays.stream(sizes).reduce(1, (a, b) -> a * b)];
        Arrays.fill(ones, 1);
        return Array.of(ones, Arrays.stream(sizes).asLongStream().toArray());
    }

    private static double mean(Array x) {
        return Arrays.stream(x.doubles()).average().orElseThrow();
    }

    private static double deviation(Array x) {
        double mean = mean(x);
        return Math.sqrt(Arrays.stream(x.doubles())
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow());
    }

    @Test
    void whatIsKeptMakesUpForWhatIsDropped() {
        Array dropped = Noise.dropped(ONES, RATE, new SplittableRandom(1));
        assertThat(Arrays.stream(dropped.doubles()).boxed()).allMatch(v -> v == 0 || v == (float) (1 / (1 - RATE)));
        assertThat(mean(dropped)).isCloseTo(1, within(0.03));
        Array scattered = Noise.scattered(ONES, RATE, new SplittableRandom(1));
        assertThat(mean(scattered)).isCloseTo(1, within(0.03));
        assertThat(deviation(scattered)).isCloseTo(Math.sqrt(RATE / (1 - RATE)), within(0.02));
        Array added = Noise.added(ONES, 0.5, new SplittableRandom(1));
        assertThat(mean(added)).isCloseTo(1, within(0.03));
        assertThat(deviation(added)).isCloseTo(0.5, within(0.02));
    }

    @Test
    void axesAreDroppedTogether() {
        double[] values = Noise.dropped(ONES, RATE, new SplittableRandom(2), 1).doubles();
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isEqualTo(values[i / 20 * 20 + i % 4]);
        }
        assertThat(Arrays.stream(values).distinct().count()).isEqualTo(2);
    }

    @Test
    void droppingToTheFloorKeepsMeanAndVariance() {
        Array normal = Noise.added(Array.zeros(ROWS, 5, 4), 1, new SplittableRandom(3));
        Array dropped = Noise.droppedToFloor(normal, RATE, new SplittableRandom(4));
        assertThat(mean(dropped)).isCloseTo(0, within(0.04));
        assertThat(deviation(dropped)).isCloseTo(1, within(0.04));
    }

    @Test
    void gradientsPassWhatWasKept() {
        try (Tape tape = Tape.record(List.of(ONES))) {
            Array dropped = Noise.dropped(ONES, RATE, new SplittableRandom(5));
            assertThat(tape.gradients(List.of(dropped), List.of(ONES)).get(0).values())
                    .isEqualTo(dropped.values());
        }
    }
}
