package org.netsplice.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Computations that are made in pieces because they are large give what they give at once, and can be stopped between pieces. */
class PiecesTest {
    private static final int SIZE = 75;
    private static final int CHANNELS = 128;
    private static final int FILTERS = 1300;

    private static Array random(long seed, long... sizes) {
        Random random = new Random(seed);
        float[] values = new float[(int) java.util.Arrays.stream(sizes).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return Array.of(values, sizes);
    }

    /** Two rows are parted, and each of them along its first direction. */
    @Test
    void aLargeConvolutionIsMadeInPieces() {
        Array x = random(1, 2, SIZE, SIZE, CHANNELS);
        Array kernel = random(2, 3, 3, CHANNELS, FILTERS);
        Array bias = random(3, FILTERS);
        Window window = new Window(new int[] {3, 3}, new int[] {2, 1}, new int[] {1, 1}, Window.Border.SAME);
        int[] asked = {0};
        Array result = Watch.over(() -> asked[0]++, () -> Spatial.convolve(x, kernel, Optional.of(bias), window, 1));
        assertThat(asked[0]).isGreaterThanOrEqualTo(4);
        assertThat(result.sizes()).containsExactly(2, 38, SIZE, FILTERS);
        Random random = new Random(4);
        for (int tries = 0; tries < 200; tries++) {
            int row = random.nextInt(2);
            int top = random.nextInt(38);
            int left = random.nextInt(SIZE);
            int filter = random.nextInt(FILTERS);
            assertThat((double) result.unwrap().getFloat(row, top, left, filter))
                    .isCloseTo(
                            bias.unwrap().getFloat(filter) + sum(x, kernel, row, 2 * top - 1, left - 1, filter),
                            within(1e-3));
        }
    }

    private static double sum(Array x, Array kernel, int row, int top, int left, int filter) {
        double sum = 0;
        for (int i = 0; i < 9; i++) {
            int y = top + i / 3;
            int across = left + i % 3;
            for (int c = 0; c < CHANNELS && y >= 0 && y < SIZE && across >= 0 && across < SIZE; c++) {
                sum += x.unwrap().getFloat(row, y, across, c) * kernel.unwrap().getFloat(i / 3, i % 3, c, filter);
            }
        }
        return sum;
    }

    /** Of a kernel with 4001 × 3001 cells in its middle, five in each direction ever lie on an image of three. */
    @Test
    void cellsOfAKernelThatNeverLieOnTheImageAreNotComputedWith() {
        Array x = random(10, 1, 3, 3, 1);
        Array kernel = random(11, 4001, 3001, 1, 1);
        Window window = new Window(new int[] {4001, 3001}, new int[] {1, 1}, new int[] {1, 1}, Window.Border.SAME);
        Window.Met met = window.met(x);
        assertThat(met.first()).containsExactly(1998, 1498);
        assertThat(met.last()).containsExactly(2002, 1502);
        Window small = new Window(new int[] {5, 5}, new int[] {1, 1}, new int[] {1, 1}, Window.Border.SAME);
        assertThat(Spatial.convolve(x, kernel, Optional.empty(), window, 1).values())
                .containsExactly(
                        Spatial.convolve(x, met.kernel(kernel), Optional.empty(), small, 1)
                                .values(),
                        within(1e-5f));
    }

    @Test
    void aLargeProductIsMadeInPiecesAndHasItsGradientOnce() {
        Array x = random(5, 4, 700, 1300);
        Array kernel = random(6, 1300, 1700);
        int[] asked = {0};
        try (Tape tape = Tape.record(List.of(x))) {
            Array result = Watch.over(() -> asked[0]++, () -> Linear.dense(x, kernel, Optional.empty()));
            assertThat(asked[0]).isEqualTo(2);
            Array one = Linear.dense(Arranging.part(x, 0, 3, 4), kernel, Optional.empty());
            float[] parted = Arranging.part(result, 0, 3, 4).values();
            float[] alone = one.values();
            float largest = 0;
            for (int i = 0; i < parted.length; i++) {
                largest = Math.max(largest, Math.abs(parted[i] - alone[i]));
            }
            assertThat(largest).isLessThan(1e-4f);
            Array gradient =
                    tape.gradients(List.of(result), List.of(ones(4, 700, 1700))).get(0);
            double sum = 0;
            for (int unit = 0; unit < 1700; unit++) {
                sum += kernel.unwrap().getFloat(7, unit);
            }
            assertThat((double) gradient.unwrap().getFloat(3, 699, 7)).isCloseTo(sum, within(1e-3));
        }
    }

    private static Array ones(long... sizes) {
        return Arithmetic.add(Array.zeros(sizes), Array.of(new float[] {1}, 1));
    }

    @Test
    void whoeverIsAskedMayStop() {
        Array x = random(8, 1, 2);
        assertThatThrownBy(() -> Watch.over(
                        () -> {
                            throw new IllegalStateException("enough");
                        },
                        () -> Linear.dense(x, random(9, 2, 2), Optional.empty())))
                .hasMessage("enough");
        Watch.ask();
    }
}
