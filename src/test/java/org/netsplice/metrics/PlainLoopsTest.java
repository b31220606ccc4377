package org.netsplice.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Metrics beside loops that count pairs and rows by the definition, on predictions with many ties. */
class PlainLoopsTest {
    private static final int ROWS = 12;

    private static double value(String name, Scored scored) {
        return Metric.named(name, Metric.of(scored.task(), scored.width()))
                .orElseThrow()
                .of(scored);
    }

    private static void same(String name, Scored scored, double expected) {
        if (Double.isNaN(expected)) {
            assertThat(value(name, scored)).as(name).isNaN();
        } else {
            assertThat(value(name, scored)).as(name).isCloseTo(expected, within(1e-12));
        }
    }

    /** Predictions in sevenths, so that rows tie, and targets that are 0 or 1. */
    private static Scored binary(Random random) {
        double[] predictions = random.ints(ROWS, 0, 8).mapToDouble(n -> n / 7.0).toArray();
        double[] targets = random.ints(ROWS, 0, 2).asDoubleStream().toArray();
        return Scored.of(Task.BINARY, 1, predictions, targets);
    }

    private static Scored classes(Random random, int width) {
        double[] predictions = new double[ROWS * width];
        for (int row = 0; row < ROWS; row++) {
            double sum = 0;
            for (int of = 0; of < width; of++) {
                predictions[row * width + of] = 1 + random.nextInt(4);
                sum += predictions[row * width + of];
            }
            for (int of = 0; of < width; of++) {
                predictions[row * width + of] /= sum;
            }
        }
        return Scored.of(
                Task.CLASSES,
                width,
                predictions,
                random.ints(ROWS, 0, width).asDoubleStream().toArray());
    }

