package org.netsplice.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Products against plain loops. */
class LinearTest {

    @Property(tries = 50)
    void denseAndMatmul(@ForAll long seed) {
        Random random = new Random(seed);
        int batch = 1 + random.nextInt(3);
        int rows = 1 + random.nextInt(4);
        int depth = 1 + random.nextInt(5);
        int units = 1 + random.nextInt(4);
        Cells x = Cells.random(random, batch, rows, depth);
        Cells kernel = Cells.random(random, depth, units);
        Cells bias = Cells.random(random, units);
        Cells product = Cells.filled(
                cell -> {
                    double sum = 0;
                    for (int k = 0; k < depth; k++) {
                        sum += x.at(cell[0], cell[1], k) * kernel.at(k, cell[2]);
                    }
                    return sum;
                },
                batch,
                rows,
                units);
        Cells shifted = Cells.filled(cell -> product.at(cell) + bias.at(cell[2]), product.sizes());
        for (Array.Form form : List.of(Array.Form.FLOAT, Array.Form.DOUBLE)) {
            Array own = x.array(form);
            Cells.assertEqual(Linear.dense(own, kernel.array(form), Optional.of(bias.array(form))), shifted, 1e-3);
            Cells.assertEqual(Linear.dense(own, kernel.array(form), Optional.empty()), product, 1e-3);
            Cells.assertEqual(Linear.matmul(own, kernel.array(form)), product, 1e-3);
        }
    }

    @Property(tries = 50)
    void matmulOfWholeNumbersAndDot(@ForAll long seed) {
        Random random = new Random(seed);
        int batch = 1 + random.nextInt(3);
        int rows = 1 + random.nextInt(4);
        int depth = 1 + random.nextInt(5);
        int units = 1 + random.nextInt(4);
        Cells x = Cells.random(random, batch, rows, depth);
        Cells kernel = Cells.random(random, depth, units);
        Cells whole = Cells.filled(
                cell -> {
                    double sum = 0;
                    for (int k = 0; k < depth; k++) {
                        sum += x.rounded().at(cell[0], cell[1], k)
                                * kernel.rounded().at(k, cell[2]);
                    }
                    return sum;
                },
                batch,
                rows,
                units);
        Cells.assertEqual(Linear.matmul(x.array(Array.Form.WHOLE), kernel.array(Array.Form.WHOLE)), whole, 0);
        Cells y = Cells.random(random, batch, units, depth);
        Cells.assertEqual(
                Linear.dot(x.array(), y.array(), 2, 2),
                Cells.filled(
                        cell -> {
                            double sum = 0;
                            for (int k = 0; k < depth; k++) {
                                sum += x.at(cell[0], cell[1], k) * y.at(cell[0], cell[2], k);
                            }
                            return sum;
                        },
                        batch,
                        rows,
                        units),
                1e-3);
    }

    @Property(tries = 40)
    void sumsInEinsteinsNotation(@ForAll long seed) {
        Random random = new Random(seed);
        int a = 1 + random.nextInt(3);
        int b = 1 + random.nextInt(3);
        int c = 1 + random.nextInt(3);
        int d = 1 + random.nextInt(3);
        Cells x = Cells.random(random, a, b, c);
        Cells y = Cells.random(random, a, c, d);
        Cells expected = Cells.filled(
                cell -> {
                    double sum = 0;
                    for (int k = 0; k < c; k++) {
                        sum += x.at(cell[1], cell[2], k) * y.at(cell[1], k, cell[0]);
                    }
                    return sum;
                },
                d,
                a,
                b);
        List<Array> both = List.of(x.array(Array.Form.DOUBLE), y.array(Array.Form.DOUBLE));
        Cells.assertEqual(Einsum.compute("abc,acd->dab", both), expected, 1e-9);
        Cells.assertEqual(Einsum.compute("...bc,...cd->d...b", both), expected, 1e-9);
        assertThat(Einsum.sizes("abc,acd->dab", List.of(new long[] {a, b, c}, new long[] {-1, c, d})))
                .containsExactly(d, a, b);
        Cells weights = Cells.random(random, c);
        Cells three = Cells.filled(
                cell -> {
                    double sum = 0;
                    for (int i = 0; i < b; i++) {
                        for (int k = 0; k < c; k++) {
                            sum += x.at(cell[0], i, k) * weights.at(k) * y.at(cell[0], k, cell[1]);
                        }
                    }
                    return sum;
                },
                a,
                d);
        Cells.assertEqual(
                Einsum.compute("abc,c,acd->ad", List.of(both.get(0), weights.array(Array.Form.DOUBLE), both.get(1))),
                three,
                1e-8);
        Cells.assertEqual(
                Einsum.compute("cba", List.of(x.array())),
                Cells.filled(cell -> x.at(cell[2], cell[1], cell[0]), c, b, a),
                0);
    }

    @Test
    void lengthsBecomeOne() {
        Array x = Array.of(new float[] {3, 4, 0, 0}, 2, 2);
        Cells.assertEqual(Linear.unitLength(x, 1), new Cells(new double[] {0.6, 0.8, 0, 0}, 2, 2), 1e-6);
    }

    @Test
    void anInputWithoutNumbersGivesTheBias() {
        Array bias = Array.of(new float[] {1, 2}, 2);
        assertThat(Linear.dense(Array.zeros(3, 0), Array.zeros(0, 2), Optional.of(bias))
                        .values())
                .containsExactly(1, 2, 1, 2, 1, 2);
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeNativeCode() {
        assertThatThrownBy(() -> Linear.dense(Array.zeros(2, 3), Array.zeros(4, 5), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dense: array [2, 3] against kernel array [4, 5]");
        assertThatThrownBy(() -> Linear.matmul(Array.zeros(2, 3), Array.zeros(2, 3)))
                .hasMessage("matmul: array [2, 3] and array [2, 3]");
        assertThatThrownBy(() -> Einsum.sizes("ab,bc->ac", List.of(new long[] {2, 3}, new long[] {4, 5})))
                .hasMessage("einsum ab,bc->ac: the letter b has sizes 3 and 4");
        assertThatThrownBy(() -> Einsum.compute("aa->a", List.of(Array.zeros(2, 2))))
                .hasMessage("einsum with a diagonal: aa->a");
    }
}
