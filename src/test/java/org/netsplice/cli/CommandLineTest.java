package org.netsplice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.container.Npy;
import org.netsplice.container.Npz;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;

/** The command line in process: what it prints, and its exit codes. */
class CommandLineTest extends CommandLineTests {

    @Test
    void sizesAreToldOnRequest() {
        assertThat(run("summary", DIGITS, "--flops").out())
                .endsWith(" Non-trainable params: 0 (0.00 B)\n Optimizer params: 12,342 (48.21 KB)\n"
                        + " FLOPs for one row: 41,344\n"
                        + " Activations for one row: 5.29 KB\n"
                        + " Output probabilities: (None, 10) float32, 40.00 B for one row\n");
        assertThat(run("summary", DIGITS, "--flops", "--format", "csv").out())
                .startsWith("\"Layer (type)\",\"Output Shape\",\"Param #\",\"FLOPs\"\n")
                .contains("\"conv_2 (Conv2D)\",\"(None, 2, 2, 24)\",\"2616\",\"20736\"\n");
        assertThat(run("summary", DIGITS, "--format", "markdown").out()).contains(" 2,616 |");
        assertThat(run("summary", DIGITS, "--flops", "--format", "json").out())
                .contains("\"flops_per_row\" : 41344", "\"weight_bytes\" : 24680", "\"bytes_per_row\" : 40");
    }

    @Test
    void aSummaryIsAPage() {
        assertThat(run("summary", DIGITS, "--format", "html").out())
                .startsWith("<!DOCTYPE html>\n")
                .contains(
                        "<caption>Model: &quot;",
                        "<tr><td>conv_2 (Conv2D)</td><td>(None, 2, 2, 24)</td><td>2,616</td></tr>\n",
                        "<p>Optimizer params: 12,342 (48.21 KB)</p>\n")
                .endsWith("</body></html>\n");
    }

    @Test
    void whyNumbersMayDifferIsToldOnce() {
        String half =
                "warning: 1 layer computes in half precision (bfloat16), where neighboring numbers are up to 0.8 % apart;"
                        + " predictions may differ from Keras' by a few such steps";
        String rounded = Fixtures.found()
                .resolve("found2/hand_bfloat16_policy/model.keras")
                .toString();
        assertThat(run("predict", rounded, "--random", "1").err()).isEqualTo(half + "\n");
        assertThat(run("check", rounded).err()).startsWith(half + "\n");
        String derived =
                "warning: the class Forecaster is computed as the layers it lists; where its Python code overrides"
                        + " call(), the numbers differ from Keras'\n";
        String subclass = Fixtures.found()
                .resolve("found/subclass_of_functional_top/model.keras")
                .toString();
        assertThat(run("predict", subclass, "--random", "1").err()).isEqualTo(derived);
        assertThat(run("check", subclass).err()).isEqualTo(derived);
        assertThat(run("check", DIGITS).err()).isEmpty();
    }

    @Test
    void predictionsFromTablesPicturesAndArraysAgree() throws IOException {
        Tensor all = Fixtures.npy("digits/X_test.npy").rows(0, 12);
        Path npy = folder.resolve("x.npy");
        try (var out = Files.newOutputStream(npy)) {
            Npy.write(all, out);
        }
        StringBuilder csv = new StringBuilder();
        for (int i = 0; i < all.length(); i++) {
            csv.append(all.at(i)).append(i % 64 == 63 ? "\n" : ";");
        }
        Files.writeString(folder.resolve("x.csv"), csv.toString().replace('.', ','));
        for (String source : List.of(npy.toString(), file("x.csv"), "assets/samples/digits/images")) {
            assertThat(run("predict", DIGITS, "--input", source, "-o", file("p.npz"))
                            .code())
                    .isZero();
            Tensor result = Npz.read(folder.resolve("p.npz")).get("probabilities");
            Tensor expected = Fixtures.npy("digits/cnn_a/expected.npy").rows(0, 12);
            double tolerance = source.endsWith("images") ? 0.02 : 1e-5;
            assertThat(Difference.largest(expected, result)).as(source).isLessThan(tolerance);
        }
        Result pictures = run("predict", DIGITS, "--input", "assets/samples/digits/images");
        assertThat(pictures.err())
                .isEqualTo("Pictures are resized to the input's size and divided by 255 (--image-scale).\n");
        assertThat(pictures.out()).startsWith("probabilities (12, 10)\n   row          [0]          [1]");
    }

