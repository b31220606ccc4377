package org.netsplice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;

/** Blending weights, and finding the coefficients of a weighted average. */
class BlendCommandTest extends CommandLineTests {

    private static String digits(String name) {
        return Fixtures.ROOT.resolve("digits").resolve(name).toString();
    }

    @Test
    void theMeanOfWeightsPredictsWhatKerasPredicts() {
        String[][] cases = {
            {"cnn_b/model.keras", "weight_average_a_b"}, {"cnn_a_tuned/model.keras", "weight_average_a_a_tuned"}
        };
        for (String[] one : cases) {
            assertThat(run("blend", DIGITS, digits(one[0]), "-o", file("blend.keras")))
                    .isEqualTo(new Result(0, "", ""));
            assertThat(run(
                            "predict",
                            file("blend.keras"),
                            "--input",
                            digits(one[1] + "/input.npy"),
                            "-o",
                            file("p.npy")))
                    .isEqualTo(new Result(0, "", ""));
            assertThat(Difference.largest(
                            Fixtures.npy(Path.of(digits(one[1] + "/expected.npy"))),
                            Fixtures.npy(Path.of(file("p.npy")))))
                    .isLessThan(1e-5);
        }
    }

    @Test
    void optionsThatDoNotFitAreTold() {
        String b = digits("cnn_b/model.keras");
        String out = file("blend.splice");
        assertThat(usage("blend", DIGITS, "-o", out)).isEqualTo("give two models or more");
        assertThat(usage("blend", DIGITS, b, "--t", "2", "-o", out)).isEqualTo("--t must be between 0 and 1");
        assertThat(usage("blend", DIGITS, b, b, "--method", "slerp", "-o", out))
                .isEqualTo("--t and --method slerp are for two models; give --shares for more");
        assertThat(usage("blend", DIGITS, b, "--shares", "1,-1", "-o", out))
                .isEqualTo("--shares needs a number for each of the 2 models, none negative and not all 0");
        assertThat(usage("blend", DIGITS, b, "--shares", "1,1", "--t", "0.5", "-o", out))
                .isEqualTo("--t and --shares exclude each other");
        assertThat(usage("blend", DIGITS, b, "--method", "greedy", "-o", out))
                .isEqualTo("--method greedy needs --input FILE and --target FILE");
        assertThat(usage("blend", DIGITS, b, "--input", "x.npy", "-o", out))
                .isEqualTo("--input and --target are given together");
        assertThat(usage("merge", DIGITS, b, "--op", "weighted-average", "--coefficients", "greedy", "-o", out))
                .isEqualTo("--coefficients greedy needs --input FILE and --target FILE");
        assertThat(usage("merge", DIGITS, b, "--op", "weighted-average", "--coefficients", "best", "-o", out))
                .isEqualTo("--coefficients best needs --input FILE and --target FILE");
        assertThat(usage("merge", DIGITS, b, "--op", "weighted-average", "--coefficients", "1,most", "-o", out))
                .isEqualTo("--coefficients needs numbers, best or greedy; most is none of them");
        assertThat(usage(
                        "merge",
                        DIGITS,
                        b,
                        "--op",
                        "average",
                        "--coefficients",
                        "best",
                        "--input",
                        "x",
                        "--target",
                        "y",
                        "-o",
                        out))
                .isEqualTo("--coefficients does not belong to average");
    }

    private static String usage(String... words) {
        Result result = run(words);
        assertThat(result.code()).isEqualTo(2);
        return result.err().replaceFirst("^netsplice \\w+: ", "").split("\n", 2)[0];
    }

    @Test
    void networksOfOtherArchitecturesAreRefusedWithATable() {
        Result result = run(
                "blend",
                DIGITS,
                Fixtures.ROOT.resolve("tabular/cancer_left/model.keras").toString(),
                "-o",
                file("x.keras"));
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err())
                .startsWith(
                        "   cnn_a                  needs                  cancer_left                holds\n"
                                + "≠  conv_1 (Conv2D)        (3, 3, 1, 12), (12,)   normalise (Normalization)  (10,), (10,), ()\n")
                .endsWith(
                        "cancer_left is of another architecture than cnn_a\n"
                                + "  Choose networks of one architecture; networks that differ can be merged by their outputs.\n");
    }

    @Test
    void theBestCoefficientsAreFoundAndWritten() {
        Result result = run(
                "merge",
                DIGITS,
                digits("cnn_b/model.keras"),
                "--inputs",
                "shared",
                "--op",
                "weighted-average",
                "--coefficients",
                "best",
                "--input",
                digits("X_test.npy"),
                "--target",
                digits("y_test.npy"),
                "-o",
                file("best.splice"));
        assertThat(result)
                .isEqualTo(new Result(
                        0, "", "coefficients 0.3217, 0.6783: loss 0.1263; the parts alone 0.1527, 0.1395\n"));
        assertThat(run(
                                "evaluate",
                                file("best.splice"),
                                "--input",
                                digits("X_test.npy"),
                                "--target",
                                digits("y_test.npy"),
                                "--metrics",
                                "log_loss")
                        .out())
                .contains("log loss  0.1527  0.1395  * 0.1263\n");
    }

    private Result blend(String method, String... models) {
        List<String> words = new ArrayList<>(List.of("blend"));
        words.addAll(List.of(models));
        words.addAll(List.of("--method", method, "--input", digits("X_test.npy"), "--target", digits("y_test.npy")));
        words.addAll(List.of("-o", file("blend.keras")));
        return run(words.toArray(String[]::new));
    }

    @Test
    void networksOfDifferentStartsBlendBetterWhenAligned() {
        assertThat(blend("average", DIGITS, digits("cnn_b/model.keras")))
                .isEqualTo(new Result(0, "", "loss 1.4243; the models alone 0.1527, 0.1395\n"));
        assertThat(blend("align", DIGITS, digits("cnn_b/model.keras")))
                .isEqualTo(new Result(0, "", "loss 0.4065; the models alone 0.1527, 0.1395\n"));
    }

    @Test
    void aGreedySoupHoldsOnlyWhatMakesItBetter() {
        assertThat(blend("greedy", DIGITS, digits("cnn_b/model.keras"), digits("cnn_a_tuned/model.keras")))
                .isEqualTo(new Result(
                        0, "", "the mean of cnn_a_tuned\nloss 0.1194; the models alone 0.1527, 0.1395, 0.1194\n"));
    }

    @Test
    void greedyCoefficientsAreFoundAndWritten() {
        Result result = run(
                "merge",
                DIGITS,
                digits("cnn_b/model.keras"),
                digits("cnn_a_tuned/model.keras"),
                "--inputs",
                "shared",
                "--op",
                "weighted-average",
                "--coefficients",
                "greedy",
                "--input",
                digits("X_test.npy"),
                "--target",
                digits("y_test.npy"),
                "-o",
                file("greedy.splice"));
        assertThat(result)
                .isEqualTo(new Result(
                        0,
                        "",
                        "coefficients 0.0792, 0.3579, 0.5629: loss 0.1187; the parts alone 0.1527, 0.1395, 0.1194\n"));
    }
}