    @Property(tries = 200)
    void theAreaIsTheShareOfPairsInTheRightOrder(@ForAll long seed) {
        Scored scored = binary(new Random(seed));
        double right = 0;
        int pairs = 0;
        for (int one = 0; one < ROWS; one++) {
            for (int other = 0; other < ROWS; other++) {
                if (scored.rightClass(one) == 1 && scored.rightClass(other) == 0) {
                    double difference = scored.predicted(one, 0) - scored.predicted(other, 0);
                    right += difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        same("roc_auc", scored, pairs == 0 ? Double.NaN : right / pairs);
    }

    @Property(tries = 200)
    void averagePrecisionIsTheMeanPrecisionAtTheRowsOfTheClass(@ForAll long seed) {
        Scored scored = binary(new Random(seed));
        double sum = 0;
        int positives = 0;
        for (int row = 0; row < ROWS; row++) {
            if (scored.rightClass(row) == 1) {
                int above = 0;
                int hits = 0;
                for (int other = 0; other < ROWS; other++) {
                    if (scored.predicted(other, 0) >= scored.predicted(row, 0)) {
                        above++;
                        hits += scored.rightClass(other);
                    }
                }
                sum += (double) hits / above;
                positives++;
            }
        }
        boolean defined = positives > 0 && positives < ROWS;
        same("average_precision", scored, defined ? sum / positives : Double.NaN);
    }

    @Property(tries = 200)
    void rightAndWrongRowsOfTwoClasses(@ForAll long seed) {
        Scored scored = binary(new Random(seed));
        double[][] counts = new double[2][2];
        double squares = 0;
        double logs = 0;
        for (int row = 0; row < ROWS; row++) {
            double p = scored.predicted(row, 0);
            int right = scored.rightClass(row);
            counts[right][p > 0.5 ? 1 : 0]++;
            squares += (p - right) * (p - right);
            double inside = Math.max(1e-7, Math.min(1 - 1e-7, p));
            logs -= Math.log(right == 1 ? inside : 1 - inside);
        }
        double hits = counts[1][1];
        double named = hits + counts[0][1];
        double present = hits + counts[1][0];
        same("accuracy", scored, (hits + counts[0][0]) / ROWS);
        same("precision", scored, named == 0 ? 0 : hits / named);
        same("recall", scored, present == 0 ? 0 : hits / present);
        same("f1", scored, named + present == 0 ? 0 : 2 * hits / (named + present));
        same("brier", scored, squares / ROWS);
        same("log_loss", scored, logs / ROWS);
    }

    @Property(tries = 100)
    void meansOverClasses(@ForAll long seed) {
        Random random = new Random(seed);
        int width = 2 + random.nextInt(4);
        Scored scored = classes(random, width);
        double right = 0;
        double recalls = 0;
        int present = 0;
        double squares = 0;
        double logs = 0;
        for (int of = 0; of < width; of++) {
            int own = 0;
            int found = 0;
            for (int row = 0; row < ROWS; row++) {
                boolean best = true;
                for (int other = 0; other < width; other++) {
                    double difference = scored.predicted(row, other) - scored.predicted(row, of);
                    best &= difference < 0 || (difference == 0 && other >= of);
                }
                if (scored.rightClass(row) == of) {
                    own++;
                    found += best ? 1 : 0;
                    logs -= Math.log(scored.predicted(row, of));
                }
                double target = scored.rightClass(row) == of ? 1 : 0;
                squares += (scored.predicted(row, of) - target) * (scored.predicted(row, of) - target);
            }
            right += found;
            recalls += own == 0 ? 0 : (double) found / own;
            present += own == 0 ? 0 : 1;
        }
        same("accuracy", scored, right / ROWS);
        same("balanced_accuracy", scored, recalls / present);
        same("brier", scored, squares / ROWS);
        assertThat(value("log_loss", scored)).isCloseTo(logs / ROWS, within(1e-9));
    }

    @Property(tries = 100)
    void theRightClassIsAmongTheMostProbable(@ForAll long seed) {
        Random random = new Random(seed);
        Scored scored = classes(random, 6);
        int found = 0;
        for (int row = 0; row < ROWS; row++) {
            boolean[] taken = new boolean[6];
            for (int place = 0; place < 3; place++) {
                int best = -1;
                for (int of = 0; of < 6; of++) {
                    if (!taken[of] && (best < 0 || scored.predicted(row, of) >= scored.predicted(row, best))) {
                        best = of;
                    }
                }
                taken[best] = true;
            }
            found += taken[scored.rightClass(row)] ? 1 : 0;
        }
        same("top_3_accuracy", scored, (double) found / ROWS);
    }

    @Property(tries = 100)
    void wrongLabels(@ForAll long seed) {
        Random random = new Random(seed);
        double[] predictions =
                random.ints(ROWS * 3, 0, 8).mapToDouble(n -> n / 7.0).toArray();
        double[] targets = random.ints(ROWS * 3, 0, 2).asDoubleStream().toArray();
        Scored scored = Scored.of(Task.MULTILABEL, 3, predictions, targets);
        double wrong = 0;
        double whole = 0;
        for (int row = 0; row < ROWS; row++) {
            int own = 0;
            for (int i = row * 3; i < row * 3 + 3; i++) {
                own += Math.round(predictions[i]) == targets[i] ? 0 : 1;
            }
            wrong += own;
            whole += own == 0 ? 1 : 0;
        }
        same("hamming_loss", scored, wrong / ROWS / 3);
        same("accuracy", scored, whole / ROWS);
    }

    @Property(tries = 100)
    void errorsOfNumbers(@ForAll long seed) {
        Random random = new Random(seed);
        double[] predictions = random.ints(ROWS * 2, -5, 6).asDoubleStream().toArray();
        double[] targets = random.ints(ROWS * 2, -5, 6).asDoubleStream().toArray();
        Scored scored = Scored.of(Task.REGRESSION, 2, predictions, targets);
        double absolute = 0;
        double roots = 0;
        double medians = 0;
        double explained = 0;
        for (int column = 0; column < 2; column++) {
            double[] errors = new double[ROWS];
            double squares = 0;
            double mean = 0;
            for (int row = 0; row < ROWS; row++) {
                errors[row] = Math.abs(predictions[row * 2 + column] - targets[row * 2 + column]);
                absolute += errors[row];
                squares += errors[row] * errors[row];
                mean += targets[row * 2 + column] / ROWS;
            }
            double spread = 0;
            for (int row = 0; row < ROWS; row++) {
                spread += (targets[row * 2 + column] - mean) * (targets[row * 2 + column] - mean);
            }
            java.util.Arrays.sort(errors);
            roots += Math.sqrt(squares / ROWS);
            medians += (errors[ROWS / 2 - 1] + errors[ROWS / 2]) / 2;
            explained += 1 - squares / spread;
        }
        same("mae", scored, absolute / ROWS / 2);
        same("rmse", scored, roots / 2);
        same("median_error", scored, medians / 2);
        assertThat(value("r2", scored)).isCloseTo(explained / 2, within(1e-9));
    }

    @Property(tries = 100)
    void theCalibrationErrorIsTheMeanOverFifteenRanges(@ForAll long seed) {
        Random random = new Random(seed);
        double[] predictions = random.doubles(ROWS).toArray();
        Scored scored = Scored.of(
                Task.BINARY,
                1,
                predictions,
                random.ints(ROWS, 0, 2).asDoubleStream().toArray());
        double error = 0;
        for (int range = 0; range < 15; range++) {
            double difference = 0;
            for (int row = 0; row < ROWS; row++) {
                double sure = Math.max(predictions[row], 1 - predictions[row]);
                if (sure > range / 15.0 && sure <= (range + 1) / 15.0) {
                    boolean right = (predictions[row] > 0.5) == (scored.rightClass(row) == 1);
                    difference += sure - (right ? 1 : 0);
                }
            }
            error += Math.abs(difference) / ROWS;
        }
        same("calibration_error", scored, error);
    }

    @Property(tries = 50)
    void agreementCountsTheRowsThatDiffer(@ForAll long seed) {
        Random random = new Random(seed);
        Scored one = classes(random, 3);
        Scored other = classes(random, 3);
        List<Integer> rows = new java.util.ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            if (one.predictedClass(row) != other.predictedClass(row)) {
                rows.add(row);
            }
        }
        Agreement agreement = Agreement.of(one, other);
        assertThat(agreement.disagreeing())
                .containsExactly(rows.stream().mapToInt(Integer::intValue).toArray());
        assertThat(agreement.share()).isCloseTo(1 - (double) rows.size() / ROWS, within(1e-12));
    }
}