    @Test
    void picturesGiveWhatKerasComputedForTheDecodedPictures() {
        Tensor expected = Npz.read(Fixtures.ROOT.resolve("digits/images_expected.npz"))
                .get("cnn_a")
                .rows(0, 12);
        assertThat(run("predict", DIGITS, "--input", "assets/samples/digits/images", "-o", file("p.npy"))
                        .code())
                .isZero();
        assertThat(Difference.largest(expected, Fixtures.npy(folder.resolve("p.npy"))))
                .isLessThan(1e-5);
    }

    @Test
    void dataThatDoesNotFitNamesRowAndColumn() throws IOException {
        Files.writeString(folder.resolve("text.csv"), "a,b,c,d,e,f\n1,2,3,4,5,6\n1,2,x,4,5,6\n");
        Files.writeString(folder.resolve("ragged.csv"), "1,2,3,4,5,6\n1,2,3\n");
        String model = Fixtures.ROOT.resolve("bad/_base/model.keras").toString();
        assertThat(run("predict", model, "--input", file("text.csv")))
                .isEqualTo(
                        new Result(
                                6,
                                "",
                                "text.csv, row 3, column 3: holds \"x\" instead of a number\n  Put a number there, or remove the row or column.\n"));
        assertThat(run("predict", model, "--input", file("ragged.csv")))
                .isEqualTo(new Result(
                        6,
                        "",
                        "ragged.csv, row 2: has 3 columns, but the input features of shape (None, 6) needs 6\n"
                                + "  Add columns; every row holds the numbers of one example.\n"));
        try (var out = Files.newOutputStream(folder.resolve("wide.npy"))) {
            Npy.write(Tensor.of(Shape.of(2, 7), new float[14]), out);
        }
        assertThat(run("predict", model, "--input", file("wide.npy")).err())
                .isEqualTo("wide.npy: holds data of shape (2, 7), but the input features needs (None, 6)\n"
                        + "  Choose a file with that shape; the first axis counts the rows.\n");
    }

    @Test
    void exitCodesTellWhatFailed() throws IOException {
        assertThat(run("summary", "nowhere.keras"))
                .isEqualTo(
                        new Result(3, "", "nowhere.keras: there is no such file\n  Check the name and the folder.\n"));
        assertThat(run("merge", A, DIGITS, "--op", "average", "--inputs", "shared", "-o", file("m.splice"))
                        .code())
                .isEqualTo(4);
        Result misfit = run("merge", A, DIGITS, "--op", "average", "-o", file("m.splice"));
        assertThat(misfit.code()).isEqualTo(5);
        assertThat(misfit.err())
                .isEqualTo("average: Average needs equal shapes, received (None, 32, 32, 32) and (None, 10)\n"
                        + "  Insert a Dense layer or a pooling layer that makes the shapes equal.\n");
        assertThat(Files.exists(folder.resolve("m.splice"))).isFalse();
        assertThat(run("plot", A, "-o", file("missing/a.png")).code()).isEqualTo(7);
        assertThat(run("plot", A, "-o", file("a.gif")))
                .isEqualTo(
                        new Result(
                                2,
                                "",
                                "netsplice plot: this version cannot write .gif here; choose .png, .svg, .pdf, .dot, .tex\n  See netsplice plot --help.\n"));
        assertThat(run("convert", A, "-o", file("a.tflite")).code()).isEqualTo(2);
        assertThat(run("diff", A, B).code()).isEqualTo(1);
        assertThat(run("summary").code()).isEqualTo(2);
        assertThat(run("frobnicate").code()).isEqualTo(2);
    }

