package org.netsplice.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TapeTest {
    private static final Array X = Array.of(new double[] {1, -2, 3, -4}, 2, 2);
    private static final Array ONES = Array.of(new double[] {1, 1, 1, 1}, 2, 2);

    @Test
    void aGradientIsTheSumOverAllWaysAndZeroWhereThereIsNone() {
        Array unused = Array.zeros(3);
        try (Tape tape = Tape.record(List.of(X, unused))) {
            Array y = Arithmetic.add(Arithmetic.multiply(X, X), X);
            List<Array> gradients = tape.gradients(List.of(y), List.of(ONES));
            assertThat(gradients.get(0).doubles()).containsExactly(3, -3, 7, -7);
            assertThat(gradients.get(1).values()).containsExactly(0, 0, 0);
        }
    }

    @Test
    void anOutputMayFeedAnotherOrBeWatchedItself() {
        try (Tape tape = Tape.record(List.of(X))) {
            Array h = Arithmetic.scale(X, 2, 0);
            Array y = Arithmetic.multiply(h, h);
            assertThat(tape.gradients(List.of(h, y, X), List.of(ONES, ONES, ONES))
                            .get(0)
                            .doubles())
                    .containsExactly(11, -13, 27, -29);
        }
    }

    @Test
    void stretchedAxesAreSummed() {
        Array bias = Array.of(new double[] {10, 20}, 2);
        Array one = Array.of(new double[] {3}, 1);
        try (Tape tape = Tape.record(List.of(bias, one))) {
            Array y = Arithmetic.multiply(Arithmetic.add(X, bias), one);
            List<Array> gradients = tape.gradients(List.of(y), List.of(ONES));
            assertThat(gradients.get(0).doubles()).containsExactly(6, 6);
            assertThat(gradients.get(1).doubles()).containsExactly(58);
        }
    }

    @Test
    void aHeadOfDenseAndSoftmax() {
        Array kernel = Array.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
        Array bias = Array.of(new double[] {0.5, 0, -0.5}, 3);
        Array seed = Array.of(new double[] {1, -2, 3, 4, 0.5, 0}, 2, 3);
        List<Array> watched = List.of(X, kernel, bias);
        List<Array> gradients;
        try (Tape tape = Tape.record(watched)) {
            Array y = Activations.apply("softmax", Linear.dense(X, kernel, Optional.of(bias)));
            gradients = tape.gradients(List.of(y), List.of(seed));
        }
        Differences.check(
                watched,
                now -> List.of(
                        Activations.apply("softmax", Linear.dense(now.get(0), now.get(1), Optional.of(now.get(2))))),
                List.of(seed),
                gradients,
                1e-8);
    }

    @Test
    void anOperationWithoutAGradientIsNamedOnlyWhereAGradientWouldPass() {
        try (Tape tape = Tape.record(List.of(X))) {
            Array rounded = Tape.obstacle("rounding", X, X);
            assertThat(rounded).isSameAs(X);
            Array whole = X.as(Array.Form.WHOLE).real();
            Array beside = Arithmetic.scale(X, 3, 0);
            assertThat(tape.obstacle(List.of(beside))).isEmpty();
            assertThat(tape.obstacle(List.of(beside, whole))).contains("cutting off to whole numbers");
            assertThat(tape.gradients(List.of(beside), List.of(ONES)).get(0).doubles())
                    .containsExactly(3, 3, 3, 3);
            assertThatThrownBy(() -> tape.gradients(List.of(whole), List.of(ONES)))
                    .isInstanceOf(NoGradientException.class)
                    .hasMessage("the operation \"cutting off to whole numbers\" has no gradient");
        }
    }

    @Test
    void nothingIsRecordedAsideOrAfterClosing() {
        try (Tape tape = Tape.record(List.of(X))) {
            Array constant = Tape.aside(() -> Arithmetic.scale(X, 3, 0));
            Array y = Arithmetic.multiply(constant, X);
            assertThat(tape.gradients(List.of(y), List.of(ONES)).get(0).doubles())
                    .containsExactly(3, -6, 9, -12);
            assertThatThrownBy(() -> Tape.record(List.of(X))).isInstanceOf(IllegalStateException.class);
        }
        assertThat(Tape.isOpen()).isFalse();
        Tape.record(List.of()).close();
    }
}
