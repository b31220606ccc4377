package org.netsplice.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Steps through sequences, statistics and look-ups against plain loops. */
class SequencesTest {

    /** The state doubles and takes the step in; the output is the negated state. */
    private static Recurrent.Step step(Array input, List<Array> states) {
        Array state = Arithmetic.add(Arithmetic.scale(states.get(0), 2, 0), input);
        return new Recurrent.Step(Arithmetic.scale(state, -1, 0), List.of(state));
    }

    @Property(tries = 60)
    void stepsWithMasks(@ForAll long seed) {
        Random random = new Random(seed);
        int batch = 1 + random.nextInt(3);
        int steps = 1 + random.nextInt(5);
        boolean backwards = random.nextBoolean();
        boolean zeroes = random.nextBoolean();
        Cells x = Cells.random(random, batch, steps, 2);
        Cells mask = Cells.filled(cell -> random.nextInt(3) == 0 ? 0 : 1, batch, steps);
        Cells start = Cells.random(random, batch, 2);
        double[][][] outputs = new double[batch][steps][2];
        double[][] states = new double[batch][2];
        for (int row = 0; row < batch; row++) {
            for (int unit = 0; unit < 2; unit++) {
                double state = start.at(row, unit);
                double before = 0;
                for (int i = 0; i < steps; i++) {
                    int at = backwards ? steps - 1 - i : i;
                    if (mask.at(row, at) != 0) {
                        state = 2 * state + x.at(row, at, unit);
                        before = -state;
                    } else if (zeroes) {
                        before = 0;
                    }
                    outputs[row][i][unit] = before;
                }
                states[row][unit] = state;
            }
        }
        Recurrent.Result result = Recurrent.run(
                x.array(),
                List.of(start.array()),
                new Recurrent.Run(Optional.of(mask.array()), backwards, zeroes),
                SequencesTest::step);
        Cells.assertEqual(
                result.sequence(), Cells.filled(cell -> outputs[cell[0]][cell[1]][cell[2]], batch, steps, 2), 1e-4);
        Cells.assertEqual(result.last(), Cells.filled(cell -> outputs[cell[0]][steps - 1][cell[1]], batch, 2), 1e-4);
        Cells.assertEqual(result.states().get(0), Cells.filled(cell -> states[cell[0]][cell[1]], batch, 2), 1e-4);
        Cells.assertEqual(
                Recurrent.part(x.array(), 1, 1), Cells.filled(cell -> x.at(cell[0], cell[1], 1), batch, steps, 1), 0);
    }

    @Test
    void aSequenceWithoutStepsIsRefused() {
        Recurrent.Run run = new Recurrent.Run(Optional.empty(), false, false);
        assertThatThrownBy(() -> Recurrent.run(Array.zeros(2, 0, 3), List.of(), run, SequencesTest::step))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a sequence without steps: array [2, 0, 3]");
    }

    @Property(tries = 40)
    void statistics(@ForAll long seed) {
        Random random = new Random(seed);
        Cells x = Cells.random(random, 2, 3, 4);
        Cells mean = Cells.random(random, 4);
        Cells variance = Cells.filled(cell -> 0.5 + random.nextInt(8), 4);
        Cells gamma = Cells.random(random, 4);
        Cells beta = Cells.random(random, 4);
        Cells.assertEqual(
                Normalizing.batch(
                        x.array(),
                        new Normalizing.Statistics(
                                Optional.of(gamma.array()), Optional.of(beta.array()), mean.array(), variance.array()),
                        0.01),
                Cells.filled(
                        cell -> {
                            int c = cell[2];
                            return gamma.at(c) * (x.at(cell) - mean.at(c)) / Math.sqrt(variance.at(c) + 0.01)
                                    + beta.at(c);
                        },
                        x.sizes()),
                1e-3);
        Cells normal =
                Cells.filled(cell -> (x.at(cell) - moment(x, cell, 1)) / Math.sqrt(spread(x, cell) + 0.01), x.sizes());
        Cells.assertEqual(
                Normalizing.byMoments(x.array(), 0.01, Optional.of(gamma.array()), Optional.of(beta.array()), 2),
                Cells.filled(cell -> normal.at(cell) * gamma.at(cell[2]) + beta.at(cell[2]), x.sizes()),
                1e-3);
        Cells.assertEqual(
                Normalizing.byVariance(x.array(), 0.01, 2),
                Cells.filled(cell -> x.at(cell) / Math.sqrt(spread(x, cell) + 0.01), x.sizes()),
                1e-3);
        Cells.assertEqual(
                Normalizing.byRootMeanSquare(x.array(), 0.01, 2),
                Cells.filled(cell -> x.at(cell) / Math.sqrt(moment(x, cell, 2) + 0.01), x.sizes()),
                1e-3);
    }

    /** The mean of a power along the last axis. */
    private static double moment(Cells x, int[] cell, int power) {
        double sum = 0;
        for (int c = 0; c < x.sizes()[2]; c++) {
            sum += Math.pow(x.at(cell[0], cell[1], c), power);
        }
        return sum / x.sizes()[2];
    }

    private static double spread(Cells x, int... cell) {
        return moment(x, cell, 2) - Math.pow(moment(x, cell, 1), 2);
    }

    @Property(tries = 40)
    void rowsAndPlaces(@ForAll long seed) {
        Random random = new Random(seed);
        int rows = 1 + random.nextInt(5);
        int width = 1 + random.nextInt(4);
        Cells table = Cells.random(random, rows, width);
        Cells numbers = Cells.filled(cell -> random.nextInt(rows), 2, 3);
        Cells found = Cells.filled(cell -> table.at((int) numbers.at(cell[0], cell[1]), cell[2]), 2, 3, width);
        for (Array.Form form : Array.Form.values()) {
            Cells.assertEqual(Lookup.rows(table.array(), numbers.array(form)), found, 0);
            Cells.assertEqual(Lookup.rows(table.array(Array.Form.DOUBLE), numbers.array(form)), found, 0);
        }
        Cells.assertEqual(
                Lookup.oneHot(numbers.array(Array.Form.WHOLE), rows),
                Cells.filled(cell -> numbers.at(cell[0], cell[1]) == cell[2] ? 1 : 0, 2, 3, rows),
                0);
        Cells columns = Cells.filled(cell -> random.nextInt(2 * width) - width, rows, 2);
        Cells.assertEqual(
                Lookup.along(table.array(), columns.array(Array.Form.WHOLE), 1),
                Cells.filled(
                        cell -> {
                            int place = (int) columns.at(cell);
                            return table.at(cell[0], place < 0 ? place + width : place);
                        },
                        rows,
                        2),
                0);
    }

    @Test
    void numbersOutsideATableAreNamed() {
        Array table = Array.zeros(3, 2);
        assertThatThrownBy(() -> Lookup.rows(table, Array.of(new long[] {0, 3}, 2)))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("received 3, but the numbers from 0 to 2 are known");
        assertThatThrownBy(() -> Lookup.rows(table, Array.of(new float[] {-1}, 1)))
                .hasMessage("received -1.0, but the numbers from 0 to 2 are known");
        assertThatThrownBy(() -> Lookup.rows(table, Array.of(new float[] {Float.NaN}, 1)))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(Lookup.oneHot(Array.of(new float[] {-1, 3, -0.5f}, 3), 2).values())
                .containsExactly(0, 0, 0, 0, 1, 0);
    }
}
