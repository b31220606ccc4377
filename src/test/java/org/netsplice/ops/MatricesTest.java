package org.netsplice.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Matrices taken apart give the matrices again. */
class MatricesTest {

    /** The sum of products along the first row. */
    private static double determinant(double[][] matrix) {
        int n = matrix.length;
        if (n == 1) {
            return matrix[0][0];
        }
        double sum = 0;
        for (int column = 0; column < n; column++) {
            double[][] minor = new double[n - 1][n - 1];
            for (int i = 1; i < n; i++) {
                for (int j = 0; j < n - 1; j++) {
                    minor[i - 1][j] = matrix[i][j < column ? j : j + 1];
                }
            }
            sum += (column % 2 == 0 ? 1 : -1) * matrix[0][column] * determinant(minor);
        }
        return sum;
    }

    @Property(tries = 60)
    void determinantsInversesAndSolutions(@ForAll long seed) {
        Random random = new Random(seed);
        int n = 1 + random.nextInt(4);
        Cells x = Cells.random(random, 2, n, n);
        Cells determinants = Cells.filled(
                cell -> {
                    double[][] matrix = new double[n][n];
                    for (int i = 0; i < n; i++) {
                        for (int j = 0; j < n; j++) {
                            matrix[i][j] = x.at(cell[0], i, j);
                        }
                    }
                    return determinant(matrix);
                },
                2);
        Array matrices = x.array(Array.Form.DOUBLE);
        Cells.assertEqual(Matrices.determinant(matrices), determinants, 1e-8);
        if (Math.abs(determinants.at(0)) < 0.1 || Math.abs(determinants.at(1)) < 0.1) {
            return;
        }
        Cells identity = Cells.filled(cell -> cell[1] == cell[2] ? 1 : 0, 2, n, n);
        Cells.assertEqual(Linear.matmul(matrices, Matrices.inverse(matrices)), identity, 1e-6);
        Cells right = Cells.random(random, 2, n, 3);
        Array solution = Matrices.solve(matrices, right.array(Array.Form.DOUBLE));
        Cells.assertEqual(Linear.matmul(matrices, solution), right, 1e-5);
    }

    @Property(tries = 60)
    void factorsOfPositiveDefiniteMatrices(@ForAll long seed) {
        Random random = new Random(seed);
        int n = 1 + random.nextInt(4);
        Cells lower = Cells.filled(
                cell -> cell[1] == cell[0] ? 1 + random.nextInt(4) : cell[1] < cell[0] ? random.nextInt(9) - 4 : 0,
                n,
                n);
        Cells product = Cells.filled(
                cell -> {
                    double sum = 0;
                    for (int k = 0; k < n; k++) {
                        sum += lower.at(cell[0], k) * lower.at(cell[1], k);
                    }
                    return sum;
                },
                n,
                n);
        Cells.assertEqual(Matrices.cholesky(product.array(Array.Form.DOUBLE)), lower, 1e-8);
    }

    @Test
    void matricesThatCannotBeTakenApart() {
        Array singular = Array.of(new float[] {1, 2, 2, 4}, 1, 2, 2);
        assertThat(Matrices.determinant(singular).values()).containsExactly(new float[] {0}, within(0f));
        for (float value : Matrices.inverse(singular).values()) {
            assertThat(Float.isFinite(value)).isFalse();
        }
        Array indefinite = Array.of(new float[] {1, 2, 2, 1}, 1, 2, 2);
        assertThat(Matrices.cholesky(indefinite).values()).contains(Float.NaN);
        assertThatThrownBy(() -> Matrices.inverse(Array.zeros(2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("square matrices: array [2, 3]");
    }
}