    @Test
    void anInputIsNeverOverwritten() throws IOException {
        Path copy = folder.resolve("copy.splice");
        assertThat(run("convert", A, "-o", copy.toString()).code()).isZero();
        byte[] before = Files.readAllBytes(copy);
        Result result = run("convert", copy.toString(), "-o", copy.toString());
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("is one of the inputs and would be overwritten");
        assertThat(Files.readAllBytes(copy)).isEqualTo(before);
    }

    @Test
    void everyCommandHasHelpWithAnExample() throws IOException {
        for (String command : Program.commands()) {
            Result help = run(command, "--help");
            assertThat(help.code()).isZero();
            assertThat(help.out()).as(command).contains("Example: netsplice " + command);
        }
        String version = Files.readString(Path.of("pom.xml"))
                .replaceFirst("(?s).*?<artifactId>netsplice</artifactId>\\s*<version>([^<]*)</version>.*", "$1");
        assertThat(run("--version").out()).isEqualTo("NetSplice " + version + System.lineSeparator());
    }

    @Test
    void checkTellsWhatIsInAFile() {
        Result good = run("check", A);
        assertThat(good)
                .isEqualTo(new Result(
                        0,
                        "model_a\n  file model.keras, 99,839 bytes, Keras archive, written by Keras 3.15.1\n"
                                + "  SHA-256 9f30089443fd6de6d815a23ea53a94c227fc7a970f28fd9461cf3ae3e7aa2eaa\n"
                                + "  holds metadata.json, 64 bytes\n  holds config.json, 4,605 bytes\n"
                                + "  holds model.weights.h5, 94,840 bytes\n"
                                + "  5 layers, 18,784 parameters\n  input Input_a (None, 32, 32, 1) float32\n"
                                + "  output a_output_layer (None, 32, 32, 32) float32\n  can run\n",
                        ""));
        Result lambda = run(
                "check", Fixtures.ROOT.resolve("bad/lambda_layer/model.keras").toString());
        assertThat(lambda.code()).isEqualTo(5);
        assertThat(lambda.out())
                .contains("kept but not computed: python_code (Lambda)")
                .contains("cannot run");
    }

    @Test
    void picturesAreDrawnWithPlotModelsSwitches() throws IOException {
        assertThat(run("plot", A, "-o", file("plain.svg")).code()).isZero();
        String plain = Files.readString(folder.resolve("plain.svg"));
        assertThat(plain)
                .doesNotContain("a_layer_1<")
                .doesNotContain("(None, 32")
                .contains(">Dense<");
        assertThat(run(
                                "plot",
                                A,
                                B,
                                "-o",
                                file("full.svg"),
                                "--show-shapes",
                                "--show-layer-names",
                                "--show-layer-activations",
                                "--rankdir",
                                "LR",
                                "--theme",
                                "dark")
                        .code())
                .isZero();
        String full = Files.readString(folder.resolve("full.svg"));
        assertThat(full).contains(">a_layer_1<", ">b_layer_1<", ">(None, 32, 32, 64)<", ">sigmoid<");
        for (String style : List.of("spline", "curved", "polyline", "line")) {
            assertThat(run("plot", A, "-o", file("s.png"), "--splines", style, "--dpi", "50")
                            .code())
                    .isZero();
        }
        assertThat(javax.imageio.ImageIO.read(folder.resolve("s.png").toFile()).getHeight())
                .isGreaterThan(100);
    }

