package org.netsplice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.metrics.Metric;
import org.netsplice.metrics.Task;
import org.netsplice.predict.Answers;
import org.netsplice.problem.ModelException;

/** What is told about an evaluation before anything is predicted is what it then does. */
class ForeseenTest {
    private static Answers numbers(Shape shape, float... values) {
        return new Answers("y.npy", Optional.of(Tensor.of(shape, values)), List.of());
    }

    private static Foreseen of(Answers targets, int width, boolean probable) {
        return Foreseen.of(targets, List.of(), Shape.of(Shape.UNKNOWN, width), probable);
    }

    @Test
    void theTaskFollowsFromTargetsAndOutput() {
        Answers flags = numbers(Shape.of(3), 0, 1, 1);
        assertThat(of(flags, 1, true).task()).isEqualTo(Task.BINARY);
        assertThat(of(flags, 1, false).task()).isEqualTo(Task.REGRESSION);
        assertThat(of(numbers(Shape.of(2), 0, 2), 3, true).task()).isEqualTo(Task.CLASSES);
        assertThat(of(numbers(Shape.of(2, 2), 1, 0, 0, 1), 2, true).task()).isEqualTo(Task.CLASSES);
        assertThat(of(numbers(Shape.of(2, 2), 1, 1, 0, 1), 2, true).task()).isEqualTo(Task.MULTILABEL);
        assertThat(of(numbers(Shape.of(2, 2), 1.5f, 1, 0, 1), 2, false).task()).isEqualTo(Task.REGRESSION);
    }

    @Test
    void theMetricsAreNamed() {
        Foreseen classes = of(numbers(Shape.of(2), 0, 2), 3, true);
        assertThat(classes.metrics())
                .extracting(Metric::name)
                .isEqualTo(Metric.of(Task.CLASSES, 3).stream().map(Metric::name).toList());
        assertThat(classes.text()).startsWith("2 rows, 3 classes: accuracy, balanced accuracy, ");
        assertThat(of(numbers(Shape.of(1), 0.5f), 1, false).text()).startsWith("1 row, regression: ");
    }

    @Test
    void aMissingTargetIsRefusedBeforeAnythingIsPredicted() {
        assertThatThrownBy(() -> of(numbers(Shape.of(2), 0, Float.NaN), 3, true))
                .isInstanceOf(ModelException.CannotPredict.class)
                .hasMessage("y.npy: row 2 has no target (NaN)");
    }
}
