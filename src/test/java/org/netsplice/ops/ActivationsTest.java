package org.netsplice.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Activations at ten points; the values are those of Keras 3.15. */
class ActivationsTest {
    private static final float[] X = {-8, -1.5f, -0.5f, -0.1f, 0, 0.1f, 0.5f, 1.5f, 4, 8};

    private static final String KERAS = """
            celu -0.9996645 -0.7768698 -0.3934693 -0.0951626 0 0.1 0.5 1.5 4 8
            elu -0.9996645 -0.7768698 -0.3934693 -0.0951626 0 0.1 0.5 1.5 4 8
            exponential 0.0003355 0.2231302 0.6065307 0.9048374 1 1.105171 1.6487212 4.481689 54.5981483 2980.9580078
            gelu 0 -0.1002108 -0.1542688 -0.0460172 0 0.0539828 0.3457312 1.3997892 3.9998734 8
            hard_shrink -8 -1.5 0 0 0 0 0 1.5 4 8
            hard_sigmoid 0 0.25 0.4166667 0.4833333 0.5 0.5166667 0.5833333 0.75 1 1
            hard_silu 0 -0.375 -0.2083333 -0.0483333 0 0.0516667 0.2916667 1.125 4 8
            hard_tanh -1 -1 -0.5 -0.1 0 0.1 0.5 1 1 1
            leaky_relu -1.6 -0.3 -0.1 -0.02 0 0.1 0.5 1.5 4 8
            linear -8 -1.5 -0.5 -0.1 0 0.1 0.5 1.5 4 8
            log_sigmoid -8.0003357 -1.7014133 -0.9740769 -0.7443967 -0.6931472 -0.6443967 -0.474077 -0.2014133 -0.0181499 -0.0003354
            log_softmax -16.0214291 -9.5214291 -8.5214291 -8.1214294 -8.0214291 -7.9214292 -7.5214291 -6.5214291 -4.0214291 -0.0214291
            mish -0.0026833 -0.2980997 -0.2207438 -0.0567886 0 0.0631794 0.3752452 1.4033781 3.9974124 8
            relu 0 0 0 0 0 0.1 0.5 1.5 4 8
            relu6 0 0 0 0 0 0.1 0.5 1.5 4 6
            selu -1.7575096 -1.3658143 -0.6917582 -0.1673054 0 0.1050701 0.5253505 1.5760515 4.2028041 8.4056082
            sigmoid 0.0003354 0.1824255 0.3775407 0.4750208 0.5 0.5249792 0.6224594 0.8175744 0.9820138 0.9996647
            silu -0.0026828 -0.2736383 -0.1887703 -0.0475021 0 0.0524979 0.3112297 1.2263616 3.928055 7.9973173
            soft_shrink -7.5 -1 0 0 0 0 0 1 3.5 7.5
            softmax 1.101493e-07 7.326488e-05 0.0001992 0.0002971 0.0003284 0.0003629 0.0005414 0.0014716 0.0179273 0.9787989
            softplus 0.0003354 0.2014133 0.474077 0.6443967 0.6931472 0.7443967 0.9740769 1.7014133 4.0181499 8.0003357
            softsign -0.8888889 -0.6 -0.3333333 -0.0909091 0 0.0909091 0.3333333 0.6 0.8 0.8888889
            sparse_plus 0 0 0.0625 0.2025 0.25 0.3025 0.5625 1.5 4 8
            sparse_sigmoid 0 0 0.25 0.45 0.5 0.55 0.75 1 1 1
            sparsemax 0 0 0 0 0 0 0 0 0 1
            squareplus 0.1231055 0.5 0.7807764 0.9512492 1 1.0512491 1.2807764 2 4.2360678 8.123106
            tanh -1 -0.9051483 -0.4621171 -0.099668 0 0.099668 0.4621171 0.9051483 0.9993293 1
            tanh_shrink -7 -0.5948517 -0.0378829 -0.000332 0 0.000332 0.0378829 0.5948517 3.0006707 7
            glu -4.1998334 -0.933689 -0.4087873 -0.0982014 0
            """;

    /** Names with the formula of another name. */
    private static final List<String> ALIASES = List.of("swish", "hard_swish");

    private static Stream<String[]> rows() {
        return KERAS.lines().map(line -> line.split(" "));
    }

    @TestFactory
    Stream<DynamicTest> theValuesOfKeras() {
        return rows().map(row -> DynamicTest.dynamicTest(row[0], () -> {
            double[] expected =
                    Arrays.stream(row).skip(1).mapToDouble(Double::parseDouble).toArray();
            for (Array.Form form : List.of(Array.Form.FLOAT, Array.Form.DOUBLE)) {
                double[] computed =
                        Activations.apply(row[0], Array.of(X, 1, 10).as(form)).doubles();
                assertThat(computed).hasSameSizeAs(expected);
                for (int i = 0; i < expected.length; i++) {
                    assertThat(computed[i]).isCloseTo(expected[i], within(1e-6 + 1e-6 * Math.abs(expected[i])));
                }
            }
        }));
    }

    @Test
    void everyNameHasValues() {
        List<String> listed = new ArrayList<>(rows().map(row -> row[0]).toList());
        listed.addAll(ALIASES);
        listed.add("hard_sigmoid_keras2");
        assertThat(Activations.names()).containsExactlyInAnyOrderElementsOf(listed);
        for (String alias : ALIASES) {
            String name = alias.replace("swish", "silu");
            assertThat(Activations.apply(alias, Array.of(X, 1, 10)).values())
                    .isEqualTo(Activations.apply(name, Array.of(X, 1, 10)).values());
        }
        assertThat(Activations.apply("hard_sigmoid_keras2", Array.of(new float[] {-2.5f, 1, 9}, 3))
                        .values())
                .containsExactly(new float[] {0, 0.7f, 1}, within(1e-6f));
    }

    @Property(tries = 40)
    void softmaxAlongAnyAxes(@ForAll long seed) {
        Random random = new Random(seed);
        Cells x = Cells.random(random, Cells.sizes(random, 3, 3));
        for (List<Integer> axes : List.of(List.of(0), List.of(1), List.of(2), List.of(0, 2), List.of(2, 1))) {
            Cells expected = Cells.filled(
                    cell -> {
                        double[] sum = {0};
                        Cells.filled(
                                at -> {
                                    boolean own = true;
                                    for (int axis = 0; axis < 3; axis++) {
                                        own &= axes.contains(axis) || at[axis] == cell[axis];
                                    }
                                    sum[0] += own ? Math.exp(x.at(at)) : 0;
                                    return 0;
                                },
                                x.sizes());
                        return Math.exp(x.at(cell)) / sum[0];
                    },
                    x.sizes());
            Cells.assertEqual(Activations.softmax(x.array(), axes), expected, 1e-5);
            Cells.assertEqual(Activations.softmax(x.array(Array.Form.DOUBLE), axes), expected, 1e-12);
        }
    }
}
