package org.netsplice.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Many numbers to one against plain loops. */
class ReducingTest {
    private static final Map<Reducing.Many, Reducing.Many> PLAIN = Map.of(
            Reducing.SUM, values -> Arrays.stream(values).sum(),
            Reducing.MEAN, values -> Arrays.stream(values).average().orElseThrow(),
            Reducing.PRODUCT, values -> Arrays.stream(values).reduce(1, (a, b) -> a * b),
            Reducing.MAXIMUM, values -> Arrays.stream(values).max().orElseThrow(),
            Reducing.MINIMUM, values -> Arrays.stream(values).min().orElseThrow(),
            Reducing.VARIANCE, ReducingTest::variance,
            Reducing.MEDIAN, ReducingTest::median,
            Reducing.LOG_SUM_EXP,
                    values -> Math.log(Arrays.stream(values).map(Math::exp).sum()),
            Reducing.FIRST_LARGEST,
                    values -> first(values, Arrays.stream(values).max().orElseThrow()),
            Reducing.FIRST_SMALLEST,
                    values -> first(values, Arrays.stream(values).min().orElseThrow()));

    private static double variance(double... values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / values.length;
    }

    private static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static double first(double[] values, double wanted) {
        return IntStream.range(0, values.length)
                .filter(i -> values[i] == wanted)
                .findFirst()
                .orElseThrow();
    }

    /** The numbers that are reduced to one cell of the result, in row-major order. */
    private static double[] line(Cells x, int[] axes, int... cell) {
        List<Double> line = new ArrayList<>();
        Cells.filled(
                at -> {
                    boolean own = true;
                    for (int axis = 0; axis < at.length; axis++) {
                        own &= Arrays.binarySearch(axes, axis) >= 0 || at[axis] == cell[axis];
                    }
                    if (own) {
                        line.add(x.at(at));
                    }
                    return 0;
                },
                x.sizes());
        return line.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Property(tries = 50)
    void overSomeAxes(@ForAll long seed) {
        Random random = new Random(seed);
        Cells x = Cells.random(random, Cells.sizes(random, 2 + random.nextInt(3), 3));
        int rank = x.sizes().length;
        int[] axes =
                IntStream.range(0, rank).filter(axis -> random.nextBoolean()).toArray();
        int[] kept = x.sizes().clone();
        for (int axis : axes) {
            kept[axis] = 1;
        }
        long[] without = IntStream.range(0, rank)
                .filter(axis -> Arrays.binarySearch(axes, axis) < 0)
                .mapToLong(axis -> x.sizes()[axis])
                .toArray();
        PLAIN.forEach((many, plain) -> {
            Cells expected = Cells.filled(cell -> plain.of(line(x, axes, cell)), kept);
            Cells.assertEqual(Reducing.over(x.array(Array.Form.DOUBLE), true, many, axes), expected, 1e-6);
            assertThat(Reducing.over(x.array(), false, many, axes).sizes())
                    .isEqualTo(without.length == 0 ? new long[] {1} : without);
        });
        if (axes.length > 0) {
            Cells.assertEqual(
                    Reducing.mean(x.array(), true, axes),
                    Cells.filled(cell -> PLAIN.get(Reducing.MEAN).of(line(x, axes, cell)), kept),
                    1e-5);
            Cells.assertEqual(
                    Reducing.maximum(x.array(), true, axes),
                    Cells.filled(cell -> PLAIN.get(Reducing.MAXIMUM).of(line(x, axes, cell)), kept),
                    0);
        }
    }

    @Property(tries = 50)
    void alongOneAxis(@ForAll long seed) {
        Random random = new Random(seed);
        Cells x = Cells.random(random, Cells.sizes(random, 1 + random.nextInt(3), 5));
        int axis = random.nextInt(x.sizes().length);
        int size = x.sizes()[axis];
        int[] axes = {axis};
        Cells.assertEqual(
                Running.sum(x.array(), axis),
                Cells.filled(
                        cell -> Arrays.stream(line(x, axes, cell))
                                .limit(cell[axis] + 1L)
                                .sum(),
                        x.sizes()),
                1e-5);
        Cells whole = x.rounded();
        Array counted = Running.sum(whole.array(Array.Form.WHOLE), axis);
        assertThat(counted.form()).isEqualTo(Array.Form.WHOLE);
        Cells sorted = Cells.filled(
                cell -> {
                    double[] line = line(x, axes, cell);
                    Arrays.sort(line);
                    return line[cell[axis]];
                },
                x.sizes());
        Cells.assertEqual(Reducing.sorted(x.array(), axis), sorted, 0);
        Array places = Reducing.sortedPlaces(x.array(), axis);
        Cells.assertEqual(Lookup.along(x.array(), places, axis), sorted, 0);
        int[] from = {0, random.nextInt(size)};
        int[] to = {size, size};
        Cells.assertEqual(
                Running.windows(x.array(), axis, Reducing.SUM, from, to),
                Cells.filled(
                        cell -> Arrays.stream(
                                        line(x, axes, Cells.with(cell, axis, 0)), from[cell[axis]], to[cell[axis]])
                                .sum(),
                        Cells.with(x.sizes(), axis, 2)),
                1e-5);
    }

    /** Equal numbers keep their order, so that a sort by several keys may be made of sorts by one. */
    @Test
    void equalNumbersKeepTheirOrder() {
        Array x = Array.of(new float[] {2, 1, 2, 1, 0}, 5);
        assertThat(Reducing.sortedPlaces(x, 0).wholes()).containsExactly(4, 1, 3, 0, 2);
    }

    @Test
    void partsOfValues() {
        double[] values = {4, 1, 3, 2};
        assertThat(Reducing.quantile(values, 0)).isEqualTo(1);
        assertThat(Reducing.quantile(values, 1)).isEqualTo(4);
        assertThat(Reducing.quantile(values, 0.25)).isEqualTo(1.75);
        assertThat(Reducing.quantile(new double[] {1, Double.NaN}, 0.5)).isNaN();
        assertThat(Reducing.quantile(new double[0], 0.5)).isNaN();
        assertThat(Reducing.numbers(new double[] {Double.NaN, 1, Double.NaN, 2}))
                .containsExactly(1, 2);
    }

    @Test
    void whatIsNoNumberIsNotOverlooked() {
        Array x = Array.of(new float[] {1, Float.NaN, 3, 5, 4, 6}, 2, 3);
        assertThat(Reducing.maximum(x, false, 1).values()).containsExactly(Float.NaN, 6);
        assertThat(Reducing.over(x, false, Reducing.MINIMUM, 1).values()).containsExactly(Float.NaN, 4);
    }

    @Test
    void sumsOfWholeNumbersAreExact() {
        long big = (1L << 60) + 1;
        Array x = Array.of(new long[] {big, 1, 2, 3}, 2, 2);
        Array sums = Reducing.over(
                x, false, Reducing.SUM, values -> Arrays.stream(values).sum(), 1);
        assertThat(sums.form()).isEqualTo(Array.Form.WHOLE);
        assertThat(sums.wholes()).containsExactly(big + 1, 5);
    }
}
