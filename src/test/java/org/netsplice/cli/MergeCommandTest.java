package org.netsplice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.container.Npz;
import org.netsplice.graph.DType;
import org.netsplice.graph.Tensor;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;

/** Merging from the command line. */
class MergeCommandTest extends CommandLineTests {

    @Test
    void theSummaryOfAMergedModelIsThatOfTheMergedModelOfKeras() throws IOException {
        assertThat(run(
                                "merge",
                                A,
                                B,
                                "--op",
                                "concatenate",
                                "--dense",
                                "16:sigmoid:output_layer",
                                "-o",
                                file("m.splice"))
                        .code())
                .isZero();
        String keras = Files.readString(Fixtures.ROOT.resolve("seed_merge/merged/summary.txt"));
        assertThat(run("summary", file("m.splice"), "--width", "120").out().strip())
                .isEqualTo(keras.replace("concatenated_layer (Concatenate)  ", "concatenate (Concatenate)         ")
                        .replace("concatenated_layer[0][0]", "concatenate[0][0]       ")
                        .strip());
    }

    @Test
    void mergingPredictingAndConvertingGiveTheSameNumbers() throws IOException {
        String weights =
                Fixtures.ROOT.resolve("seed_merge/merged/head_weights.npz").toString();
        for (String target : List.of("m.splice", "m.zip")) {
            Result merged = run(
                    "merge",
                    A,
                    B,
                    "--op",
                    "concatenate",
                    "--dense",
                    "16:sigmoid:output_layer",
                    "--head-weights",
                    weights,
                    "-o",
                    file(target));
            String note = target.endsWith(".zip")
                    ? "note: DL4J loads it with netsplice.jar on the class path, which computes its layers\n"
                    : "";
            assertThat(merged).isEqualTo(new Result(0, "", note));
        }
        String inputs = Fixtures.ROOT.resolve("seed_merge/merged/inputs.npz").toString();
        assertThat(run("predict", file("m.splice"), "--input", inputs, "-o", file("p.npy"))
                        .code())
                .isZero();
        Tensor expected = Fixtures.npy("seed_merge/merged/expected.npy");
        Tensor predicted = Fixtures.npy(folder.resolve("p.npy"));
        assertThat(Difference.largest(expected, predicted)).isLessThan(1e-5);
        ComputationGraph loaded = ComputationGraph.load(folder.resolve("m.zip").toFile(), false);
        Map<String, Tensor> data = Npz.read(Path.of(inputs));
        float[] numbers = loaded.outputSingle(
                        Nd4j.create(
                                data.get("Input_a").toArray(),
                                data.get("Input_a").shape().sizes(),
                                'c'),
                        Nd4j.create(
                                data.get("Input_b").toArray(),
                                data.get("Input_b").shape().sizes(),
                                'c'))
                .dup('c')
                .data()
                .asFloat();
        assertThat(Tensor.owning(DType.FLOAT32, predicted.shape(), numbers)).isEqualTo(predicted);
        assertThat(run("convert", file("m.splice"), "-o", file("again.splice")).code())
                .isZero();
        assertThat(Files.readAllBytes(folder.resolve("again.splice")))
                .isEqualTo(Files.readAllBytes(folder.resolve("m.splice")));
    }

    @Test
    void layersAreAppendedInTheOrderGiven() {
        Result merged = run(
                "merge",
                DIGITS,
                DIGITS,
                "--op",
                "concatenate",
                "--inputs",
                "shared",
                "--add",
                "Dropout(rate=0.2)",
                "--dense",
                "8:relu",
                "--add",
                "Dense(units=3, activation=softmax, name=head)",
                "-o",
                file("m.splice"));
        assertThat(merged.code()).as(merged.err()).isZero();
        String json = run("summary", file("m.splice"), "--format", "json").out();
        Json summary = JsonReader.parse(json.getBytes(StandardCharsets.UTF_8), "summary", "");
        List<String> names = summary.get("layers").items().stream()
                .map(layer -> layer.get("name").text())
                .toList();
        assertThat(names).endsWith("concatenate", "dropout_1", "dense", "head");
    }

    @Test
    void architecturesAreMergedWithTheirWeights() {
        String architecture =
                Fixtures.ROOT.resolve("seed_ensemble/architecture.json").toString();
        Result merged = run(
                "merge",
                architecture,
                architecture,
                "--weights",
                Fixtures.ROOT.resolve("seed_ensemble/model1.weights.h5").toString(),
                "--weights",
                Fixtures.ROOT.resolve("seed_ensemble/model2.weights.h5").toString(),
                "--op",
                "average",
                "--inputs",
                "shared",
                "-o",
                file("m.splice"));
        assertThat(merged.code()).as(merged.err()).isZero();
        String input = Fixtures.ROOT
                .resolve("seed_ensemble/combined_average/input.npy")
                .toString();
        assertThat(run("predict", file("m.splice"), "--input", input, "-o", file("p.npy"))
                        .code())
                .isZero();
        assertThat(Difference.largest(
                        Fixtures.npy("seed_ensemble/combined_average/expected.npy"),
                        Fixtures.npy(folder.resolve("p.npy"))))
                .isLessThan(1e-5);
        assertThat(run("merge", DIGITS, DIGITS, "--weights", "w.h5", "--op", "average", "-o", file("m.splice"))
                        .err())
                .startsWith("netsplice merge: --weights is given more often than there are architectures");
    }

    @Test
    void optionsMayStandBetweenTheModels() {
        assertThat(run("merge", A, "--op", "concatenate", B, "-o", file("between.splice"))
                        .code())
                .isZero();
        Result one = run("merge", A, "--op", "concatenate", "-o", file("one.splice"));
        assertThat(one.code()).isEqualTo(2);
        assertThat(one.err()).isEqualTo("netsplice merge: give two models or more\n  See netsplice merge --help.\n");
        assertThat(run("merge", A, B, "--op", "add", "--with=x", "-o", file("one.splice"))
                        .err())
                .startsWith("netsplice merge: ")
                .contains("--with");
    }

    @Test
    void settingsThatAreWrongAreExplained() {
        assertThat(run("merge", A, B, "--op", "concatenate", "--add", "Dense(unit=3)", "-o", file("m.splice"))
                        .err())
                .isEqualTo(
                        "--add: Dense has no setting \"unit\"\n  Its settings are units, activation, use_bias, name.\n");
        assertThat(run("merge", A, B, "--op", "concatenate", "--dense", "0", "-o", file("m.splice"))
                        .err())
                .isEqualTo(
                        "--dense: units of Dense: expected a whole number, 1 or more, received 0\n  Give a whole number, 1 or more.\n");
        assertThat(run("merge", A, B, "--op", "blend", "-o", file("m.splice")).err())
                .startsWith("netsplice merge: --op cannot be \"blend\"; choose concatenate, average, add, ");
    }
}
