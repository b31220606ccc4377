package org.netsplice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.netsplice.edit.Document;
import org.netsplice.problem.ModelException;
import org.netsplice.testing.Fixtures;

/** Weights blended, and laws about it. */
class BlendTest {
    private static final Document A = Fixtures.open("digits/cnn_a/model.keras");
    private static final Document B = Fixtures.open("digits/cnn_b/model.keras");

    private static Document blended(Blend.Method method, double first, double second) {
        return new Blend(List.of("a", "b"), List.of(A, B)).by(method, List.of(first, second));
    }

    @Test
    void theEndsAreTheNetworksThemselves() {
        for (Blend.Method method : List.of(Blend.Method.AVERAGE, Blend.Method.SLERP)) {
            assertThat(blended(method, 1, 0).graph().weights())
                    .isEqualTo(A.graph().weights());
            assertThat(List.copyOf(blended(method, 0, 3).graph().weights().values()))
                    .isEqualTo(List.copyOf(B.graph().weights().values()));
        }
    }

    @Test
    void theFirstNetworkKeepsItsOrderWhenOthersAreAligned() {
        assertThat(blended(Blend.Method.ALIGN, 1, 0).graph().weights())
                .isEqualTo(A.graph().weights());
        Blend same = new Blend(List.of("a", "a", "a"), List.of(A, A, A));
        assertThat(same.by(Blend.Method.ALIGN, List.of(1.0, 1.0, 1.0)).graph()).isEqualTo(A.graph());
    }

    @Test
    void aBlendOfANetworkWithItselfIsTheNetwork() {
        Blend same = new Blend(List.of("a", "a", "a"), List.of(A, A, A));
        assertThat(same.by(Blend.Method.AVERAGE, List.of(1.0, 1.0, 1.0)).graph())
                .isEqualTo(A.graph());
    }

    @Property(tries = 100)
    void anArcKeepsTheLengthOfEquallyLongVectors(@ForAll long seed) {
        Random random = new Random(seed);
        double[] a = random.doubles(7, -1, 1).toArray();
        double[] b = random.doubles(7, -1, 1).toArray();
        double ratio = length(a) / length(b);
        for (int i = 0; i < b.length; i++) {
            b[i] *= ratio;
        }
        double t = random.nextDouble();
        assertThat(length(Blend.alongArc(a, b, t))).isCloseTo(length(a), within(1e-9));
        assertThat(Blend.alongArc(a, a, t)).containsExactly(a, within(1e-12));
        assertThat(Blend.alongArc(new double[7], b, t)[3]).isCloseTo(t * b[3], within(1e-12));
    }

    private static double length(double... vector) {
        double sum = 0;
        for (double value : vector) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    @Test
    void networksOfOtherArchitecturesAreRefusedWithTheirDifference() {
        Document other = Fixtures.open("tabular/cancer_left/model.keras");
        Blend blend = new Blend(List.of("a", "b", "c"), List.of(A, B, other));
        assertThat(blend.firstUnlike()).contains(2);
        assertThat(blend.compare(1).firstDifference()).isEmpty();
        assertThat(blend.compare(2).sentence())
                .isEqualTo(
                        "The first difference is conv_1 (Conv2D): it needs (3, 3, 1, 12), (12,), and the file holds (10,), (10,), ().");
        assertThatThrownBy(() -> blend.by(Blend.Method.AVERAGE, List.of(1.0, 1.0, 1.0)))
                .isInstanceOf(ModelException.EditRefused.class)
                .hasMessageContaining("c is of another architecture than a");
    }
}
