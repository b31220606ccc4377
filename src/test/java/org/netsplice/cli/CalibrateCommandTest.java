package org.netsplice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.netsplice.testing.Fixtures;

/** Temperatures before the softmax of models, and heads that learn what models say. */
class CalibrateCommandTest extends CommandLineTests {

    private static String digits(String name) {
        return Fixtures.ROOT.resolve("digits").resolve(name).toString();
    }

    private static Result calibrated(String model, String out) {
        return run("calibrate", model, "--input", digits("X_test.npy"), "--target", digits("y_test.npy"), "-o", out);
    }

    @Test
    void aCalibratedModelSaysTheSameClassesMoreHonestly() {
        assertThat(calibrated(DIGITS, file("calibrated.keras")))
                .isEqualTo(
                        new Result(
                                0,
                                "",
                                "temperature 0.8080: log loss 0.1465, before 0.1527; calibration error 0.0170, before 0.0336\n"));
        assertThat(calibrated(file("calibrated.keras"), file("again.keras")).err())
                .startsWith("temperature 1.0000: ");
    }

    @Test
    void anEnsembleIsCalibratedBehindItsMean() {
        assertThat(calibrated(digits("ensemble_average/model.keras"), file("calibrated.keras")))
                .isEqualTo(
                        new Result(
                                0,
                                "",
                                "temperature 0.6830: log loss 0.1126, before 0.1279; calibration error 0.0225, before 0.0387\n"));
        assertThat(calibrated(file("calibrated.keras"), file("again.keras")).err())
                .startsWith("temperature 1.0000: ");
    }

    @Test
    void aStackedHeadIsJudgedOnRowsHeldBack() {
        Result result = run(
                "merge",
                DIGITS,
                digits("cnn_b/model.keras"),
                "--inputs",
                "shared",
                "--op",
                "concatenate",
                "--dense",
                "10:softmax:head",
                "--stack",
                "3",
                "--input",
                digits("X_test.npy"),
                "--target",
                digits("y_test.npy"),
                "-o",
                file("stacked.keras"));
        assertThat(result.code()).isZero();
        assertThat(result.err()).matches("stacked head: loss 0\\.\\d{4} on rows held back in 3 parts\n");
        Result none = run("merge", DIGITS, DIGITS, "--op", "concatenate", "--stack", "3", "-o", file("x.keras"));
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err())
                .startsWith(
                        "netsplice merge: --stack needs 2 parts or more, one layer by --dense or --add, --input FILE and --target FILE");
    }
}
