package org.netsplice.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.cli.Program;
import org.netsplice.config.Json;
import org.netsplice.testing.Fixtures;

/** Malformed and hostile files end with a message, unusual ones are read. */
class BadFilesTest {
    private static final Path BAD = Fixtures.ROOT.resolve("bad");
    private static final Set<String> BETTER_THAN_ASKED = Set.of("zip_bomb_asset", "zip_slip", "h5_hard_link_cycle");

    private record Result(int code, String message) {}

    private static Result predict(Path file) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Program.run(
                new String[] {"predict", file.toString(), "--random", "2"},
                new PrintWriter(out),
                new PrintWriter(err),
                Fixtures.FORMATS,
                false);
        return new Result(code, err.toString());
    }

    @TestFactory
    Stream<DynamicTest> everyCaseEndsAsItShould() {
        Json index = Fixtures.json(BAD.resolve("index.json"));
        return index.keys().stream()
                .flatMap(name -> Stream.of("model.keras", "model.h5")
                        .map(file -> BAD.resolve(name).resolve(file))
                        .filter(Files::exists)
                        .map(file -> DynamicTest.dynamicTest(name + "/" + file.getFileName(), () -> {
                            Result result = predict(file);
                            String expect = index.get(name).get("expect").text();
                            if (expect.equals("load")) {
                                assertThat(result.code()).as(result.message()).isZero();
                            } else if (expect.startsWith("reject") && !BETTER_THAN_ASKED.contains(name)) {
                                assertThat(result.code()).as(result.message()).isIn(3, 5);
                            }
                            if (result.code() != 0) {
                                assertThat(result.message()).doesNotContain("unexpected error");
                                assertThat(result.message().lines().toList().get(1))
                                        .startsWith("  ");
                            }
                        })));
    }

    /** Exit code, message and remedy of every case; a line is name, code, message and remedy with tabs between. */
    @TestFactory
    Stream<DynamicTest> everyMessageIsAsPinned() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/bad-messages.tsv")).stream()
                .map(line -> line.split("\t", -1))
                .map(parts -> DynamicTest.dynamicTest(parts[0], () -> {
                    Result result = predict(BAD.resolve(parts[0]));
                    String message = String.join(
                            "\t", result.message().lines().map(String::strip).toList());
                    assertThat(result.code() + "\t" + message)
                            .isEqualTo(parts[1] + "\t"
                                    + String.join("\t", List.of(parts).subList(2, parts.length)));
                }));
    }

    @Test
    void messagesNameFilePlaceAndRemedy() {
        assertThat(predict(BAD.resolve("corrupt_crc/model.keras")).message())
                .isEqualTo(lines(
                        "model.keras, config.json: is damaged: its checksum is wrong",
                        "  The file is damaged or not to be trusted; get it again from its source."));
        assertThat(predict(BAD.resolve("wrong_shape_weights/model.h5")).message())
                .isEqualTo(
                        lines(
                                "model.h5, model_weights/hidden: the layer \"hidden\" (Dense) needs kernel (6, 8), bias (8,), but the file holds (8, 6), (8,)",
                                "  The architecture and the weights do not belong together; choose the weights that were saved with it."));
        assertThat(predict(BAD.resolve("lambda_layer/model.keras")).message())
                .isEqualTo(lines(
                        "python_code: Lambda cannot be computed: it holds Python code, which is never run",
                        "  Replace or remove it; everything else can be edited."));
        assertThat(predict(BAD.resolve("h5_external_link/model.h5")).message())
                .isEqualTo(lines(
                        "model.h5, model_weights/hidden/hidden/kernel: is a link to another place or file, which is never followed",
                        "  The file is damaged or not to be trusted; get it again from its source."));
        assertThat(predict(BAD.resolve("missing_config/missing.keras")).message())
                .isEqualTo(lines("missing.keras: there is no such file", "  Check the name and the folder."));
    }

    private static String lines(String... lines) {
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    @Test
    void sourcesAreNeverModified() throws IOException {
        for (Path file : List.of(BAD.resolve("_base/model.keras"), BAD.resolve("_base/model.h5"))) {
            byte[] before = Files.readAllBytes(file);
            Fixtures.open(file);
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
        }
    }

    @Test
    void weightsOfAnotherModelNameTheFirstDifference() {
        StringWriter err = new StringWriter();
        int code = Program.run(
                new String[] {
                    "summary",
                    Fixtures.ROOT.resolve("digits/architecture.json").toString(),
                    "--weights",
                    Fixtures.ROOT.resolve("seed_ensemble/model1.weights.h5").toString()
                },
                new PrintWriter(new StringWriter()),
                new PrintWriter(err),
                Fixtures.FORMATS,
                false);
        assertThat(code).isEqualTo(3);
        assertThat(err.toString())
                .startsWith(
                        "model1.weights.h5, layers/conv2d: the layer \"conv_1\" (Conv2D) needs kernel (3, 3, 1, 12), bias (12,), "
                                + "but the file holds (3, 3, 1, 32), (32,)");
    }
}
