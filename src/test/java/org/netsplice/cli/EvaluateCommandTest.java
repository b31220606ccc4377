package org.netsplice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.graph.Tensor;
import org.netsplice.testing.Fixtures;

/** The command that compares models and the parts of merged ones. */
class EvaluateCommandTest extends CommandLineTests {
    private static final String X = digits("X_test.npy");
    private static final String Y = digits("y_test.npy");
    private static final String DIGITS_B = digits("cnn_b/model.keras");

    private static String digits(String name) {
        return Fixtures.ROOT.resolve("digits").resolve(name).toString();
    }

    private Json json(String... words) {
        Result result = run(words);
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        return JsonReader.parse(result.out().getBytes(StandardCharsets.UTF_8), "out", "");
    }

    private static Json model(Json all, String name) {
        return all.get("models").items().stream()
                .filter(one -> one.get("name").text().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String average() {
        String merged = file("average.splice");
        assertThat(run("merge", DIGITS, DIGITS_B, "--inputs", "shared", "--op", "average", "-o", merged)
                        .code())
                .isZero();
        return merged;
    }

    @Test
    void theDigitsScoreWhatKerasSaid() throws IOException {
        Json said = JsonReader.parse(Files.readAllBytes(Path.of(digits("results.json"))), "results.json", "")
                .get("test_accuracy");
        Json all = json(
                "evaluate",
                average(),
                digits("cnn_a_tuned/model.keras"),
                digits("weight_average_a_b/model.keras"),
                digits("weight_average_a_a_tuned/model.keras"),
                digits("ensemble_concat_head/model.keras"),
                "--input",
                X,
                "--target",
                Y,
                "--format",
                "json");
        assertThat(all.get("rows").integer()).isEqualTo(300);
        assertThat(all.get("task").text()).isEqualTo("classes");
        assertThat(all.get("models").items().stream()
                        .map(one ->
                                one.get("name").text() + " " + one.get("role").text()))
                .containsExactly(
                        "cnn_a member",
                        "cnn_b member",
                        "average merged",
                        "cnn_a_tuned model",
                        "weight_average_a_b model",
                        "weight_average_a_a_tuned model",
                        "ensemble_concat_head model");
        accuracy(all, "cnn_a", said.get("cnn_a"));
        accuracy(all, "cnn_b", said.get("cnn_b"));
        accuracy(all, "average", said.get("average_of_predictions(cnn_a, cnn_b)"));
        accuracy(all, "cnn_a_tuned", said.get("cnn_a_tuned"));
        accuracy(all, "weight_average_a_b", said.get("weight_space_average(cnn_a, cnn_b)"));
        accuracy(all, "weight_average_a_a_tuned", said.get("weight_space_average(cnn_a, cnn_a_tuned)"));
        accuracy(all, "ensemble_concat_head", said.get("concatenate + trained Dense(10) head"));
        Json difference = all.get("differences").items().get(0);
        assertThat(difference.get("best_member").text()).isEqualTo("cnn_b");
        assertThat(difference.get("gain").number()).isZero();
    }

    @Test
    void anEngineCanBeChosenAndAnUnknownOneIsRefused() {
        for (String engine : List.of("dl4j", "onnx")) {
            Json all = json("evaluate", DIGITS, "--input", X, "--target", Y, "--format", "json", "--engine", engine);
            assertThat(all.get("models").items()).hasSize(1);
        }
        assertThat(run("evaluate", DIGITS, "--input", X, "--target", Y, "--engine", "none")
                        .code())
                .isEqualTo(2);
    }

    private static void accuracy(Json all, String name, Json said) {
        assertThat(model(all, name).get("metrics").get("accuracy").number())
                .as(name)
                .isCloseTo(said.number(), within(1e-12));
    }

    @Test
    void theTableMarksTheBestAndSaysWhetherJoiningWasWorthIt() {
        Result result = run(
                "evaluate",
                average(),
                "--input",
                X,
                "--target",
                Y,
                "--metrics",
                "accuracy,log_loss",
                "--bootstrap",
                "100");
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .startsWith("""
                        300 rows, 10 classes

                        metric     cnn_a     cnn_b   average
                        accuracy  0.9567  * 0.9633  * 0.9633
                        log loss  0.1527    0.1395  * 0.1279

                        average equals its best part, cnn_b, in accuracy (95 % interval\s""")
                .contains("""

                        How often two name the same class
                        networks       share   kappa  different                   rows that differ, from 1
                        cnn_a, cnn_b  0.9433  0.9370         17  5, 26, 29, 52, 74, 95, 98, 99, 148, 155 …
                        """)
                .contains(
                        "Classes of cnn_b, and what they were taken for\n"
                                + "class  rows  precision  recall      F1  as 0  as 1  as 2  as 3  as 4  as 5  as 6  as 7  as 8  as 9\n"
                                + "0        30     1.0000  1.0000  1.0000    30     0     0     0     0     0     0     0     0     0\n");
    }

    @Test
    void reportsAreWrittenInEveryFormat() throws IOException {
        for (String extension : List.of("html", "json", "csv", "md")) {
            String report = file("report." + extension);
            assertThat(run("evaluate", DIGITS, "--input", X, "--target", Y, "-o", report))
                    .isEqualTo(new Result(0, "", ""));
            assertThat(Files.readString(Path.of(report))).contains("accuracy").containsPattern("cnn.?_a");
        }
        assertThat(Files.readString(Path.of(file("report.html")))).doesNotContain("http");
        assertThat(Files.readString(Path.of(file("report.csv"))))
                .startsWith("\"metric\",\"cnn_a\"\r\n\"accuracy\",\"0.9567\"\r\n");
        assertThat(run("evaluate", DIGITS, "--input", X, "--target", Y, "-o", file("report.pdf")))
                .isEqualTo(new Result(
                        2,
                        "",
                        "netsplice evaluate: this version cannot write .pdf here; choose .html, .json, .csv, .md\n"
                                + "  See netsplice evaluate --help.\n"));
    }

    /** Rows of the test data with their class as a last column, under a header. */
    private String table(List<String> names) throws IOException {
        Tensor x = Fixtures.npy(Path.of(X));
        Tensor y = Fixtures.npy(Path.of(Y));
        StringBuilder text = new StringBuilder();
        for (int pixel = 0; pixel < 64; pixel++) {
            text.append('p').append(pixel).append(',');
        }
        text.append("digit\n");
        for (int row = 0; row < 40; row++) {
            for (int pixel = 0; pixel < 64; pixel++) {
                text.append(x.at(row * 64 + pixel)).append(',');
            }
            text.append(names.get((int) y.at(row))).append('\n');
        }
        Path table = folder.resolve("digits.csv");
        Files.writeString(table, text);
        return table.toString();
    }

    @Test
    void targetsMayBeAColumnOfTheInputAndNamesOfClasses() throws IOException {
        List<String> names = List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");
        String table = table(names);
        Files.write(folder.resolve("classes.txt"), names);
        Json named = json(
                "evaluate",
                DIGITS,
                "--input",
                table,
                "--target",
                "digit",
                "--classes",
                file("classes.txt"),
                "--format",
                "json");
        String numbers = table(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
        Json numbered = json("evaluate", DIGITS, "--input", numbers, "--target", "digit", "--format", "json");
        assertThat(model(named, "cnn_a").get("metrics"))
                .isEqualTo(model(numbered, "cnn_a").get("metrics"));
        assertThat(model(named, "cnn_a").get("confusion"))
                .isEqualTo(model(numbered, "cnn_a").get("confusion"));
        assertThat(named.get("classes").items().get(3).text()).isEqualTo("three");
        Files.write(folder.resolve("classes.txt"), names.subList(0, 9));
        String again = table(names);
        assertThat(run("evaluate", DIGITS, "--input", again, "--target", "digit", "--classes", file("classes.txt"))
                        .err())
                .isEqualTo("digits.csv: row 13 has the class \"nine\", which is not among the 9 given\n"
                        + "  Name every class in the file of classes, in the order of the outputs.\n");
    }

    @Test
    void targetsThatDoNotFitAreToldWithTheirRow() throws IOException {
        Files.writeString(folder.resolve("few.csv"), "1\n2\n");
        assertThat(run("evaluate", DIGITS, "--input", X, "--target", file("few.csv")))
                .isEqualTo(new Result(
                        6,
                        "",
                        "few.csv: holds 2 targets, but 300 rows are predicted\n  Give one target for every row.\n"));
        Files.writeString(folder.resolve("large.csv"), "label\n" + "10\n".repeat(300));
        assertThat(run("evaluate", DIGITS, "--input", X, "--target", file("large.csv")))
                .isEqualTo(new Result(
                        6,
                        "",
                        "large.csv: row 1 has the class 10, but the 10 outputs stand for classes 0 to 9\n"
                                + "  Count classes from 0, or give their names.\n"));
        Files.writeString(folder.resolve("hole.csv"), "1\n\"\"\n" + "3\n".repeat(298));
        assertThat(run("evaluate", DIGITS, "--input", X, "--target", file("hole.csv")))
                .isEqualTo(new Result(
                        6,
                        "",
                        "hole.csv, row 2, column 1: is empty\n  Put a number there, or remove the row or column.\n"));
        assertThat(run("evaluate", DIGITS, "--input", X, "--target", "digit").err())
                .isEqualTo(
                        "netsplice evaluate: there is no file digit, and no table of inputs has a column of this name\n"
                                + "  See netsplice evaluate --help.\n");
        assertThat(run("evaluate", DIGITS, "--input", X, "--target", Y, "--metrics", "rmse"))
                .isEqualTo(
                        new Result(
                                6,
                                "",
                                "the metric rmse does not apply to this task (classes)\n"
                                        + "  Choose among accuracy, balanced_accuracy, top_3_accuracy, log_loss, f1_macro, f1_weighted, roc_auc, average_precision, brier, calibration_error.\n"));
        assertThat(run("evaluate", DIGITS, "--input", X, "--target", Y, "--metrics", "acuracy")
                        .err())
                .startsWith("netsplice evaluate: --metrics cannot be \"acuracy\"; did you mean accuracy? Choose ");
    }

    @Test
    void aMemberThatGivesFeaturesIsNotScored() throws IOException {
        String merged = file("head.splice");
        assertThat(run(
                                "merge",
                                DIGITS,
                                DIGITS_B,
                                "--inputs",
                                "shared",
                                "--op",
                                "concatenate",
                                "--dense",
                                "3:softmax",
                                "-o",
                                merged)
                        .code())
                .isZero();
        Files.writeString(folder.resolve("thirds.csv"), "0\n1\n2\n".repeat(100));
        Json all = json("evaluate", merged, "--input", X, "--target", file("thirds.csv"), "--format", "json");
        assertThat(all.get("models").items()).hasSize(1);
        assertThat(model(all, "head").get("role").text()).isEqualTo("merged");
        assertThat(all.get("notes").items().stream().map(Json::text))
                .containsExactly(
                        "cnn_a: gives (300, 10), which is no prediction of the targets",
                        "cnn_b: gives (300, 10), which is no prediction of the targets");
    }
}
