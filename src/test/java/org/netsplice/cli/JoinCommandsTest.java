package org.netsplice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.netsplice.graph.Tensor;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;

/** Chaining, and merging of what was merged, has several outputs, or cannot be computed. */
class JoinCommandsTest extends CommandLineTests {
    private static final String DIGITS_B = fixture("digits/cnn_b/model.keras");
    private static final String TABLE = fixture("tabular/cancer_left/model.keras");

    private static String fixture(String path) {
        return Fixtures.ROOT.resolve(path).toString();
    }

    private void done(String... words) {
        assertThat(run(words)).isEqualTo(new Result(0, "", ""));
    }

    @Test
    void aChainIsWrittenInEveryFormatAndPredictsWhatItsPartsDo() {
        String data = fixture("digits/cnn_a/input.npy");
        done("predict", DIGITS, "--input", data, "-o", file("between.npy"));
        done("predict", TABLE, "--input", file("between.npy"), "-o", file("expected.npy"));
        Tensor expected = Fixtures.npy(Path.of(file("expected.npy")));
        for (String extension : new String[] {"splice", "keras", "h5"}) {
            done("chain", DIGITS, TABLE, "-o", file("both." + extension));
            done("predict", file("both." + extension), "--input", data, "-o", file("results.npy"));
            assertThat(Difference.largest(expected, Fixtures.npy(Path.of(file("results.npy")))))
                    .as(extension)
                    .isLessThan(1e-6);
        }
    }

    @Test
    void networksThatDoNotFitAreNotChained() {
        assertThat(run("chain", DIGITS, A, "-o", file("both.keras")))
                .isEqualTo(
                        new Result(
                                4,
                                "",
                                "Input_a: needs (None, 32, 32, 1), but probabilities gives (None, 10)\n"
                                        + "  Put a layer between them that changes the shape, such as Dense, Reshape or a pooling layer.\n"));
        assertThat(run("chain", DIGITS).err())
                .isEqualTo("netsplice chain: -o OUT and B are missing\n  See netsplice chain --help.\n");
    }

    @Test
    void documentsAreMergedLikeModels() {
        String data = fixture("digits/cnn_a/input.npy");
        done("convert", DIGITS, "-o", file("a.splice"));
        done("merge", file("a.splice"), DIGITS_B, "--inputs", "shared", "--op", "average", "-o", file("two.splice"));
        done("merge", DIGITS, DIGITS_B, "--inputs", "shared", "--op", "average", "-o", file("same.keras"));
        done("predict", file("two.splice"), "--input", data, "-o", file("two.npy"));
        done("predict", file("same.keras"), "--input", data, "-o", file("same.npy"));
        Tensor two = Fixtures.npy(Path.of(file("two.npy")));
        assertThat(Difference.largest(two, Fixtures.npy(Path.of(file("same.npy")))))
                .isLessThan(1e-6);
        done("merge", file("two.splice"), file("two.splice"), "--op", "maximum", "-o", file("four.splice"));
        assertThat(run("check", file("four.splice")).code()).isZero();
    }

    @Test
    void oneOfSeveralOutputsIsJoined() {
        String model = Fixtures.path("layers/multi_output_list/model.keras").toString();
        assertThat(run("merge", model, model, "--op", "add", "--output", "fisrt", "-o", file("m.splice"))
                        .err())
                .isEqualTo("netsplice merge: no model has an output \"fisrt\"; their outputs are first, second, third\n"
                        + "  See netsplice merge --help.\n");
        done("merge", model, model, "--op", "add", "--output", "first", "-o", file("m.splice"));
        String check = run("check", file("m.splice")).out();
        assertThat(check)
                .contains("  output add (None, 2) float32\n")
                .doesNotContain("second")
                .contains("can run");
    }

    @Test
    void doubtfulJoinsAreToldOnTheErrorStream() {
        String scores = Fixtures.path("layers/activation_linear/model.keras").toString();
        String classes = Fixtures.path("layers/activation_softmax/model.keras").toString();
        assertThat(run("merge", scores, classes, "--inputs", "shared", "--op", "average", "-o", file("m.splice")))
                .isEqualTo(new Result(
                        0,
                        "",
                        "warning: average: joins activation_softmax_activation, whose values are probabilities of classes, with activation, whose values are not\n"
                                + "  Put a Softmax behind activation, or join before the Softmax of both.\n"));
        done("merge", scores, classes, "--op", "average", "-o", file("m.splice"));
    }

    @Test
    void aMergeWithALayerThatCannotBeComputedIsStillWritten() {
        String lambda = fixture("bad/lambda_layer/model.keras");
        Result result = run("merge", lambda, lambda, "--op", "average", "-o", file("m.splice"));
        assertThat(result)
                .isEqualTo(new Result(
                        0,
                        "",
                        "warning: python_code: Lambda cannot be computed: it holds Python code, which is never run\n"
                                + "  Replace or remove it; everything else can be edited.\n"
                                + "warning: functional_2_python_code: Lambda cannot be computed: it holds Python code, which is never run\n"
                                + "  Replace or remove it; everything else can be edited.\n"));
        assertThat(run("check", file("m.splice")).code()).isEqualTo(5);
    }
}