    @Test
    void picturesAreDrawnInEveryFormatAndInPart() throws IOException {
        for (String name : List.of("a.png", "a.svg", "a.pdf", "a.dot", "a.tex")) {
            assertThat(run("plot", A, "-o", file(name), "--theme", "figure", "--page", "a4", "--dpi", "50"))
                    .isEqualTo(new Result(0, "", ""));
            assertThat(folder.resolve(name)).isNotEmptyFile();
        }
        assertThat(run(
                                "plot",
                                A,
                                "-o",
                                file("part.svg"),
                                "--only",
                                "a_layer_1",
                                "--only",
                                "a_output_layer",
                                "--show-layer-names",
                                "--transparent",
                                "--margin",
                                "0")
                        .code())
                .isZero();
        assertThat(Files.readString(folder.resolve("part.svg")))
                .contains(">a_layer_1<", ">a_output_layer<")
                .doesNotContain(">Input_a<");
        assertThat(run("plot", A, "-o", file("w.png"), "--width", "300").code()).isZero();
        assertThat(javax.imageio.ImageIO.read(folder.resolve("w.png").toFile()).getWidth())
                .isEqualTo(300);
        assertThat(run("plot", A, "-o", file("a.svg"), "--only", "nothing").err())
                .isEqualTo("netsplice plot: --only cannot be \"nothing\": no layer and no group has this name\n"
                        + "  See netsplice plot --help.\n");
        assertThat(run("plot", A, "-o", file("a.svg"), "--margin", "-1").err())
                .isEqualTo("netsplice plot: --margin must be between 0 and 1000\n  See netsplice plot --help.\n");
        assertThat(run("plot", A, "-o", file("a.svg"), "--theme", "paper").err())
                .isEqualTo("netsplice plot: --theme cannot be \"paper\"; choose light, dark, figure\n"
                        + "  See netsplice plot --help.\n");
    }

    @Test
    void theBenchPrintsItsMeasurements() {
        Result bench = run("bench", A, "--runs", "2", "--batch", "2", "--format", "json");
        assertThat(bench.code()).as(bench.err()).isZero();
        Json json = JsonReader.parse(bench.out().getBytes(StandardCharsets.UTF_8), "bench", "");
        assertThat(json.keys())
                .containsExactly(
                        "model",
                        "params",
                        "batch",
                        "load_ms",
                        "compile_ms",
                        "layout_ms",
                        "predict_ms",
                        "peak_memory_mb");
        assertThat(json.get("params").integer()).isEqualTo(18_784);
        assertThat(json.get("predict_ms").number()).isPositive();
    }

    @Test
    void anArchitectureAndWeightsAreComparedLayerByLayer() {
        String architecture = Fixtures.ROOT.resolve("digits/architecture.json").toString();
        String other = Fixtures.ROOT.resolve("seed_ensemble/model1.weights.h5").toString();
        Result result = run("check", architecture, "--weights", other);
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.out()).isEqualTo("""
                           architecture.json      needs                  model1.weights.h5  holds
                        ≠  conv_1 (Conv2D)        (3, 3, 1, 12), (12,)   layers/conv2d      (3, 3, 1, 32), (32,)
                        ≠  conv_2 (Conv2D)        (3, 3, 12, 24), (24,)  layers/conv2d_1    (3, 3, 32, 64), (64,)
                        ≠  hidden (Dense)         (96, 32), (32,)        layers/dense       (1600, 128), (128,)
                        ≠  probabilities (Dense)  (32, 10), (10,)        layers/dense_1     (128, 10), (10,)
                        The first difference is conv_1 (Conv2D): it needs (3, 3, 1, 12), (12,), and the file holds (3, 3, 1, 32), (32,).
                        """);
        for (String own : List.of("legacy_weights.h5", "model.weights.h5", "model.keras", "model.h5")) {
            String weights = Fixtures.ROOT.resolve("digits/cnn_b").resolve(own).toString();
            Result fitting = run("check", architecture, "--weights", weights);
            assertThat(fitting.code()).isZero();
            assertThat(fitting.out()).contains("All 4 layers with weights fit.\n");
        }
    }

    @Test
    void anArchitectureWithoutWeightsIsShownButNotPredicted() {
        String architecture = Fixtures.ROOT.resolve("digits/architecture.json").toString();
        Result summary = run("summary", architecture);
        assertThat(summary.code()).isZero();
        assertThat(summary.out()).contains("Total params: ");
        assertThat(summary.err())
                .isEqualTo(
                        "architecture.json holds an architecture without weights; its layers are untrained (--weights)."
                                + System.lineSeparator());
        Result predict = run("predict", architecture, "--random", "2");
        assertThat(predict.code()).isEqualTo(3);
        assertThat(predict.err())
                .isEqualTo("architecture.json: holds an architecture without weights" + System.lineSeparator()
                        + "  Give the weights with --weights." + System.lineSeparator());
    }
}
