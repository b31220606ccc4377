package org.netsplice.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.work.Progress;

/** Metrics beside scikit-learn's, and laws about them. */
class MetricsTest {

    private static Json goldens() throws IOException {
        try (InputStream in = MetricsTest.class.getResourceAsStream("/metrics.json")) {
            return JsonReader.parse(in.readAllBytes(), "metrics.json", "");
        }
    }

    private static double[] numbers(Json list) {
        return list.items().stream().mapToDouble(Json::number).toArray();
    }

    @TestFactory
    Stream<DynamicTest> equalScikitLearn() throws IOException {
        List<Json> cases = goldens().get("cases").items();
        assertThat(cases).hasSize(10);
        return cases.stream().flatMap(one -> {
            Task task = Task.valueOf(one.get("task").text());
            int width = (int) one.get("width").integer();
            Scored scored = Scored.of(task, width, numbers(one.get("predictions")), numbers(one.get("targets")));
            List<Metric> metrics = Metric.of(task, width);
            assertThat(metrics.stream().map(Metric::name))
                    .containsExactlyInAnyOrderElementsOf(one.get("values").keys());
            return metrics.stream()
                    .map(metric -> DynamicTest.dynamicTest(
                            task.text() + " of " + width + ", " + scored.rows() + " rows: " + metric.name(),
                            () -> assertThat(metric.of(scored))
                                    .isCloseTo(
                                            one.get("values").get(metric.name()).number(), within(1e-9))));
        });
    }

    @Test
    void kappaEqualsScikitLearn() throws IOException {
        Json golden = goldens().get("kappa");
        double[] one = numbers(golden.get("one"));
        double[] two = numbers(golden.get("two"));
        Agreement agreement = Agreement.of(certain(one), certain(two));
        assertThat(agreement.kappa()).isCloseTo(golden.get("kappa").number(), within(1e-12));
        for (int row = 0; row < one.length; row++) {
            int at = row;
            assertThat(Arrays.stream(agreement.disagreeing()).anyMatch(other -> other == at))
                    .isEqualTo(one[row] != two[row]);
        }
    }

    private static Scored certain(double... classes) {
        double[] predictions = new double[3 * classes.length];
        for (int row = 0; row < classes.length; row++) {
            predictions[3 * row + (int) classes[row]] = 1;
        }
        return Scored.of(Task.CLASSES, 3, predictions, new double[classes.length]);
    }

    @Test
    void areasOfOneClassAloneAreNotDefined() {
        Scored scored = Scored.of(Task.BINARY, 1, new double[] {0.2, 0.9}, new double[] {1, 1});
        List<Metric> metrics = Metric.of(Task.BINARY, 1);
        assertThat(Metric.named("roc_auc", metrics).orElseThrow().of(scored)).isNaN();
        assertThat(Metric.named("accuracy", metrics).orElseThrow().of(scored)).isEqualTo(0.5);
    }

    @Test
    void targetsOutsideOfTheClassesAreRefused() {
        assertThatThrownBy(() -> Scored.of(Task.CLASSES, 2, new double[] {0.5, 0.5}, new double[] {2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("target 2.0 is none of the classes 0 to 1");
        assertThatThrownBy(() -> Scored.of(Task.REGRESSION, 2, new double[] {1, 2}, new double[] {2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 predictions, 2 for a row, with 1 targets");
    }

    @Property(tries = 100)
    void aRowGivenTwiceCountsTwiceAndTheOrderDoesNotMatter(@ForAll long seed) {
        Random random = new Random(seed);
        for (Task task : Task.values()) {
            int width = task == Task.BINARY ? 1 : 2 + random.nextInt(5);
            int rows = 8;
            boolean one = task == Task.BINARY || task == Task.CLASSES;
            double[] predictions = random.doubles((long) rows * width).toArray();
            double[] targets = new double[one ? rows : rows * width];
            for (int i = 0; i < targets.length; i++) {
                targets[i] = random.nextInt(task == Task.CLASSES ? width : 2);
            }
            Scored scored = Scored.of(task, width, predictions, targets);
            int[] chosen = random.ints(2L * rows, 0, rows).toArray();
            double[] predictedAgain = new double[chosen.length * width];
            double[] targetsAgain = new double[chosen.length * targets.length / rows];
            int[] order = chosen.clone();
            shuffle(order, random);
            for (int i = 0; i < chosen.length; i++) {
                System.arraycopy(predictions, order[i] * width, predictedAgain, i * width, width);
                int of = targets.length / rows;
                System.arraycopy(targets, order[i] * of, targetsAgain, i * of, of);
            }
            Scored again = Scored.of(task, width, predictedAgain, targetsAgain);
            for (Metric metric : Metric.of(task, width)) {
                double sampled = metric.of(scored, chosen);
                if (Double.isNaN(sampled)) {
                    assertThat(metric.of(again)).isNaN();
                } else {
                    assertThat(metric.of(again)).as(metric.name()).isCloseTo(sampled, within(1e-9));
                }
            }
        }
    }

    private static void shuffle(int[] order, Random random) {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
    }

    @Test
    void intervalsHoldTheValueAndNarrowWithMoreRows() {
        Metric accuracy = Metric.of(Task.BINARY, 1).get(0);
        Bootstrap.Interval few = interval(accuracy, 50);
        Bootstrap.Interval many = interval(accuracy, 5000);
        assertThat(few.low()).isLessThan(0.8);
        assertThat(few.high()).isGreaterThan(0.8);
        assertThat(many.low()).isBetween(0.78, 0.8);
        assertThat(many.high()).isBetween(0.8, 0.82);
        assertThat(interval(accuracy, 50)).isEqualTo(few);
    }

    /** The accuracy of a classifier that is right for four rows of five. */
    private static Bootstrap.Interval interval(Metric accuracy, int rows) {
        double[] predictions = new double[rows];
        double[] targets = new double[rows];
        for (int row = 0; row < rows; row++) {
            targets[row] = row % 2;
            predictions[row] = row % 5 == 0 ? 1 - targets[row] : targets[row];
        }
        Scored scored = Scored.of(Task.BINARY, 1, predictions, targets);
        return new Bootstrap(rows, 400, 3).interval(drawn -> accuracy.of(scored, drawn), Progress.NONE);
    }
}
