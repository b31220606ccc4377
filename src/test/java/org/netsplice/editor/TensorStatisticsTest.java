package org.netsplice.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/** What tensors are like. */
class TensorStatisticsTest {

    @Test
    void statisticsOfFiniteNumbers() {
        TensorStatistics values =
                TensorStatistics.of(Tensor.of(Shape.of(6), 0, 1, 2, 3, Float.NaN, Float.POSITIVE_INFINITY));
        assertThat(values.count()).isEqualTo(6);
        assertThat(values.sampled()).isFalse();
        assertThat(values.mean()).isEqualTo(1.5);
        assertThat(values.deviation()).isCloseTo(Math.sqrt(1.25), within(1e-12));
        assertThat(values.least()).isZero();
        assertThat(values.most()).isEqualTo(3);
        assertThat(values.zeros()).isEqualTo(1);
        assertThat(values.odd()).isEqualTo(2);
        assertThat(values.bins()).hasSize(TensorStatistics.BINS).contains(1);
        assertThat(java.util.Arrays.stream(values.bins()).sum()).isEqualTo(4);
    }

    @Test
    void largeTensorsAreSampledEvenly() {
        float[] numbers = new float[3 * TensorStatistics.MAX_SAMPLES];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        TensorStatistics values = TensorStatistics.of(Tensor.owning(DType.FLOAT32, Shape.of(numbers.length), numbers));
        assertThat(values.sampled()).isTrue();
        assertThat(values.taken()).isEqualTo(TensorStatistics.MAX_SAMPLES);
        assertThat(values.mean()).isCloseTo(numbers.length / 2.0, within(2.0));
    }

    @Test
    void nothingAndNothingFinite() {
        assertThat(TensorStatistics.of(Tensor.of(Shape.of(0))).taken()).isZero();
        assertThat(TensorStatistics.of(Tensor.of(Shape.of(1), Float.NaN)).mean())
                .isNaN();
    }

    @Test
    void aPictureShowsTheLastAxisAcross() {
        Tensor tensor = Tensor.of(Shape.of(2, 3), 0, 1, 2, 3, 4, 5);
        assertThat(TensorStatistics.picture(tensor, 10, 10)).isDeepEqualTo(new float[][] {{0, 1, 2}, {3, 4, 5}});
        assertThat(TensorStatistics.picture(tensor, 1, 2)).isDeepEqualTo(new float[][] {{0, 1}});
        assertThat(TensorStatistics.picture(Tensor.of(Shape.of(3), 7, 8, 9), 5, 5))
                .isDeepEqualTo(new float[][] {{7, 8, 9}});
    }
}
