package org.netsplice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.container.Npy;
import org.netsplice.container.Npz;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;

/** The command that trains. */
class TrainCommandTest extends CommandLineTests {
    private static final String TEST_X =
            Fixtures.ROOT.resolve("digits/X_test.npy").toString();
    private static final String TEST_Y =
            Fixtures.ROOT.resolve("digits/y_test.npy").toString();
    private static final String DIGITS_B =
            Fixtures.ROOT.resolve("digits/cnn_b/model.keras").toString();

    private String x;
    private String y;

    @BeforeEach
    void writeRows() throws IOException {
        Map<String, Tensor> arrays = Npz.read(Path.of("src/test/resources/train/digits_train.npz"));
        float[] pixels = arrays.get("x").toArray();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] /= 16;
        }
        x = file("x.npy");
        y = file("y.npy");
        try (OutputStream out = Files.newOutputStream(Path.of(x))) {
            Npy.write(Tensor.owning(DType.FLOAT32, Shape.of(pixels.length / 64, 8, 8, 1), pixels), out);
        }
        try (OutputStream out = Files.newOutputStream(Path.of(y))) {
            Npy.write(arrays.get("y"), out);
        }
    }

    private String merged() {
        String merged = file("merged.splice");
        assertThat(run(
                                "merge",
                                DIGITS,
                                DIGITS_B,
                                "--inputs",
                                "shared",
                                "--op",
                                "concatenate",
                                "--dense",
                                "10:softmax:head",
                                "--seed",
                                "3",
                                "-o",
                                merged)
                        .code())
                .isZero();
        return merged;
    }

    private Tensor predicted(String model) {
        String out = file("out.npy");
        assertThat(run("predict", model, "--input", TEST_X, "-o", out).code()).isZero();
        return Fixtures.npy(Path.of(out));
    }

    @Test
    void aNewHeadReachesTheAccuracyOfKerasAndIsTheSameInEveryFormat() throws IOException {
        String log = file("log.csv");
        String splice = file("trained.splice");
        Result result = run(
                "train",
                merged(),
                "--input",
                x,
                "--target",
                y,
                "--epochs",
                "12",
                "--lr",
                "0.01",
                "--validation",
                TEST_X + "," + TEST_Y,
                "--log",
                log,
                "-o",
                splice);
        assertThat(result.err()).isEqualTo("""
                        dropout, cnn_b_dropout drop or change values at random while training, as in Keras even when frozen, so that 4 frozen layers with weights are computed in every step instead of once.
                        The output head learns by the loss sparse_categorical_crossentropy of its scores.
                        Kept the weights of epoch 12 in trained.splice.
                        """);
        assertThat(result.code()).isZero();
        assertThat(result.out().lines())
                .hasSize(12)
                .allSatisfy(line -> assertThat(line)
                        .matches("epoch +\\d+  loss \\d\\.\\d{4}  accuracy \\d\\.\\d{4}  validation loss \\d\\.\\d{4}"
                                + "  accuracy \\d\\.\\d{4}  \\d+\\.\\d s(  best)?"));
        List<String> table = Files.readAllLines(Path.of(log));
        assertThat(table).hasSize(13);
        assertThat(table.get(0)).isEqualTo("epoch,loss,accuracy,val_loss,val_accuracy,learning_rate,seconds");
        reachesKeras(splice);
        String converted = file("trained.keras");
        assertThat(run("convert", splice, "-o", converted).code()).isZero();
        assertThat(Difference.largest(predicted(splice), predicted(converted))).isLessThan(1e-6);
    }

    private static void reachesKeras(String trained) {
        Json scores = JsonReader.parse(
                run("evaluate", trained, "--input", TEST_X, "--target", TEST_Y, "--format", "json")
                        .out()
                        .getBytes(StandardCharsets.UTF_8),
                "out",
                "");
        Json last = scores.get("models").items().get(2);
        double keras = Fixtures.json(Fixtures.path("digits/results.json"))
                .get("test_accuracy")
                .get("concatenate + trained Dense(10) head")
                .number();
        assertThat(last.get("name").text()).isEqualTo("trained");
        assertThat(last.get("metrics").get("accuracy").number()).isGreaterThanOrEqualTo(keras);
    }

    @Test
    void aTableHoldsInputsAndTargets() throws IOException {
        StringBuilder rows = new StringBuilder("a,b,c,d,kind\n");
        for (int i = 0; i < 60; i++) {
            rows.append(i % 7).append(',').append(i % 3 - 1).append(",0.5,").append(-i % 5);
            rows.append(i % 3 == 0 ? ",low\n" : ",high\n");
        }
        Path table = Files.writeString(folder.resolve("rows.csv"), rows);
        Path model = Files.writeString(folder.resolve("net.json"), architecture());
        String out = file("net.keras");
        Result result = run(
                "train",
                model.toString(),
                "--input",
                table.toString(),
                "--target",
                "kind",
                "--epochs",
                "40",
                "--lr",
                "0.05",
                "--validation",
                table.toString(),
                "--patience",
                "5",
                "--class-weights",
                "balanced",
                "-o",
                out);
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err()).contains("with the classes high, low.").contains(" in net.keras.");
        Result evaluated =
                run("evaluate", out, "--input", table.toString(), "--target", "kind", "--metrics", "accuracy");
        assertThat(evaluated.out()).contains("accuracy  1.0000");
    }

    private static String architecture() {
        return """
                {"class_name": "Sequential", "config": {"name": "net", "layers": [
                 {"class_name": "InputLayer", "config": {"batch_shape": [null, 4], "dtype": "float32", "name": "in"}},
                 {"class_name": "Dense", "config": {"name": "hidden", "units": 8, "activation": "relu"}},
                 {"class_name": "Dense", "config": {"name": "out", "units": 2, "activation": "softmax"}}]}}
                """;
    }

    @Test
    void wrongWordsAreTold() {
        String out = file("o.splice");
        usage(
                "--optimizer cannot be \"adem\"; did you mean adam? Choose adam, adamw, sgd, rmsprop, nadam",
                out,
                "--optimizer",
                "adem");
        usage("--lr must be above 0, --epochs and --batch 1 or more, and --patience 0 or more", out, "--lr", "-1");
        usage("--validation must be a share between 0 and 1, or files", out, "--validation", "1");
        usage("--momentum is for sgd and rmsprop, and --nesterov for sgd", out, "--momentum", "0.9");
        usage("--loss cannot be \"mean_squared\"; choose categorical_crossentropy, ", out, "--loss", "mean_squared");
        usage("there is no output \"heat\"; the outputs are probabilities", out, "--target", "heat=" + y);
        Result known = run("train", DIGITS, "--input", x, "--target", y, "-o", out);
        assertThat(known.code()).isEqualTo(6);
        assertThat(known.err()).isEqualTo("every layer has trained weights already\n  Name the layers to train.\n");
        Result few = run("train", DIGITS, "--train", "*", "--input", TEST_X, "--target", y, "-o", out);
        assertThat(few.code()).isEqualTo(6);
        assertThat(few.err())
                .isEqualTo("input digit: has 300 rows, but there are 1497 targets\n  Give one target for every row.\n");
    }

    private void usage(String sentence, String out, String... words) {
        List<String> all = new java.util.ArrayList<>(List.of("train", DIGITS, "--input", x, "-o", out));
        if (!List.of(words).contains("--target")) {
            all.addAll(List.of("--target", y));
        }
        all.addAll(List.of(words));
        Result result = run(all.toArray(String[]::new));
        assertThat(result.code()).as(sentence).isEqualTo(2);
        assertThat(result.err()).contains(sentence);
    }
}
